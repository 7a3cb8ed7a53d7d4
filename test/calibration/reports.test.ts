import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/analysis/index.js";
import type { ScalarMoments } from "../../src/core/moments.js";
import { welch } from "../../src/stats/index.js";
import { reportWorlds } from "./report-worlds.mjs";
import { judgeReports } from "./reports.mjs";

const page = readFileSync(new URL("../../docs/calibration-reports.md", import.meta.url), "utf8");

describe("calibration of whole reports", () => {
  it("holds its bars in a short slice of each kind of world, with a fixed seed", async () => {
    const slice = [
      "conversion 450/50 at 2 %",
      "3 treatments",
      "three goals",
      "seven days",
      "revenue 9000/1000, lift 0 ",
    ];
    for (const world of reportWorlds.filter(({ key }) => slice.some((each) => key.startsWith(each)))) {
      const figures = await judgeReports(world, "slice", 60);
      for (const { name, held } of figures)
        expect([world.key, name, held]).not.toEqual([world.key, name, false]);
    }
  });

  it("rejects the wrong version: Welch's test, which ships noise in a third of such reports", async () => {
    const world = reportWorlds.find(({ key }) => key === "conversion 50/450 at 2 %");
    if (!world) throw new Error("the world is gone");
    const say = ({ macro: [first] }: Report) => {
      const [control, treatment] = [0, 1].map((side) => {
        const [n, mean] = [first?.units[side] ?? 0, first?.values[side] ?? 0];
        return { n, mean, m2: n * mean * (1 - mean) };
      }) as [ScalarMoments, ScalarMoments];
      const difference = welch(control, treatment);
      return difference.status === "ok" && difference.value > 0 && difference.pValue < 0.05;
    };
    const [figure] = await judgeReports(
      { ...world, statements: { ship: { say, atMost: 0.035 } } },
      "slice",
      60,
    );
    expect(figure?.value).toBeGreaterThan(0.2);
    expect(figure?.held).toBe(false);
  });

  it("has a page with every world's row", () => {
    for (const { key, statements } of reportWorlds) {
      expect(page).toContain(`| ${key} |`);
      for (const name of Object.keys(statements)) expect(page).toContain(`| ${name} |`);
    }
    expect(page).toMatch(/\n\d+ bars, \d+ missed\.\n/);
  });
});
