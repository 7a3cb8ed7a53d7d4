import { readFileSync } from "node:fs";
import * as distributions from "../../src/distributions/index.js";

export type Point = [args: number[], ...values: string[]];

/** One of the tables of test/reference. */
export function table<T = Record<string, Point[]>>(file: string): T {
  return JSON.parse(readFileSync(new URL(`../reference/${file}`, import.meta.url), "utf8"));
}

/** Relative difference; below 1e-300, where doubles lose digits, relative to 1e-300. */
export function distance(value: number, expected: number): number {
  return value === expected ? 0 : Math.abs(value - expected) / Math.max(Math.abs(expected), 1e-300);
}

/** Natural logarithm of a decimal string that may lie below the smallest double. */
export function logOf(decimal: string): number {
  const [mantissa, exponent = "0"] = decimal.split("e") as [string, string?];
  return Math.log(Number(mantissa)) + Number(exponent) * Math.LN10;
}

/** The worst of all points: a NaN counts as infinitely far. */
export function worst(points: readonly Point[], functions: readonly ((...args: number[]) => number)[]) {
  let far = { distance: -1, args: [] as number[], value: 0, expected: 0 };
  for (const [args, ...values] of points)
    functions.forEach((f, i) => {
      const value = f(...args);
      const expected = Number(values[i]);
      const off = distance(value, expected);
      if (!(off <= far.distance))
        far = { distance: Number.isNaN(off) ? Infinity : off, args, value, expected };
    });
  return far;
}

// the table's name → what we hold on it (relative, tighter than was asked for) and our function for each column
export const FUNCTIONS: Record<string, [tolerance: number, ...functions: ((...args: number[]) => number)[]]> =
  {
    "normal.cdf": [1e-15, distributions.normalCdf, distributions.normalSurvival],
    "normal.inv": [1e-15, distributions.normalQuantile],
    "t.cdf": [5e-13, distributions.tCdf, distributions.tSurvival],
    "t.inv": [5e-13, distributions.tQuantile],
    "t.pdf": [2e-14, distributions.tPdf],
    "beta.cdf": [5e-13, distributions.betaCdf, distributions.betaSurvival],
    "beta.inv": [2e-13, distributions.betaQuantile],
    "beta.pdf": [2e-14, distributions.betaPdf],
    "gamma.cdf": [3e-13, distributions.gammaCdf, distributions.gammaSurvival],
    "gamma.inv": [2e-13, distributions.gammaQuantile],
    "chi2.cdf": [2e-13, distributions.chiSquareCdf, distributions.chiSquareSurvival],
    "F.cdf": [1e-13, distributions.fCdf, distributions.fSurvival],
    "binom.cdf": [1e-13, distributions.binomialCdf, distributions.binomialSurvival],
    "pois.cdf": [1e-13, distributions.poissonCdf, distributions.poissonSurvival],
    "nbinom.cdf": [1e-13, distributions.negativeBinomialCdf, distributions.negativeBinomialSurvival],
    "nct.cdf": [1e-12, distributions.noncentralTCdf, distributions.noncentralTSurvival],
    gammaln: [2e-15, distributions.logGamma],
    erfc: [1e-15, distributions.erfc],
  };
