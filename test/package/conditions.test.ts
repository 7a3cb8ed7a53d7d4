import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { publicEntries } from "../boundaries/public-entries.js";
import { top } from "../boundaries/source-files.js";

describe("conditions of the public entries", () => {
  it.each(publicEntries)("$name: types for everybody, one build for Node, files for the rest", (entry) => {
    // Runtimes take the first condition that they know.
    const { name, ...conditions } = entry;
    expect(Object.keys(conditions)).toEqual(["types", "node", "default"]);
    expect(conditions.types).toBe(conditions.default.replace(/\.js$/, ".d.ts"));
    expect(conditions.node).toBe(conditions.default.replace("./dist/", "./dist/node/"));
  });

  it("the generator's notice travels with it, in both builds", () => {
    for (const entry of publicEntries.filter(({ name }) => name === "essai/random"))
      for (const file of ["./dist/random/source.js", entry.node]) expect(withImports(file)).toMatch(notice);
  });
});

const notice = /\/\*!.*seedrandom[\s\S]*Copyright \(C\) 2010 by Johannes Baagøe[\s\S]*shall be included/;

/** A built file's text and that of the files it imports. */
function withImports(file: string): string {
  const text = readFileSync(join(top, file), "utf8");
  const imported = [...text.matchAll(/from ?"(\.[^"]+)"/g)].map((match) =>
    readFileSync(join(top, file, "..", match[1] ?? ""), "utf8"),
  );
  return [text, ...imported].join("\n");
}
