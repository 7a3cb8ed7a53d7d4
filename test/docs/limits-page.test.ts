import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Limit, limits } from "../../src/core/limits.js";
import { limited as english } from "../../src/errors/en/limited.js";
import { limited as french } from "../../src/errors/fr/limited.js";
import { top } from "../boundaries/source-files.js";

it("docs/limits.md prints every limit with its number and why it is there", () => {
  const rows = Object.entries<Limit>(limits).map(
    ([name, { most, counts, why }]) => `| \`${name}\` | ${most.toLocaleString("en")} | ${counts} | ${why} |`,
  );
  expect(readFileSync(join(top, "docs/limits.md"), "utf8")).toContain(
    `|---|---|---|---|\n${rows.join("\n")}\n`,
  );
});

it.each(Object.keys(limits))("%s has its sentence in both languages", (name) => {
  for (const limited of [english, french]) {
    const [what, fix] = limited(name, 7);
    expect(what).toMatch(/^7 \S/);
    expect([what.slice(2), fix]).not.toEqual(limited("another"));
    expect(fix).not.toBe(limited("another")[1]);
  }
});
