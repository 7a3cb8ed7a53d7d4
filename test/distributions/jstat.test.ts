import jstat from "jstat";
import { describe, expect, it } from "vitest";
import * as distributions from "../../src/distributions/index.js";
import { distance, FUNCTIONS, table, worst } from "./reference-values.js";

// jstat 1.9.6 is the wrong version that these tests are known to reject, and the reason for own kernels.
describe("jstat's distribution functions would not pass", () => {
  const reference = table("distributions.json");
  const wrong: Record<string, (...args: number[]) => number> = {
    "normal.cdf": (x) => jstat.normal.cdf(x, 0, 1),
    "t.cdf": jstat.studentt.cdf,
    "beta.cdf": jstat.beta.cdf,
    "gamma.cdf": (x, shape) => jstat.gamma.cdf(x, shape, 1),
    "chi2.cdf": jstat.chisquare.cdf,
    "pois.cdf": jstat.poisson.cdf,
  };
  it.each(Object.entries(wrong))("%s", (name, theirs) => {
    const lowerOnly = reference[name]!.filter(([args]) => name !== "pois.cdf" || args[1]! <= 1e3).map(
      ([args, lower]) => [args, lower] as [number[], string],
    );
    expect(worst(lowerOnly, [theirs]).distance).toBeGreaterThan(1e-9);
    expect(worst(lowerOnly, [FUNCTIONS[name]![1]!]).distance).toBeLessThan(1e-12);
  });

  it("by the faults that were measured", () => {
    const eight = distributions.normalCdf(-8);
    expect(distance(jstat.normal.cdf(-8, 0, 1), eight)).toBeGreaterThan(0.01);
    expect(jstat.normal.cdf(-8.4, 0, 1)).toBe(0);
    expect(distributions.normalCdf(-8.4)).toBeGreaterThan(0);
    expect(Math.abs(jstat.studentt.cdf(-1e-6, 1e7) - distributions.tCdf(-1e-6, 1e7))).toBeGreaterThan(0.38);
    expect(jstat.beta.cdf(0.5, 1e7, 1e7)).toBeLessThan(0);
    expect(distributions.betaCdf(0.5, 1e7, 1e7)).toBeCloseTo(0.5, 14);
    expect(jstat.poisson.cdf(1031, 1000)).toBeNaN();
    expect(distributions.poissonCdf(1031, 1000)).toBeCloseTo(0.8404232871599087, 14);
  });
});

describe("where jstat holds, it agrees", () => {
  it("noncentral t in the ordinary range", () => {
    for (const [x, df, ncp] of [
      [2, 10, 1],
      [1.7, 40, 2.8],
      [-1, 25, 0.5],
    ] as const)
      expect(jstat.noncentralt.cdf(x, df, ncp)).toBeCloseTo(distributions.noncentralTCdf(x, df, ncp), 9);
  });

  it("studentized range, to the six digits it has", () => {
    expect(jstat.tukey.cdf(3.5, 3, 10)).toBeCloseTo(distributions.studentizedRangeCdf(3.5, 3, 10), 6);
  });
});
