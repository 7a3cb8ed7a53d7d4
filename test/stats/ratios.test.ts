import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import type { Moments } from "../../src/core/moments.js";
import { MomentsAccumulator, momentsOf, ratioDifference, ratioLift, welch } from "../../src/stats/index.js";
import { cases, near } from "./reference.js";
import { binomialSampler } from "./worlds.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};
interface Summary {
  n: number;
  numMean: number;
  numVar: number;
  denMean: number;
  denVar: number;
  cov: number;
}
const moments = (of: Summary): Moments => ({
  n: of.n,
  names: ["numerator", "denominator"],
  mean: [of.numMean, of.denMean],
  comoment: [of.numVar * (of.n - 1), of.cov * (of.n - 1), of.denVar * (of.n - 1)],
});
const good: Moments = { n: 50, names: ["orders", "sessions"], mean: [1, 5], comoment: [40, 30, 200] };

describe("reference", () => {
  it.each(cases("ratios"))("$id", ({ input, expected, rtol }) => {
    const [control, treatment] = [moments(input.control), moments(input.treatment)];
    const difference = ok(ratioDifference(control, treatment, { level: 1 - input.alpha }));
    near(difference.value, expected.diff, rtol);
    near(difference.standardError, expected.se, rtol);
    near(difference.df, expected.df, rtol);
    near(difference.statistic, expected.t, rtol);
    near(difference.pValue, expected.pWelch, rtol);
    near(difference.interval[0], expected.ciWelch[0], rtol);
    near(difference.interval[1], expected.ciWelch[1], rtol);
    const lift = ok(ratioLift(control, treatment, { method: "delta", critical: "normal" }));
    near(lift.value, expected.relDiff, rtol);
    near(lift.standardError, expected.relSeDelta, rtol);
  });
});

describe("laws", () => {
  const other: Moments = { ...good, n: 70, mean: [1.2, 5.1], comoment: [50, 33, 240] };

  it("swapping the arms negates", () => {
    const forth = ok(ratioDifference(good, other));
    const back = ok(ratioDifference(other, good));
    expect(back.value).toBe(-forth.value);
    near(back.pValue, forth.pValue, 1e-13);
  });

  it("the units of numerator and denominator leave p and lift alone", () => {
    const scaled = ({ n, names, mean, comoment: [nn, nd, dd] }: Moments): Moments => ({
      n,
      names,
      mean: [mean[0]! * 4, mean[1]! / 2],
      comoment: [nn! * 16, nd! * 2, dd! / 4],
    });
    near(
      ok(ratioDifference(scaled(good), scaled(other))).pValue,
      ok(ratioDifference(good, other)).pValue,
      1e-13,
    );
    expect(ratioLift(scaled(good), scaled(other))).toEqual(ratioLift(good, other));
  });

  it("a denominator that is always 1 makes it Welch's test", () => {
    const values = [
      [1, 2, 4, 9],
      [3, 3, 8, 12, 1],
    ].map((list) => {
      const accumulator = new MomentsAccumulator(["x", "one"]);
      for (const x of list) accumulator.push([x, 1]);
      return [accumulator.moments(), momentsOf(list)] as const;
    });
    const [[a, x], [b, y]] = values as [(typeof values)[0], (typeof values)[0]];
    const ratio = ok(ratioDifference(a, b));
    const mean = ok(welch(x, y));
    near(ratio.pValue, mean.pValue, 1e-12);
    near(ratio.df, mean.df!, 1e-12);
  });
});

describe("edges", () => {
  it("a denominator of zero, or not distinguishable from zero, is stated", () => {
    const zero = { ...good, mean: [1, 0] };
    const near0 = { ...good, mean: [1, 0.2] };
    for (const estimator of [ratioDifference, ratioLift]) {
      expect(estimator(zero, good)).toMatchObject({
        status: "undefined",
        reason: expect.stringContaining("control"),
      });
      expect(estimator(good, near0)).toMatchObject({
        status: "unbounded",
        reason: expect.stringContaining("treatment"),
      });
    }
  });

  it("the same ratio in every unit is degenerate", () => {
    const exact: Moments = { ...good, mean: [2, 4], comoment: [25, 50, 100] };
    expect(ratioDifference(exact, exact)).toMatchObject({ status: "degenerate", value: 0 });
  });

  it.each([
    [{ ...good, n: 1 }, "insufficient_data", ["control", "n"]],
    [{ ...good, comoment: [40, 30, -1] }, "negative_variance", ["control", "comoment", 2]],
    [{ ...good, comoment: [40, 300, 200] }, "inconsistent_moments", ["control", "comoment", 1]],
    [{ n: 9, names: ["orders"], mean: [1], comoment: [4] }, "wrong_length", ["control", "names"]],
    [{ ...good, mean: [Number.NaN, 1] }, "not_finite", ["control", "mean", 0]],
  ])("%o is refused as %s", (wrong, code, path) => {
    expect(() => ratioDifference(wrong as Moments, good)).toThrow(expect.objectContaining({ code, path }));
  });

  it("a level of 1 is refused", () => {
    expect(() => ratioLift(good, good, { level: 1 })).toThrow(
      expect.objectContaining({ code: "out_of_range" }),
    );
  });
});

describe("calibration slice: 500 users an arm, sessions 1–14, rate Beta(2, 8) — world ratio_clustered", () => {
  const { arm, pooledRateTest } = binomialSampler("ratio slice");
  let rejected = 0;
  let naive = 0;
  const runs = 1000;
  for (let i = 0; i < runs; i++) {
    const [control, treatment] = [arm(500), arm(500)];
    if (ok(ratioDifference(control, treatment)).pValue < 0.05) rejected++;
    if (pooledRateTest(control, treatment) < 0.05) naive++;
  }

  it("rejects 5 % of true nulls, three Monte-Carlo errors allowed", () => {
    expect(Math.abs(rejected / runs - 0.05)).toBeLessThan(3 * Math.sqrt((0.05 * 0.95) / runs));
  });

  it("rejects the wrong version: sessions as if they were independent (14.1 % of true nulls)", () => {
    expect(naive / runs).toBeGreaterThan(0.11);
  });
});
