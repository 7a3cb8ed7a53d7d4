import { describe, expect, it } from "vitest";
import { randomSource, sampleBinomial, sampleNormal } from "../../src/random/index.js";
import { adjust, type MeasuredEffect, shrinkEffects, shrinkSparseEffects } from "../../src/stats/index.js";
import { near } from "./reference.js";

const withErrors = (values: readonly number[], errors: readonly number[]): MeasuredEffect[] =>
  values.map((value, i) => ({ value, standardError: errors[i % errors.length]! }));

/** Posterior means by a fine grid over common effect, scatter and share, written anew with the priors of the docs. */
function bruteForce(effects: readonly MeasuredEffect[]): number[] {
  const k = effects.length;
  const scale = Math.sqrt(k / effects.reduce((sum, { standardError }) => sum + standardError ** -2, 0));
  const density = (x: number, variance: number) => Math.exp((-x * x) / 2 / variance) / Math.sqrt(variance);
  const values = effects.map(({ value }) => value);
  const [low, high] = [Math.min(...values) - 6 * scale, Math.max(...values) + 6 * scale];
  const steps = (from: number, to: number, count: number) =>
    Array.from({ length: count }, (_, i) => from + ((to - from) * (i + 0.5)) / count);
  const scatters = steps(Math.log(0.02), Math.log(60), 60).map((log) => Math.exp(log));
  const normalize = (weights: number[]) => {
    const sum = weights.reduce((a, b) => a + b);
    return weights.map((weight) => weight / sum);
  };
  const little = normalize(scatters.map((t) => t ** 2 / (1 + (t / 0.8) ** 2) ** 4));
  const few = normalize(scatters.map((t) => t / (1 + (t / 2) ** 2)));
  const shares = steps(0, 1, 40);
  const shareWeights = normalize(shares.map((share) => share ** 3));
  const sums = new Array<number>(k).fill(0);
  let total = 0;
  for (const common of steps(low, high, 160))
    for (const [j, t] of scatters.entries()) {
      const slabs = effects.map(({ value, standardError }) =>
        density(value - common, standardError ** 2 + (t * scale) ** 2),
      );
      const spikes = effects.map(({ value, standardError }) => density(value - common, standardError ** 2));
      const pulled = effects.map(({ value, standardError }) => {
        const toCommon = standardError ** 2 / (standardError ** 2 + (t * scale) ** 2);
        return toCommon * common + (1 - toCommon) * value;
      });
      const settings = [
        { share: 0, prior: (k < 4 ? 1 : 0.7) * little[j]! },
        ...(k < 4 ? [] : shares.map((share, s) => ({ share, prior: 0.3 * few[j]! * shareWeights[s]! }))),
      ];
      for (const { share, prior } of settings) {
        const each = slabs.map((slab, i) => share * spikes[i]! + (1 - share) * slab);
        const weight = prior * each.reduce((a, b) => a * b);
        total += weight;
        for (let i = 0; i < k; i++) {
          const same = (share * spikes[i]!) / each[i]!;
          sums[i]! += weight * (same * common + (1 - same) * pulled[i]!);
        }
      }
    }
  return sums.map((sum) => sum / total);
}

describe("agrees with brute-force integration of the documented priors", () => {
  it.each([
    ["two that hardly differ", [0, 1], [1]],
    ["three of unequal precision", [0.2, 0.5, 3], [0.3, 0.6, 1]],
    ["one far out of eight", [0.3, -0.6, 0.1, 0.9, -0.2, 0.4, -0.8, 6], [0.8, 1, 1.3]],
    [
      "twelve that all differ a little",
      [1, -2, 0.3, 2.2, -1.1, 0.4, 1.9, -0.7, 2.6, -1.8, 0.9, -0.1],
      [1, 0.7],
    ],
  ])("%s", (_, values, errors) => {
    const effects = withErrors(values, errors);
    const expected = bruteForce(effects);
    const found = shrinkSparseEffects(effects).effects;
    found.forEach(({ value, standardError }, i) => {
      // The library integrates on a coarse grid: within a tenth of a posterior standard deviation.
      expect(Math.abs(value - expected[i]!)).toBeLessThan(0.1 * standardError);
    });
  });
});

it("six of which two lie far out, as an implementation of the same sums in objects had them", () => {
  const effects = [0.2, -0.4, 0.1, 9, 8.2, 0.3].map((value, i) => ({
    value,
    standardError: [0.3, 0.5, 0.25, 0.4, 0.6, 1.2][i]!,
  }));
  const expected = [
    0.09618010926471765, 0.059581408328252095, 0.09226262521913257, 8.964567448139139, 8.128064676692262,
    0.10705600376957905,
  ];
  shrinkSparseEffects(effects).effects.forEach(({ value }, i) => {
    near(value, expected[i]!, 1e-12);
  });
});

describe("laws", () => {
  const values = [0.1, 0.5, -0.2, 0.05, 2.2, 0.3];
  const effects = withErrors(values, [0.2, 0.1, 0.4, 0.25]);
  const found = shrinkSparseEffects(effects);

  it("neither order, unit nor a common shift matters", () => {
    const changed = effects.map(({ value, standardError }) => ({
      value: 3 - 100 * value,
      standardError: 100 * standardError,
    }));
    const again = shrinkSparseEffects(changed.reverse());
    near(again.mean, 3 - 100 * found.mean, 1e-9);
    [...again.effects].reverse().forEach(({ value, standardError, interval }, i) => {
      near(value, 3 - 100 * found.effects[i]!.value, 1e-9);
      near(standardError, 100 * found.effects[i]!.standardError, 1e-6);
      near(interval[0], 3 - 100 * found.effects[i]!.interval[1], 1e-9);
    });
  });

  it("pulls towards the common effect, the noisier the more, and leaves its input alone", () => {
    const frozen = effects.map((each) => Object.freeze({ ...each }));
    expect(shrinkSparseEffects(Object.freeze(frozen) as MeasuredEffect[])).toEqual(found);
    found.effects.forEach(({ value, interval }, i) => {
      expect(Math.abs(value - found.mean)).toBeLessThan(Math.abs(values[i]! - found.mean));
      expect(interval[0]).toBeLessThan(value);
      expect(interval[1]).toBeGreaterThan(value);
    });
    const [precise, noisy] = shrinkSparseEffects(withErrors([1, 1, 0, 0, 0, 0], [0.1, 0.8])).effects;
    expect(precise!.value).toBeGreaterThan(noisy!.value);
  });

  it("what was shrunken before, more effects or fewer, leaves no trace", () => {
    const source = randomSource("before");
    const many = withErrors(
      Array.from({ length: 1000 }, () => sampleNormal(source)),
      [0.5, 1],
    );
    const wide = withErrors([0.2, -0.4, 0.1, 90, 82, 0.3], [0.3, 0.5]);
    const once = [many, wide].map((each) => shrinkSparseEffects(each));
    shrinkSparseEffects(withErrors([0, 1], [1]));
    expect([many, wide].map((each) => shrinkSparseEffects(each))).toEqual(once);
    expect(shrinkSparseEffects(effects)).toEqual(found);
  });

  it.each([0.5, 0.9, 0.99])(
    "the interval leaves zero out exactly where the p-value is below 1 − %d",
    (level) => {
      const source = randomSource(`zero ${level}`);
      for (let run = 0; run < 40; run++) {
        const some = withErrors(
          Array.from({ length: 6 }, () => 2 * sampleNormal(source)),
          [0.5, 1],
        );
        for (const { interval, pValue } of shrinkSparseEffects(some, { level }).effects)
          expect(interval[0] > 0 || interval[1] < 0).toBe(pValue < 1 - level);
      }
    },
  );

  it("leaves one huge effect alone, and the others where they are", () => {
    const { effects: all } = shrinkSparseEffects(withErrors([0, 0, 0, 0, 1e6], [1]));
    near(all[4]!.value, 1e6, 1e-6);
    near(all[0]!.interval[1], 1.96, 1e-3);
  });

  it("standard errors of 1e-160 do not overflow, nor do equal effects", () => {
    const tiny = effects.map(({ value, standardError }) => ({
      value: value * 1e-160,
      standardError: standardError * 1e-160,
    }));
    near(shrinkSparseEffects(tiny).effects[4]!.value, found.effects[4]!.value * 1e-160, 1e-9);
    for (const { value } of shrinkSparseEffects(withErrors([3, 3, 3, 3], [1])).effects) near(value, 3, 1e-12);
  });

  it("a first look at some of many effects changes nothing that matters", () => {
    const source = randomSource("many");
    const many = Array.from({ length: 3000 }, () => {
      const standardError = 0.5 + source.next();
      const truth = source.next() < 0.1 ? 3 * sampleNormal(source) : 0;
      return { truth, value: truth + standardError * sampleNormal(source), standardError };
    });
    const errors = (list: readonly { value: number }[]) =>
      Math.sqrt(list.reduce((sum, { value }, i) => sum + (value - many[i]!.truth) ** 2, 0) / many.length);
    const all = shrinkSparseEffects(
      many.map(({ value, standardError }) => ({ value, standardError })),
    ).effects;
    const halves = [0, 1500].flatMap(
      (from) =>
        shrinkSparseEffects(
          many.slice(from, from + 700).map(({ value, standardError }) => ({ value, standardError })),
        ).effects,
    );
    expect(errors(all)).toBeLessThan(0.6 * errors(many));
    expect(Math.abs(all[0]!.value - halves[0]!.value)).toBeLessThan(0.3);
  });
});

describe("edges", () => {
  const one = { value: 1, standardError: 1 };

  it.each([
    [[one], {}, "insufficient_data", ["effects"]],
    [[one, { ...one, standardError: 0 }], {}, "out_of_range", ["effects", 1, "standardError"]],
    [[{ ...one, value: Number.NaN }, one], {}, "not_finite", ["effects", 0, "value"]],
    [[one, one], { level: 1 }, "out_of_range", ["options", "level"]],
    [[one, one], { between: "reml" }, "unknown_key", ["options", "between"]],
  ])("%o with %o is refused", (effects, options, code, path) => {
    expect(() => shrinkSparseEffects(effects, options as object)).toThrow(
      expect.objectContaining({ code, path }),
    );
  });
});

describe("calibration of the cells that are named", () => {
  /** Cells of one experiment: 240 of which a tenth really differ, as in `micro_cube`. */
  function draw(source: ReturnType<typeof randomSource>) {
    return Array.from({ length: 240 }, () => {
      const n = 300 + Math.floor(2700 * source.next());
      const truth = source.next() < 0.1 ? 0.02 * sampleNormal(source) : 0;
      const [a, b] = [0.1, 0.1 + truth].map((p) => sampleBinomial(source, n, p) / n) as [number, number];
      return { truth, value: b - a, standardError: Math.sqrt((a * (1 - a) + b * (1 - b)) / n) };
    });
  }

  it("sparse cells: small error, named ones covered and not exaggerated; the wrong version misses all three", () => {
    const source = randomSource("micro cube");
    const sums = {
      cells: 0,
      sparse: 0,
      normal: 0,
      named: 0,
      covered: 0,
      coveredNormal: 0,
      shown: 0,
      true: 0,
    };
    for (let run = 0; run < 40; run++) {
      const cells = draw(source);
      const effects = cells.map(({ value, standardError }) => ({ value, standardError }));
      const sparse = shrinkSparseEffects(effects).effects;
      const normal = shrinkEffects(effects, { between: "dersimonian-laird" }).effects;
      const z = effects.map(({ value, standardError }) => Math.abs(value) / standardError);
      const p = adjust(
        z.map((each) => Math.exp(-0.717 * each - 0.416 * each * each)),
        "benjamini-hochberg",
      );
      cells.forEach(({ truth }, i) => {
        const covers = ({ interval }: { interval: readonly [number, number] }) =>
          interval[0] <= truth && truth <= interval[1] ? 1 : 0;
        sums.cells++;
        sums.sparse += (sparse[i]!.value - truth) ** 2;
        sums.normal += (normal[i]!.value - truth) ** 2;
        if (p[i]! >= 0.05) return;
        sums.named++;
        sums.covered += covers(sparse[i]!);
        sums.coveredNormal += covers(normal[i]!);
        sums.shown += Math.abs(sparse[i]!.value);
        sums.true += Math.abs(truth);
      });
    }
    expect(sums.named).toBeGreaterThan(80);
    expect(Math.sqrt(sums.sparse / sums.cells)).toBeLessThan(0.005);
    expect(sums.covered / sums.named).toBeGreaterThan(0.93 - 3 * Math.sqrt((0.93 * 0.07) / sums.named));
    expect(sums.shown / sums.true).toBeGreaterThan(0.85);
    expect(sums.shown / sums.true).toBeLessThan(1.2);
    expect(Math.sqrt(sums.normal / sums.cells)).toBeGreaterThan(0.0052);
    expect(sums.coveredNormal / sums.named).toBeLessThan(0.5);
  });
});
