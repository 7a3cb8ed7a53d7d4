import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { betweenEstimators } from "../../src/stats/heterogeneity/meta-analysis.js";
import { type BetweenEstimator, heterogeneity, metaAnalysis, shrinkEffects } from "../../src/stats/index.js";
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

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};

describe("reference: random effects", () => {
  it.each(cases("heterogeneity", "metaAnalysis"))("$id", ({ input, expected, rtol }) => {
    const effects = effectsOf(input);
    const level = 1 - input.alpha;
    const dl = metaAnalysis(effects, { between: "dersimonian-laird", level });
    near(dl.betweenVariance, expected.DL.tau2, rtol);
    near(ok(dl.estimate).value, expected.DL.estimate, rtol);
    near(ok(dl.estimate).standardError, expected.DL.se, rtol);
    near(ok(dl.estimate).interval[0], expected.DL.ci[0], rtol);
    near(dl.predictionInterval[0], expected.DL.predictionIntervalNormal[0], rtol);
    near(dl.predictionInterval[1], expected.DL.predictionIntervalNormal[1], rtol);
    const reml = metaAnalysis(effects, { level });
    near(reml.betweenVariance, expected.REML.tau2, rtol);
    near(ok(reml.estimate).value, expected.REML.estimate, rtol);
    near(ok(reml.estimate).standardError, expected.REML.se, rtol);
    near(metaAnalysis(effects, { between: "paule-mandel" }).betweenVariance, expected.PauleMandel.tau2, rtol);
    const hk = metaAnalysis(effects, {
      between: "dersimonian-laird",
      interval: "hartung-knapp",
      level,
    }).estimate;
    if (expected.HartungKnapp.se === 0) return expect(hk.status).toBe("degenerate");
    near(ok(hk).standardError, expected.HartungKnapp.se, rtol);
    near(ok(hk).interval[0], expected.HartungKnapp.ci[0], rtol);
    near(ok(hk).interval[1], expected.HartungKnapp.ci[1], rtol);
  });

  it.each(cases("heterogeneity", "empiricalBayesNormal"))("$id", ({ input, expected, rtol }) => {
    const found = shrinkEffects(effectsOf(input), { between: "dersimonian-laird" });
    near(found.mean, expected.mean, rtol);
    near(found.betweenVariance, expected.tau2, rtol);
    found.effects.forEach((effect, i) => {
      near(effect.shrinkage, expected.shrinkage[i], rtol);
      near(effect.value, expected.posteriorMean[i], rtol);
      near(effect.naiveStandardError, expected.posteriorSdNaive[i], rtol);
      expect(effect.standardError).toBeGreaterThan(effect.naiveStandardError);
    });
  });
});

describe.each(Object.keys(betweenEstimators) as BetweenEstimator[])(
  "variance between effects, %s",
  (between) => {
    const effects = [0.1, 0.9, -0.4, 0.3].map((value, i) => ({ value, standardError: 0.1 + 0.05 * i }));

    it("scales with the effects, shrugs at a shift and at order, is zero for equal effects", () => {
      const found = metaAnalysis(effects, { between });
      const changed = effects.map(({ value, standardError }) => ({
        value: 7 - 100 * value,
        standardError: 100 * standardError,
      }));
      near(metaAnalysis(changed.reverse(), { between }).betweenVariance, 1e4 * found.betweenVariance, 1e-9);
      expect(
        metaAnalysis(
          effects.map((each) => ({ ...each, value: 3 })),
          { between },
        ).betweenVariance,
      ).toBe(0);
      if (between !== "fixed") expect(found.betweenVariance).toBeGreaterThan(0.05);
    });

    it("shrinks towards the mean, never past it", () => {
      const { mean, effects: shrunk } = shrinkEffects(effects, { between });
      shrunk.forEach(({ value, interval }, i) => {
        expect(Math.abs(value - mean)).toBeLessThanOrEqual(Math.abs(effects[i]!.value - mean));
        expect(interval[0]).toBeLessThan(value);
      });
    });
  },
);

it("shrinkage lowers the squared error of segments' effects, and its intervals cover", () => {
  const source = randomSource("shrinkage");
  let [raw, shrunk, covered] = [0, 0, 0];
  for (let run = 0; run < 200; run++) {
    const truth = Array.from({ length: 20 }, () => 0.02 * sampleNormal(source));
    const effects = truth.map((value, i) => {
      const standardError = 0.02 + 0.001 * i;
      return { value: value + standardError * sampleNormal(source), standardError };
    });
    shrinkEffects(effects).effects.forEach(({ value, interval }, i) => {
      raw += (effects[i]!.value - truth[i]!) ** 2;
      shrunk += (value - truth[i]!) ** 2;
      if (interval[0] <= truth[i]! && truth[i]! <= interval[1]) covered++;
    });
  }
  expect(shrunk).toBeLessThan(0.6 * raw);
  expect(covered / 4000).toBeGreaterThan(0.9);
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
    [[one, { ...one, standardError: Number.NaN }], "not_finite", ["effects", 1, "standardError"]],
    [[{ ...one, value: Number.NaN }, one], "not_finite", ["effects", 0, "value"]],
  ])("%o is refused as %s", (effects, code, path) => {
    for (const run of [heterogeneity, metaAnalysis, shrinkEffects])
      expect(() => run(effects)).toThrow(expect.objectContaining({ code, path }));
  });

  it.each([
    [{ between: "ml" }, "unknown_name", ["options", "between"]],
    [{ interval: "t" }, "unknown_name", ["options", "interval"]],
    [{ level: 0 }, "out_of_range", ["options", "level"]],
  ])("%o is refused", (options, code, path) => {
    expect(() => metaAnalysis([one, one], options as object)).toThrow(
      expect.objectContaining({ code, path }),
    );
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
