import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { randomSource, sampleBinomial, sampleNormal } from "../../src/random/index.js";
import { effectPosterior, fitPrior, lift, metaAnalysis, predictiveCheck } from "../../src/stats/index.js";
import { fc } from "../properties.js";
import { cases, near } from "./reference.js";

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const effect = fc.record({ value: number(-1, 1), standardError: number(0.01, 1) });
const prior = fc.record({ mean: number(-0.5, 0.5), standardDeviation: number(0.01, 1) });

describe("reference", () => {
  it.each(cases("effect-posteriors", "normalPosterior"))("$id: mpmath, gbstats", ({ input, expected }) => {
    // A flat prior is one that is wider than anything.
    const { mean, variance } = input.prior ?? { mean: 0, variance: 1e24 };
    const told = effectPosterior(
      { value: input.estimate, standardError: input.se },
      { mean, standardDeviation: Math.sqrt(variance) },
      { level: 1 - input.alpha, rope: input.rope },
    );
    near(told.mean, expected.mean, 1e-9);
    near(told.standardDeviation, expected.sd, 1e-9);
    near(told.interval[0], expected.ci[0], 1e-9);
    near(told.interval[1], expected.ci[1], 1e-9);
    near(told.chance, expected.chanceToWin, 1e-9);
    near(told.loss.control, expected.lossIfShipControl, 1e-9);
    near(told.loss.treatment, expected.lossIfShipTreatment, 1e-9);
    near(told.rope, expected.pRope, 1e-9);
  });

  it.each(cases("effect-posteriors", "empiricalBayesNormal"))("$id: mpmath", ({ input, expected }) => {
    const effects = input.effects.map((value: number, i: number) => ({
      value,
      standardError: Math.sqrt(input.variances[i]),
    }));
    const fitted = fitPrior(effects, { between: "dersimonian-laird" });
    near(fitted.mean, expected.mean, 1e-9);
    const { estimate } = metaAnalysis(effects, { between: "dersimonian-laird" });
    const error = estimate.status === "ok" ? estimate.standardError : 0;
    near(fitted.standardDeviation, Math.sqrt(expected.tau2 + error * error), 1e-9);
  });
});

describe("laws", () => {
  it("an effect turned round has turned losses, and the chance of the other", () => {
    fc.assert(
      fc.property(effect, prior, ({ value, standardError }, { mean, standardDeviation }) => {
        const told = effectPosterior({ value, standardError }, { mean, standardDeviation }, { rope: 0.1 });
        const turned = effectPosterior(
          { value: -value, standardError },
          { mean: -mean, standardDeviation },
          { rope: 0.1, better: "lower" },
        );
        expect(turned.chance).toBe(told.chance);
        expect(turned.loss).toEqual(told.loss);
        expect(turned.rope).toBeCloseTo(told.rope ?? -1, 12);
        expect(told.loss.control - told.loss.treatment).toBeCloseTo(told.mean, 12);
      }),
    );
  });

  it("lies between prior and estimate, and is surer than either", () => {
    fc.assert(
      fc.property(effect, prior, (seen, before) => {
        const { mean, standardDeviation } = effectPosterior(seen, before);
        expect(mean).toBeGreaterThanOrEqual(Math.min(seen.value, before.mean) - 1e-12);
        expect(mean).toBeLessThanOrEqual(Math.max(seen.value, before.mean) + 1e-12);
        expect(standardDeviation).toBeLessThan(Math.min(seen.standardError, before.standardDeviation));
      }),
    );
  });
});

describe("edges", () => {
  const seen = { value: 0.1, standardError: 0.1 };
  it.each([
    [
      "a prior without spread",
      () => effectPosterior(seen, { mean: 0, standardDeviation: 0 }),
      "out_of_range",
      ["prior", "standardDeviation"],
    ],
    [
      "an effect without an error",
      () => effectPosterior({ ...seen, standardError: 0 }, { mean: 0, standardDeviation: 1 }),
      "out_of_range",
      ["effect", "standardError"],
    ],
    ["one past experiment", () => fitPrior([seen]), "insufficient_data", ["effects"]],
    [
      "a check at level 0",
      () => predictiveCheck(seen, { mean: 0, standardDeviation: 1 }, { level: 0 }),
      "out_of_range",
      ["options", "level"],
    ],
  ] as const)("refuses %s", (_, run, code, path) => {
    expect(run).toThrow(expect.objectContaining({ code, path }));
  });

  it("alike effects make a proper prior all the same", () => {
    expect(fitPrior([seen, seen, seen]).standardDeviation).toBeCloseTo(0.1 / Math.sqrt(3), 12);
  });
});

describe("calibration", () => {
  const before = { mean: 0.01, standardDeviation: 0.04 };
  const worlds = (count: number) => {
    const random = randomSource("effects");
    return Array.from({ length: count }, (_, i) => {
      const truth = before.mean + before.standardDeviation * sampleNormal(random);
      const standardError = i % 3 === 0 ? 0.01 : 0.06;
      return { truth, effect: { value: truth + standardError * sampleNormal(random), standardError } };
    });
  };

  it("under its prior, intervals hold their level and sign errors are what the chance says", () => {
    const count = 20_000;
    let [held, wrong, promised, surprises] = [0, 0, 0, 0];
    for (const { truth, effect } of worlds(count)) {
      const { interval, chance } = effectPosterior(effect, before, { level: 0.9 });
      if (truth > interval[0] && truth < interval[1]) held += 1;
      if (truth > 0 !== chance > 0.5) wrong += 1;
      promised += Math.min(chance, 1 - chance);
      if (predictiveCheck(effect, before).surprising) surprises += 1;
    }
    const error = (share: number) => 4.5 * Math.sqrt((share * (1 - share)) / count);
    expect(Math.abs(held / count - 0.9)).toBeLessThan(error(0.9));
    expect(Math.abs(wrong / count - promised / count)).toBeLessThan(error(promised / count));
    expect(Math.abs(surprises / count - 0.05)).toBeLessThan(error(0.05));
  });

  it("looked at 20 times with nothing to find, it calls winners as often as docs/looking.md says", () => {
    const page = readFileSync(new URL("../../docs/looking.md", import.meta.url), "utf8");
    const stated = page
      .match(/([\d.]+) % of experiments, ([\d.]+) % at[\s\S]*?in\s+([\d.]+) %, ([\d.]+) % at/)
      ?.slice(1);
    const count = 1500;
    const called = [0, 0, 0, 0];
    for (let run = 0; run < count; run++) {
      const random = randomSource(`beliefs ${run}`);
      const hits = [0, 0];
      const ever = [false, false, false, false];
      for (let look = 1; look <= 20; look++) {
        const n = 1000 * look;
        const [control, treatment] = hits.map((_, arm) => {
          const mean = (hits[arm] = (hits[arm] ?? 0) + sampleBinomial(random, 1000, 0.05)) / n;
          return { n, mean, m2: n * mean * (1 - mean) };
        });
        if (!control || !treatment) throw new Error("two arms");
        const seen = lift(control, treatment);
        if (seen.status !== "ok") continue;
        const { chance, loss } = effectPosterior(seen, { mean: 0, standardDeviation: 0.05 });
        const [sure, cheap] = [
          Math.max(chance, 1 - chance) > 0.95,
          Math.min(loss.control, loss.treatment) < 0.0025,
        ];
        for (const [at, shown] of [sure, look === 20 && sure, cheap, look === 20 && cheap].entries())
          ever[at] ||= shown;
      }
      for (const [at, shown] of ever.entries()) called[at] = (called[at] ?? 0) + (shown ? 1 : 0);
    }
    expect(stated).toHaveLength(4);
    for (const [at, each] of (stated ?? []).entries()) {
      const share = Number(each) / 100;
      const error = 4.5 * Math.sqrt((share * (1 - share)) / count);
      expect(Math.abs((called[at] ?? 0) / count - share), each).toBeLessThan(error);
    }
  });

  it("a prior fitted from a thousand past experiments is the one that they came from", () => {
    const fitted = fitPrior(worlds(1000).map(({ effect }) => effect));
    expect(Math.abs(fitted.mean - before.mean)).toBeLessThan(0.008);
    expect(Math.abs(fitted.standardDeviation / before.standardDeviation - 1)).toBeLessThan(0.15);
  });

  it("rejects a wrong version: the spread of the estimates as the prior's, which is twice as wide", () => {
    const values = worlds(1000).map(({ effect }) => effect.value);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    expect(Math.abs(spread / before.standardDeviation - 1)).toBeGreaterThan(0.15);
  });
});
