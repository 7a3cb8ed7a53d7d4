import { describe, expect, it } from "vitest";
import type { Estimate, EstimateOptions } from "../../src/core/estimate.js";
import type { ScalarMoments } from "../../src/core/moments.js";
import { normalSurvival } from "../../src/distributions/normal.js";
import { mergeMoments, momentsOf, pooledT, scalar, welch } from "../../src/stats/index.js";
import { fc } from "../properties.js";
import { binary, email } from "./email.js";
import { cases, near, summary } from "./reference.js";

const tests = { welchT: welch, studentT: pooledT };
type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};

describe("reference", () => {
  it.each(cases("means"))("$id", ({ fn, input, expected, rtol }) => {
    const test = tests[fn as keyof typeof tests];
    const run = (options: EstimateOptions) =>
      ok(test(summary(input.control), summary(input.treatment), options));
    const two = run({ level: 1 - input.alpha });
    if (expected.diff !== undefined) near(two.value, expected.diff, rtol);
    near(two.standardError, expected.se, rtol);
    near(two.statistic, expected.t, rtol);
    near(two.df, expected.df, rtol);
    near(two.pValue, expected.p.twoSided, rtol);
    near(two.interval[0], expected.ci[0], rtol);
    near(two.interval[1], expected.ci[1], rtol);
    near(run({ alternative: "greater" }).pValue, expected.p.greater, rtol);
    near(run({ alternative: "less" }).pValue, expected.p.less, rtol);
  });

  it("the e-mail test", () => {
    const visit = ok(welch(binary(email.none.visits, email.none.n), binary(email.mens.visits, email.mens.n)));
    near(visit.value, 0.07658956365153125, 1e-9);
    near(visit.standardError, 0.0033858878117283653, 1e-9);
    near(visit.statistic, 22.620230766723257, 1e-9);
    near(visit.df, 40593.688228635794, 1e-9);
    const conversion = ok(
      welch(binary(email.none.conversions, email.none.n), binary(email.mens.conversions, email.mens.n)),
    );
    near(conversion.value, 0.006805006519615695, 1e-9);
    near(conversion.pValue, 1.501815785154377e-13, 1e-9);
    const spend = ok(welch(email.none.spend, email.womens.spend));
    near(spend.value, 0.4244122159365966, 1e-9);
    near(spend.standardError, 0.13033285852919116, 1e-9);
    near(spend.pValue, 0.0011293971, 1e-7);
  });
});

describe.each([
  ["welch", welch],
  ["pooledT", pooledT],
])("%s: laws", (_, test) => {
  const arm = fc.record({
    n: fc.integer({ min: 2, max: 1000 }),
    mean: fc.double({ min: -100, max: 100, noNaN: true }),
    m2: fc.double({ min: 0.1, max: 1000, noNaN: true }),
  });
  const property = (law: (control: ScalarMoments, treatment: ScalarMoments) => void) =>
    fc.assert(fc.property(arm, arm, law), { numRuns: 50 });

  it("swapping the arms negates", () =>
    property((a, b) => {
      const forth = ok(test(a, b));
      const back = ok(test(b, a));
      expect(back.value + forth.value).toBe(0);
      near(back.pValue, forth.pValue, 1e-12);
      near(-back.interval[0], forth.interval[1], 1e-9);
    }));

  it("scaling changes the unit, not the p-value", () =>
    property((a, b) => {
      const scaled = ({ n, mean, m2 }: ScalarMoments) => ({ n, mean: 8 * mean, m2: 64 * m2 });
      const one = ok(test(a, b));
      const eight = ok(test(scaled(a), scaled(b)));
      expect(eight.pValue).toBe(one.pValue);
      expect(eight.value).toBe(8 * one.value);
    }));

  it("the interval leaves zero out exactly when p is below 1 − level", () =>
    property((a, b) => {
      const { interval, pValue } = ok(test(a, b, { level: 0.9 }));
      expect(interval[0] > 0 || interval[1] < 0).toBe(pValue < 0.1);
    }));

  it("one-sided intervals are open, and their p-values add to one", () => {
    const [a, b] = [momentsOf([1, 2, 4, 8]), momentsOf([2, 3, 5, 9, 30])];
    const greater = ok(test(a, b, { alternative: "greater" }));
    const less = ok(test(a, b, { alternative: "less" }));
    expect(greater.interval[1]).toBe(Number.POSITIVE_INFINITY);
    expect(less.interval[0]).toBe(Number.NEGATIVE_INFINITY);
    near(greater.pValue + less.pValue, 1, 1e-14);
    near(greater.interval[0], ok(test(a, b, { level: 0.9 })).interval[0], 1e-9);
  });
});

describe("edges", () => {
  const good = { n: 5, mean: 1, m2: 2 };

  it.each([
    [{ ...good, n: 1 }, "insufficient_data", "n"],
    [{ ...good, n: 0 }, "insufficient_data", "n"],
    [{ ...good, n: -3 }, "negative_count", "n"],
    [{ ...good, m2: -1e-9 }, "negative_variance", "m2"],
    [{ ...good, mean: Number.NaN }, "not_finite", "mean"],
    [{ ...good, m2: Number.POSITIVE_INFINITY }, "not_finite", "m2"],
  ])("%o is refused as %s in either arm", (wrong, code, field) => {
    for (const test of [welch, pooledT]) {
      expect(() => test(wrong, good)).toThrow(expect.objectContaining({ code, path: ["control", field] }));
      expect(() => test(good, wrong)).toThrow(expect.objectContaining({ code, path: ["treatment", field] }));
    }
  });

  it("what is not a summary at all is refused at its place", () => {
    for (const wrong of [undefined, null, 7] as never[])
      expect(() => welch(good, wrong)).toThrow(
        expect.objectContaining({
          code: wrong === undefined ? "missing_value" : "wrong_type",
          path: ["treatment"],
        }),
      );
    expect(() => welch({ ...good, n: "5" as never }, good)).toThrow(
      expect.objectContaining({ code: "wrong_type", path: ["control", "n"] }),
    );
  });

  it.each([0, 1, -0.5, 95, Number.NaN])("a level of %s is refused", (level) => {
    expect(() => welch(good, good, { level })).toThrow(
      expect.objectContaining({
        code: Number.isNaN(level) ? "not_finite" : "out_of_range",
        path: ["options", "level"],
      }),
    );
    expect(() => welch({ ...good, m2: 0 }, { ...good, m2: 0 }, { level })).toThrow("options.level: ");
  });

  it("an unknown alternative is refused", () => {
    expect(() => welch(good, good, { alternative: "bigger" as "greater" })).toThrow(
      expect.objectContaining({ code: "unknown_name", path: ["options", "alternative"] }),
    );
  });

  it("options are refused in sentences that say what to write", () => {
    const refused = (options: object) => expect(() => welch(good, good, options));
    refused({ alternative: "grater" }).toThrow(
      'options.alternative: is not one of the names that can stand here (received "grater"); did you mean "greater"? (there are: two-sided, greater, less)',
    );
    refused({ level: 95 }).toThrow("options.level: must be above 0 and below 1 (received 95); write 0.95");
    refused({ level: "0.95" }).toThrow(
      'options.level: must be a number (received "0.95"); write a number, without quotes',
    );
    refused({ levl: 0.9 }).toThrow(
      'options.levl: is not a known key (received "levl"); did you mean "level"? (there are: level, alternative)',
    );
  });

  it("no variance is a stated outcome, not a p-value", () => {
    const flat = { n: 5, mean: 3, m2: 0 };
    for (const test of [welch, pooledT]) {
      const outcome = test({ ...flat, mean: 1 }, flat);
      expect(outcome).toMatchObject({
        status: "degenerate",
        value: 2,
        reason: expect.stringContaining("no variance"),
      });
      expect(outcome).not.toHaveProperty("pValue");
    }
    expect(welch(flat, good).status).toBe("ok");
  });

  it("tails reach to 1e-300 and variances of 1e-200 do not underflow", () => {
    const far = ok(welch({ n: 1e9, mean: 0, m2: 1e9 }, { n: 1e9, mean: 0.00165, m2: 1e9 }));
    near(far.pValue, 2 * normalSurvival(far.statistic!), 1e-3);
    expect(far.pValue).toBeGreaterThan(1e-310);
    expect(far.pValue).toBeLessThan(1e-290);
    const tiny = ok(welch({ n: 10, mean: 0, m2: 1e-200 }, { n: 20, mean: 1e-100, m2: 1e-200 }));
    expect(tiny.df).toBeGreaterThan(9);
    expect(tiny.df).toBeLessThan(28);
  });
});

describe("calibration slice", () => {
  it("micro cells merged give the macro result", () => {
    const cell = (n: number, mean: number, m2: number) => ({ n, names: ["x"], mean: [mean], comoment: [m2] });
    const merged = scalar(mergeMoments(cell(40, 1, 30), cell(60, 2, 50)));
    near(merged.m2, 30 + 50 + (40 * 60) / 100, 1e-14);
    expect(ok(welch(merged, { n: 50, mean: 1, m2: 40 })).value).toBeCloseTo(-0.6, 12);
  });
});

it("rejects the wrong version: df n₁ + n₂ − 2 with Welch's standard error", () => {
  const [{ input, expected }] = cases("means", "welchT").filter((each) => each.id === "welch_t-07") as [
    ReturnType<typeof cases>[number],
  ];
  const df = input.control.n + input.treatment.n - 2;
  expect(Math.abs(df / expected.df - 1)).toBeGreaterThan(1000);
});
