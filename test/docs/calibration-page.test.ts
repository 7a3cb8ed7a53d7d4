import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { calibrationWorlds } from "../../src/simulation/calibration/index.js";
import { top } from "../boundaries/source-files.js";

describe("docs/calibration.md", () => {
  const page = readFileSync(join(top, "docs/calibration.md"), "utf8");
  const rows = page.split("\n").filter((line) => /^\| .*\((coverage|rejection|mean)\) \|/.test(line));

  it("was written by npm run calibrate from the rows that are there now", () => {
    const named = rows.map((line) => line.split(" | ")[1]);
    const expected = calibrationWorlds.flatMap(({ figures }) =>
      figures.map(({ method, measure }) => `${method} (${measure})`),
    );
    expect(named.sort()).toEqual(expected.sort());
    for (const { group, title } of calibrationWorlds) {
      expect(page).toContain(`\n## ${group}\n`);
      expect(page).toContain(`| ${title} |`);
    }
  });

  it("has no bar that was missed", () => {
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter((line) => line.includes("**missed**"))).toEqual([]);
  });
});
