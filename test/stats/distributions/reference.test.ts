import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as stats from "../../../src/stats/index.js";

type Point = [args: number[], ...values: string[]];
type Function = (...args: number[]) => number;

function table(file: string): Record<string, Point[]> {
  return JSON.parse(readFileSync(new URL(`../../reference/${file}`, import.meta.url), "utf8"));
}

/** Relative difference; below 1e-300, where doubles lose digits, relative to 1e-300. */
function distance(value: number, expected: number): number {
  return value === expected ? 0 : Math.abs(value - expected) / Math.max(Math.abs(expected), 1e-300);
}

// function of the table → [relative tolerance, ours for each column]; the tolerance is what we hold, tighter than asked
const FUNCTIONS: Record<string, [tolerance: number, ...functions: Function[]]> = {
  "normal.cdf": [1e-15, stats.normalCdf, stats.normalSurvival],
  "normal.inv": [1e-15, stats.normalQuantile],
  "t.cdf": [5e-13, stats.tCdf, stats.tSurvival],
  "t.inv": [5e-13, stats.tQuantile],
  "t.pdf": [2e-14, stats.tPdf],
  "beta.cdf": [5e-13, stats.betaCdf, stats.betaSurvival],
  "beta.inv": [2e-13, stats.betaQuantile],
  "beta.pdf": [2e-14, stats.betaPdf],
  "gamma.cdf": [5e-13, stats.gammaCdf, stats.gammaSurvival],
  "gamma.inv": [2e-13, stats.gammaQuantile],
  "chi2.cdf": [2e-13, stats.chiSquareCdf, stats.chiSquareSurvival],
  gammaln: [2e-15, stats.logGamma],
  erfc: [1e-15, stats.erfc],
};

describe("distributions agree with 50-digit values", () => {
  const reference = table("distributions.json");
  for (const [name, [tolerance, ...functions]] of Object.entries(FUNCTIONS))
    it(`${name} to ${tolerance}`, () => {
      const points = reference[name] as Point[];
      expect(points.length).toBeGreaterThan(5);
      const worst = { distance: -1, args: [] as number[], value: 0, expected: 0 };
      for (const [args, ...values] of points)
        functions.forEach((f, i) => {
          const value = f(...args);
          const expected = Number(values[i]);
          const off = distance(value, expected);
          if (!(off <= worst.distance)) Object.assign(worst, { distance: off, args, value, expected });
        });
      expect(worst.distance, JSON.stringify(worst)).toBeLessThanOrEqual(tolerance);
    });
});
