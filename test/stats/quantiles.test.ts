import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import { randomSource, sampleLognormal, sampleNormal } from "../../src/random/index.js";
import {
  cappedMoments,
  combineQuantiles,
  liftOfEstimates,
  momentsOf,
  type QuantileType,
  quantile,
  quantileDifference,
  winsorBounds,
  winsorizedComparison,
} from "../../src/stats/index.js";
import { countedQuantile } from "../../src/stats/quantiles/index.js";
import { fc } from "../properties.js";
import { cases, near } from "./reference.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};
const types = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

describe("reference", () => {
  it.each(cases("quantiles", "sampleQuantile"))("$id", ({ input, expected, rtol }) => {
    for (const type of types)
      input.q.forEach((q: number, i: number) => {
        near(quantile(input.values, q, type), expected[`type${type}`][i], rtol);
      });
  });

  it.each(cases("quantiles", "quantileDifferenceFromCI"))("$id", ({ input, expected, rtol }) => {
    // gbstats scales the half-width's variance by (n − 1)/n.
    const arm = ({ quantile: value, lower95, upper95, n }: Record<string, number>) => ({
      value: value!,
      standardError: ((upper95! - lower95!) / 2 / 1.959963984540054) * Math.sqrt((n! - 1) / n!),
    });
    const estimate = ok(combineQuantiles(arm(input.control), arm(input.treatment)));
    near(estimate.value, expected.diff, rtol);
    near(estimate.standardError, expected.se, rtol);
    near(estimate.statistic, expected.z, rtol);
    near(estimate.pValue, expected.p, rtol);
    const relative = ok(liftOfEstimates(arm(input.control), arm(input.treatment)));
    near(relative.value, expected.rel, rtol);
    near(relative.standardError, expected.seRel, rtol);
    near(relative.pValue, estimate.pValue, 1e-10);
  });

  it.each(cases("quantiles", "capAtPercentile"))("$id", ({ input, expected, rtol }) => {
    const bounds = winsorBounds(input.values, { upper: input.upper, type: input.quantileType });
    near(bounds.upper, expected.cap, rtol);
    const { mean, m2, n } = cappedMoments(input.values, bounds);
    near(mean, expected.mean, rtol);
    near(m2 / (n - 1), expected.variance, rtol);
  });
});

describe("laws", () => {
  const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 40 });

  it.each(types)("type %i: order does not matter, monotone in q, ends at the extremes", (type) =>
    fc.assert(
      fc.property(
        values,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (list, a, b) => {
          const frozen = Object.freeze([...list]);
          expect(quantile(frozen, a, type)).toBe(quantile([...list].reverse(), a, type));
          const [low, high] = a < b ? [a, b] : [b, a];
          expect(quantile(list, low, type)).toBeLessThanOrEqual(quantile(list, high, type) + 1e-12);
          expect(quantile(list, 0, type)).toBe(Math.min(...list));
          expect(quantile(list, 1, type)).toBe(Math.max(...list));
        },
      ),
    ),
  );

  const source = randomSource("quantile laws");
  const [a, b] = [400, 300].map((n) => Array.from({ length: n }, () => sampleLognormal(source, 1, 0.7)));

  it("swapping the arms negates; one value a unit is the plain interval", () => {
    const forth = ok(quantileDifference({ values: a! }, { values: b! }, { q: 0.9 }));
    const back = ok(quantileDifference({ values: b! }, { values: a! }, { q: 0.9 }));
    expect(back.value).toBe(-forth.value);
    near(back.pValue, forth.pValue, 1e-12);
    const units = (list: number[]) => ({ values: list, units: list.map((_, i) => i) });
    near(ok(quantileDifference(units(a!), units(b!), { q: 0.9 })).standardError, forth.standardError, 0.02);
  });

  it("repeating every value of a unit adds nothing", () => {
    const thrice = (list: number[]) => ({
      values: list.flatMap((x) => [x, x, x]),
      units: list.flatMap((_, i) => [i, i, i]),
    });
    const once = ok(quantileDifference({ values: a! }, { values: b! }));
    const repeated = ok(quantileDifference(thrice(a!), thrice(b!)));
    near(repeated.standardError, once.standardError, 0.05);
  });
});

describe("edges", () => {
  it.each([
    [() => quantile([], 0.5), "insufficient_data", ["values", "length"]],
    [() => quantile([1, Number.NaN], 0.5), "not_finite", ["values", 1]],
    [() => quantile([1], 1.5), "out_of_range", ["q"]],
    [() => quantile([1], Number.NaN), "not_finite", ["q"]],
    [() => quantile([1], 0.5, 10 as QuantileType), "out_of_range", ["type"]],
    [
      () => quantileDifference({ values: [1, 2, 3] }, { values: [1, 2, 3] }),
      "insufficient_data",
      ["control", "values", "length"],
    ],
    [
      () => quantileDifference({ values: [1, 2], units: [1] }, { values: [1, 2] }),
      "wrong_length",
      ["control", "units"],
    ],
    [
      () => quantileDifference({ values: [1, 2], units: [1, 1] }, { values: [1, 2] }),
      "insufficient_data",
      ["control", "units"],
    ],
    [() => quantileDifference({ values: [1] }, { values: [1] }, { q: 1 }), "out_of_range", ["options", "q"]],
    [
      () => quantileDifference({ values: [1] }, { values: [1] }, { level: 1 }),
      "out_of_range",
      ["options", "level"],
    ],
    [
      () => combineQuantiles({ value: 1, standardError: -1 }, { value: 1, standardError: 1 }),
      "out_of_range",
      ["control", "standardError"],
    ],
    [
      () => liftOfEstimates({ value: Number.NaN, standardError: 1 }, { value: 1, standardError: 1 }),
      "not_finite",
      ["control", "value"],
    ],
    [
      () => liftOfEstimates({ value: 1, standardError: 1 }, { value: 1, standardError: -1 }),
      "out_of_range",
      ["treatment", "standardError"],
    ],
    [() => winsorBounds([1, 2], { upper: 1.2 }), "out_of_range", ["options", "upper"]],
    [() => winsorBounds([1, 2], { lower: -0.1 }), "out_of_range", ["options", "lower"]],
    [() => winsorBounds([1, 2], { lower: 0.9, upper: 0.1 }), "out_of_range", ["options", "upper"]],
    [() => cappedMoments([1, 2], { lower: 3, upper: 1 }), "out_of_range", ["bounds", "lower"]],
    [() => cappedMoments([1, Number.NaN], { lower: 0, upper: 1 }), "not_finite", ["values", 1]],
  ])("%s is refused as %s", (run, code, path) => {
    expect(run).toThrow(expect.objectContaining({ code, path }));
  });

  it("ties around the quantile in both arms are degenerate", () => {
    const ties = { values: new Array(100).fill(3) };
    expect(quantileDifference(ties, ties)).toMatchObject({ status: "degenerate", value: 0 });
  });

  it("winsorised means take both arms' bounds; bounds at infinity change nothing", () => {
    const [control, treatment] = [
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 1000],
      [2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    ];
    const comparison = winsorizedComparison(control, treatment, { upper: 0.9 });
    expect(comparison.bounds.upper).toBeLessThan(1000);
    expect(comparison.difference.status).toBe("ok");
    expect(comparison.lift.status).toBe("ok");
    const everything = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
    expect(cappedMoments(control, everything)).toEqual(momentsOf(control));
  });
});

describe("calibration slice: 95 % intervals of a 75th percentile, unequal arms", () => {
  const runs = 600;
  const error = 3 * Math.sqrt((0.95 * 0.05) / runs);

  it("one value a unit", () => {
    const source = randomSource("quantile slice");
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const values = (n: number) => Array.from({ length: n }, () => sampleLognormal(source, 0, 1));
      const { interval } = ok(
        quantileDifference({ values: values(400) }, { values: values(150) }, { q: 0.75 }),
      );
      if (interval[0] <= 0 && 0 <= interval[1]) covered++;
    }
    expect(covered / runs).toBeGreaterThan(0.94 - error);
    expect(covered / runs).toBeLessThan(0.965 + error);
  });

  it("five values a unit; rejects the wrong version, which takes them as independent", () => {
    const source = randomSource("clustered quantile slice");
    let [covered, naive] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const arm = (n: number) => {
        const values: number[] = [];
        const units: number[] = [];
        for (let unit = 0; unit < n; unit++) {
          const center = sampleNormal(source);
          for (let i = 0; i < 5; i++) {
            values.push(Math.exp(center + 0.5 * sampleNormal(source)));
            units.push(unit);
          }
        }
        return { values, units };
      };
      const [a, b] = [arm(120), arm(80)];
      const holds = (estimate: Estimate) => {
        const { interval } = ok(estimate);
        return Number(interval[0] <= 0 && 0 <= interval[1]);
      };
      covered += holds(quantileDifference(a, b, { q: 0.75 }));
      naive += holds(quantileDifference({ values: a.values }, { values: b.values }, { q: 0.75 }));
    }
    expect(covered / runs).toBeGreaterThan(0.94 - error);
    expect(covered / runs).toBeLessThan(0.97 + error);
    expect(naive / runs).toBeLessThan(0.8);
  });
});

describe("a quantile of counted values", () => {
  it("is that of the values, with the standard error that their ranks say", () => {
    const values = Array.from({ length: 200 }, (_, i) => i * i);
    const found = countedQuantile({ values, units: values.map(() => 1) }, 0.9);
    const direct = quantileDifference({ values }, { values }, { q: 0.9 });
    expect(found?.value).toBe(quantile(values, 0.9));
    expect(direct.status === "ok" && direct.standardError).toBeCloseTo(found!.standardError! * Math.SQRT2, 9);
  });

  it("reaches the next value, to the farther side, where many units share its own", () => {
    // The ranks that the median may have are 40 to 61; the 40th value is 10, the 61st 20.
    const found = countedQuantile({ values: [10, 20, 30], units: [40, 30, 30] }, 0.5);
    expect(found?.value).toBe(20);
    expect(found?.standardError).toBeCloseTo(10 / 1.959964, 5);
    const certain = countedQuantile({ values: [10, 20, 30], units: [20, 60, 20] }, 0.5);
    expect(certain).toEqual({ value: 20, standardError: 0 });
  });

  it("has no error where its ranks leave the sample, and none without units", () => {
    expect(countedQuantile({ values: [1, 2], units: [9, 1] }, 0.95)).toMatchObject({
      standardError: undefined,
    });
    expect(countedQuantile({ values: [], units: [] }, 0.5)).toBeUndefined();
  });
});
