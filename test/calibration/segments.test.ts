import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { policyValues } from "../../src/segments/index.js";
import { segmentTable } from "./segments.mjs";

const page = readFileSync(new URL("../../docs/calibration-segments.md", import.meta.url), "utf8");

it("a slice of the table of values holds its bars", () => {
  const asked = { seed: "slice", replications: 30, words: ["policies, 20 events"] };
  const rows = segmentTable(asked, { policyValues, randomSource, sampleNormal });
  expect(rows.map(({ figure }) => figure)).toContain("value of rules in the interval");
  for (const row of rows) expect(row.held, JSON.stringify(row)).toBe(true);
});

it("the page has every world, and no bar is missed", () => {
  for (const world of ["three of 200", "three of 40", "none of 40", "policies", "budget"])
    expect(page).toContain(`\n| ${world} |`);
  expect(page.match(/\| held \|/g)?.length).toBeGreaterThan(12);
  expect(page).not.toContain("MISSED");
});
