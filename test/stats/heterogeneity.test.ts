import { describe, expect, it } from "vitest";
import { heterogeneity } from "../../src/stats/index.js";
import { cases, near } from "./reference.js";

const effectsOf = (input: { effects: number[]; variances: number[] }) =>
  input.effects.map((value, i) => ({ value, standardError: Math.sqrt(input.variances[i]!) }));

describe("reference", () => {
  it.each(cases("heterogeneity", "metaAnalysis"))("$id", ({ input, expected, rtol }) => {
    const found = heterogeneity(effectsOf(input));
    near(found.pooled.value, expected.fixed.estimate, rtol);
    near(found.pooled.standardError, expected.fixed.se, rtol);
    near(found.q, expected.Q, rtol);
    expect(found.df).toBe(expected.df);
    near(found.pValue, expected.pQ, rtol);
    near(100 * found.iSquared, expected.I2, rtol);
  });
});

describe("laws", () => {
  const effects = [
    { value: 0.1, standardError: 0.2 },
    { value: 0.5, standardError: 0.1 },
    { value: -0.2, standardError: 0.4 },
  ];

  it("order and unit do not matter, a common shift only moves the pooled value", () => {
    const found = heterogeneity(effects);
    near(heterogeneity([...effects].reverse()).q, found.q, 1e-13);
    const scaled = effects.map(({ value, standardError }) => ({
      value: 8 * value,
      standardError: 8 * standardError,
    }));
    near(heterogeneity(scaled).q, found.q, 1e-13);
    const shifted = heterogeneity(effects.map((each) => ({ ...each, value: each.value + 3 })));
    near(shifted.q, found.q, 1e-12);
    near(shifted.pooled.value, found.pooled.value + 3, 1e-13);
  });

  it("standard errors of 1e-160 do not overflow", () => {
    const tiny = effects.map(({ value, standardError }) => ({
      value: value * 1e-160,
      standardError: standardError * 1e-160,
    }));
    near(heterogeneity(tiny).q, heterogeneity(effects).q, 1e-12);
  });
});

describe("edges", () => {
  const one = { value: 1, standardError: 1 };

  it.each([
    [[one], "insufficient_data", ["effects"]],
    [[one, { ...one, standardError: 0 }], "out_of_range", ["effects", 1, "standardError"]],
    [[one, { ...one, standardError: Number.NaN }], "out_of_range", ["effects", 1, "standardError"]],
    [[{ ...one, value: Number.NaN }, one], "not_finite", ["effects", 0, "value"]],
  ])("%o is refused as %s", (effects, code, path) => {
    expect(() => heterogeneity(effects)).toThrow(expect.objectContaining({ code, path }));
  });

  it("equal effects have no heterogeneity", () => {
    expect(heterogeneity([one, one, one])).toMatchObject({ q: 0, iSquared: 0, pValue: 1 });
  });
});

it("rejects the wrong version: the unweighted mean", () => {
  const [first] = cases("heterogeneity", "metaAnalysis");
  const { effects } = first!.input;
  const mean = effects.reduce((a: number, b: number) => a + b) / effects.length;
  expect(Math.abs(mean - first!.expected.fixed.estimate)).toBeGreaterThan(0.05);
});
