import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import {
  equivalence,
  type MarginTest,
  nonInferiority,
  nonInferiorProportions,
  welch,
} from "../../src/stats/index.js";
import { marginTests } from "../../src/stats/noninferiority/non-inferior-proportions.js";
import { exactCoverage } from "./binomial-coverage.js";
import { cases, near, summary } from "./reference.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};

describe("reference", () => {
  it.each(cases("non-inferiority", "nonInferiorityMeans"))("$id", ({ input, expected, rtol }) => {
    const [control, treatment] = [summary(input.control), summary(input.treatment)];
    const options = {
      margin: input.margin,
      better: input.higherIsBetter ? ("higher" as const) : ("lower" as const),
      level: 1 - input.alpha,
    };
    const estimate = ok(nonInferiority(control, treatment, options));
    near(estimate.statistic, expected.t, rtol);
    near(estimate.df, expected.df, rtol);
    near(estimate.pValue, expected.p, rtol);
    near(estimate.interval[0], expected.lowerOneSided95, rtol);
    const { better: _, ...both } = options;
    near(ok(equivalence(control, treatment, both)).pValue, expected.pTost, rtol);
  });

  it.each(cases("non-inferiority", "nonInferiorityProportions"))("$id", ({ input, expected, rtol }) => {
    for (const [test, key] of [
      ["farrington-manning", "FarringtonManning"],
      ["miettinen-nurminen", "MiettinenNurminen"],
      ["wald", "Wald"],
    ] as const) {
      const options = { margin: input.margin, test, level: 1 - input.alpha };
      const estimate = ok(nonInferiorProportions(input.control, input.treatment, options));
      near(estimate.statistic, expected[`z${key}`], rtol);
      near(estimate.pValue, expected[`p${key}`], rtol);
    }
  });
});

const [control, treatment] = [
  { n: 100, mean: 10, m2: 400 },
  { n: 120, mean: 9.8, m2: 500 },
];

describe("laws", () => {
  it("lower is better is the mirror image", () => {
    const turned = (arm: typeof control) => ({ ...arm, mean: -arm.mean });
    const one = ok(nonInferiority(control, treatment, { margin: 1 }));
    const other = ok(nonInferiority(turned(control), turned(treatment), { margin: 1, better: "lower" }));
    near(other.pValue, one.pValue, 1e-14);
    near(other.interval[1], -one.interval[0], 1e-14);
  });

  it("the bound clears the margin exactly when p is small", () => {
    for (const margin of [0.1, 0.4, 0.6, 0.7, 0.8, 2]) {
      const { pValue, interval } = ok(nonInferiority(control, treatment, { margin }));
      expect(interval[0] > -margin).toBe(pValue < 0.05);
      const two = ok(equivalence(control, treatment, { margin }));
      expect(two.interval[0] > -margin && two.interval[1] < margin).toBe(two.pValue < 0.05);
    }
  });

  it.each(Object.keys(marginTests) as MarginTest[])(
    "%s: bound and p-value agree, lower is the mirror of higher",
    (test) => {
      const [c, t] = [
        { x: 45, n: 60 },
        { x: 40, n: 55 },
      ];
      const failures = ({ x, n }: typeof c) => ({ x: n - x, n });
      for (const margin of [0.05, 0.1, 0.15, 0.2, 0.4]) {
        const { pValue, interval, value, standardError, statistic } = ok(
          nonInferiorProportions(c, t, { margin, test }),
        );
        expect(interval[0] > -margin).toBe(pValue < 0.05);
        near((value + margin) / standardError, statistic!, 1e-12);
        const mirror = ok(
          nonInferiorProportions(failures(c), failures(t), { margin, test, better: "lower" }),
        );
        near(mirror.pValue, pValue, 1e-9);
        near(mirror.interval[1], -interval[0], 1e-9);
      }
    },
  );
});

describe("edges", () => {
  const c = { x: 5, n: 10 };

  it.each([
    [() => nonInferiority(control, treatment, { margin: 0 }), "out_of_range", ["options", "margin"]],
    [() => nonInferiority(control, treatment, { margin: Number.NaN }), "not_finite", ["options", "margin"]],
    [
      () => nonInferiority(control, treatment, { margin: 1, better: "up" as "lower" }),
      "unknown_name",
      ["options", "better"],
    ],
    [
      () => nonInferiority({ ...control, n: 1 }, treatment, { margin: 1 }),
      "insufficient_data",
      ["control", "n"],
    ],
    [() => equivalence(control, treatment, { margin: 1, level: 0.4 }), "out_of_range", ["options", "level"]],
    [() => equivalence(control, treatment, { margin: -1 }), "out_of_range", ["options", "margin"]],
    [() => nonInferiorProportions(c, c, { margin: 1 }), "out_of_range", ["options", "margin"]],
    [
      () => nonInferiorProportions(c, c, { margin: 0.1, test: "exact" as "wald" }),
      "unknown_name",
      ["options", "test"],
    ],
    [() => nonInferiorProportions({ x: 11, n: 10 }, c, { margin: 0.1 }), "out_of_range", ["control", "x"]],
    [() => nonInferiorProportions(c, c, { margin: 0.1, level: 1 }), "out_of_range", ["options", "level"]],
  ])("%# is refused", (run, code, path) => {
    expect(run).toThrow(expect.objectContaining({ code, path }));
  });

  it("a difference exactly at the margin has p ½ and keeps its standard error", () => {
    for (const test of Object.keys(marginTests) as MarginTest[]) {
      const estimate = ok(nonInferiorProportions({ x: 15, n: 30 }, { x: 12, n: 30 }, { margin: 0.1, test }));
      expect(estimate.pValue).toBeCloseTo(0.5, 12);
      expect(estimate.standardError).toBeGreaterThan(0.1);
    }
  });

  it("no variance is stated; score tests go on where Wald's stops", () => {
    const flat = { n: 5, mean: 1, m2: 0 };
    expect(nonInferiority(flat, flat, { margin: 1 })).toMatchObject({ status: "degenerate" });
    expect(equivalence(flat, flat, { margin: 1 })).toMatchObject({ status: "degenerate" });
    const all = { x: 40, n: 40 };
    expect(nonInferiorProportions(all, all, { margin: 0.1, test: "wald" })).toMatchObject({
      status: "degenerate",
    });
    const { pValue, interval } = ok(nonInferiorProportions(all, all, { margin: 0.1 }));
    expect(pValue).toBeLessThan(0.05);
    expect(interval[0]).toBeLessThan(0);
  });
});

it("calibration: Farrington–Manning's exact error at the margin, unequal arms, is 5 % within one point", () => {
  // The treatment's rate sits exactly at the margin; the control's is known from many units.
  const error = exactCoverage(80, 0.7, (x) => {
    const { pValue } = ok(nonInferiorProportions({ x: 8000, n: 10000 }, { x, n: 80 }, { margin: 0.1 }));
    return pValue < 0.05 ? [0, 1] : [2, 2];
  });
  expect(Math.abs(error - 0.05)).toBeLessThan(0.015);
});

it("rejects the wrong version: no significant difference taken for non-inferiority", () => {
  const [few, fewer] = [
    { n: 5, mean: 10, m2: 40 },
    { n: 5, mean: 8, m2: 50 },
  ];
  expect(ok(welch(few, fewer)).pValue).toBeGreaterThan(0.05);
  expect(ok(nonInferiority(few, fewer, { margin: 1 })).pValue).toBeGreaterThan(0.5);
});
