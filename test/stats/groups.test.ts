import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import type { ScalarMoments } from "../../src/core/moments.js";
import {
  dunnettSurvival,
  dunnettSurvivalQuantile,
  studentizedRangeSurvival,
} from "../../src/distributions/index.js";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { dunnettComparisons, momentsOf, tukeyComparisons, welch, welchAnova } from "../../src/stats/index.js";
import { cases, near } from "./reference.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};

describe("reference", () => {
  it.each(cases("groups", "dunnett"))("$id", ({ input, expected, rtol }) => {
    const groups = input.groups.map(momentsOf);
    dunnettComparisons(groups, input.control).forEach(({ estimate }, i) => {
      near(ok(estimate).df, expected.df, rtol);
      near(ok(estimate).statistic, expected.t[i], rtol);
      near(ok(estimate).pValue, expected.pTwoSided[i], rtol);
    });
    dunnettComparisons(groups, input.control, { alternative: "greater" }).forEach(({ estimate }, i) => {
      near(ok(estimate).pValue, expected.pGreater[i], rtol);
    });
  });

  it.each(cases("groups", "dunnettTail"))("$id", ({ input, expected, rtol }) => {
    const design = {
      comparisons: input.comparisons,
      ratio: input.nTreatment / input.nControl,
      df: Number(input.df),
    };
    near(dunnettSurvival(input.absT, design), expected.p, rtol);
    near(dunnettSurvivalQuantile(0.05, design), expected.critical05, rtol);
  });

  it.each(cases("groups", "tukeySf"))("$id", ({ input, expected, rtol }) => {
    near(studentizedRangeSurvival(input.q, input.k, input.df), expected.p, rtol);
  });
});

const groups = [
  [50, 52, 55, 53, 51],
  [55, 57, 54, 58, 60, 56],
  [51, 53, 52, 50],
].map(momentsOf);

describe("laws", () => {
  it("Tukey: intervals and p-values agree; wider than one comparison alone; the unit does not matter", () => {
    const pairs = tukeyComparisons(groups);
    expect(pairs.map(({ control, treatment }) => [control, treatment])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ]);
    for (const { estimate, control, treatment } of pairs) {
      const { interval, pValue } = ok(estimate);
      expect(interval[0] > 0 || interval[1] < 0).toBe(pValue < 0.05);
      expect(pValue).toBeGreaterThan(ok(welch(groups[control]!, groups[treatment]!)).pValue / 10);
    }
    const scaled = groups.map(({ n, mean, m2 }) => ({ n, mean: 4 * mean + 9, m2: 16 * m2 }));
    near(ok(tukeyComparisons(scaled)[0]!.estimate).pValue, ok(pairs[0]!.estimate).pValue, 1e-9);
  });

  it("Dunnett: intervals and p-values agree, both one-sided forms mirror", () => {
    for (const { estimate } of dunnettComparisons(groups)) {
      const { interval, pValue } = ok(estimate);
      expect(interval[0] > 0 || interval[1] < 0).toBe(pValue < 0.05);
    }
    const turned = groups.map((group) => ({ ...group, mean: -group.mean }));
    const up = dunnettComparisons(groups, 0, { alternative: "greater" });
    const down = dunnettComparisons(turned, 0, { alternative: "less" });
    up.forEach(({ estimate }, i) => {
      near(ok(down[i]!.estimate).pValue, ok(estimate).pValue, 1e-10);
      near(ok(down[i]!.estimate).interval[1], -ok(estimate).interval[0], 1e-9);
    });
  });

  it("Welch's anova of two groups is the square of Welch's t", () => {
    const [a, b] = [groups[0]!, groups[1]!];
    const { statistic, pValue, df } = welchAnova([a, b])!;
    const t = ok(welch(a, b));
    near(statistic, t.statistic! ** 2, 1e-12);
    near(df[1], t.df!, 1e-10);
    near(pValue, t.pValue, 1e-9);
  });
});

describe("edges", () => {
  it("too few groups or units, no such control, something that is not a level", () => {
    for (const run of [dunnettComparisons, tukeyComparisons, welchAnova]) {
      expect(() => run([groups[0]!])).toThrow(
        expect.objectContaining({ code: "insufficient_data", path: ["groups"] }),
      );
      expect(() => run([groups[0]!, { n: 1, mean: 1, m2: 0 }])).toThrow(
        expect.objectContaining({ code: "insufficient_data", path: ["groups", 1, "n"] }),
      );
    }
    expect(() => dunnettComparisons(groups, 7)).toThrow(
      expect.objectContaining({ code: "out_of_range", path: ["control"] }),
    );
    expect(() => tukeyComparisons(groups, { level: 1 })).toThrow(
      expect.objectContaining({ code: "out_of_range" }),
    );
  });

  it("groups that do not vary are stated", () => {
    const flat = [1, 2, 3].map((mean) => ({ n: 4, mean, m2: 0 }));
    expect(tukeyComparisons(flat)[0]!.estimate).toMatchObject({ status: "degenerate", value: 1 });
    expect(dunnettComparisons(flat)[1]!.estimate).toMatchObject({ status: "degenerate", value: 2 });
    expect(welchAnova(flat)).toBeUndefined();
  });
});

it("calibration slice: no false alarm in 95 % of true nulls, uneven groups; rejects unadjusted comparisons", () => {
  const source = randomSource("groups");
  const runs = 3000;
  const draw = () =>
    [30, 20, 10, 15].map((n) => momentsOf(Array.from({ length: n }, () => sampleNormal(source))));
  // The critical values depend on the sizes alone, so one call gives them for all runs.
  const criticalOf = ({ estimate }: { estimate: Estimate }) =>
    (ok(estimate).interval[1] - ok(estimate).value) / ok(estimate).standardError;
  const first = draw();
  const [dunnettPoint, tukeyPoint] = [
    criticalOf(dunnettComparisons(first)[0]!),
    criticalOf(tukeyComparisons(first)[0]!),
  ];
  let [dunnett, tukey, alone] = [0, 0, 0];
  for (let run = 0; run < runs; run++) {
    const list = draw();
    const variance = list.reduce((sum, { m2 }) => sum + m2, 0) / 71;
    const t = (a: ScalarMoments, b: ScalarMoments) =>
      Math.abs(a.mean - b.mean) / Math.sqrt(variance * (1 / a.n + 1 / b.n));
    const pairs = list.flatMap((a, i) => list.slice(i + 1).map((b) => t(a, b)));
    if (pairs.slice(0, 3).some((each) => each > dunnettPoint)) dunnett++;
    if (pairs.some((each) => each > tukeyPoint)) tukey++;
    if (pairs.some((each) => each > 1.994)) alone++;
  }
  const error = 3 * Math.sqrt((0.05 * 0.95) / runs);
  expect(Math.abs(dunnett / runs - 0.05)).toBeLessThan(error);
  expect(tukey / runs).toBeLessThan(0.05 + error);
  expect(tukey / runs).toBeGreaterThan(0.03);
  expect(alone / runs).toBeGreaterThan(0.12);
});
