import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import {
  type Factor,
  type FactorialCell,
  type FactorialOptions,
  factorialEffects,
  halfNormalPoints,
  lenth,
  momentsOf,
  welch,
} from "../../src/stats/index.js";
import { type Case, cases, near, summary } from "./reference.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};
const names = ["A", "B", "C"];
const factorsOf = (k: number): Factor[] => names.slice(0, k).map((name) => ({ name, levels: ["0", "1"] }));
const cellsOf = ({ input }: Case): FactorialCell[] => {
  const groups = new Map<string, number[]>();
  input.factors.forEach((levels: number[], i: number) => {
    const key = levels.join("");
    groups.set(key, [...(groups.get(key) ?? []), input.y[i]]);
  });
  return [...groups].map(([key, values]) => ({
    levels: Object.fromEntries([...key].map((level, i) => [names[i]!, level])),
    moments: momentsOf(values),
  }));
};

describe("reference", () => {
  it.each(cases("factorial", "factorialOLS"))("$id", (each) => {
    const { expected, rtol } = each;
    const cells = cellsOf(each);
    const factors = factorsOf(each.input.factors[0].length);
    for (const [variance, key] of [
      ["ols", "seOLS"],
      ["hc0", "seHC0"],
      ["hc1", "seHC1"],
      ["hc2", "seHC2"],
      ["hc3", "seHC3"],
    ] as const) {
      const fit = factorialEffects(factors, cells, { variance });
      near(ok(fit.mean).value, expected.coef[0], rtol);
      near(ok(fit.mean).standardError, expected[key][0], rtol);
      fit.effects.forEach(({ coefficient, effect }, i) => {
        near(coefficient, expected.coef[i + 1], rtol);
        near(ok(effect).standardError, expected[key][i + 1] * 2, rtol);
      });
      if (variance === "ols") expect(fit.n - fit.fitted).toBe(expected.df);
    }
  });

  it.each(cases("factorial", "factorial2x2Summary"))("$id", ({ input, expected, rtol }) => {
    const cells = input.cells.map(
      (cell: { A: number; B: number; mean: number; variance: number; n: number }) => ({
        levels: { A: String(cell.A), B: String(cell.B) },
        moments: summary(cell),
      }),
    );
    const { effects } = factorialEffects(factorsOf(2), cells, { critical: "normal" });
    const [a, b, ab] = effects.map(({ effect }) => ok(effect));
    near(a!.value, expected.mainA, rtol);
    near(b!.value, expected.mainB, rtol);
    near(ab!.value, expected.interaction / 2, rtol);
    near(a!.standardError, expected.seMain, rtol);
    near(ab!.standardError, expected.seInteraction / 2, rtol);
    near(ab!.statistic, expected.zInteraction, rtol);
    near(ab!.pValue, expected.pInteractionNormal, rtol);
  });
});

const [, second] = cases("factorial", "factorialOLS");
const cells = cellsOf(second!);
const factors = factorsOf(2);

describe("laws", () => {
  it("exchanging a factor's levels turns its effects' signs; order of cells and units of the outcome do not matter", () => {
    const flipped = [{ name: "A", levels: ["1", "0"] }, factors[1]!];
    const [one, other] = [factorialEffects(factors, cells), factorialEffects(flipped, [...cells].reverse())];
    one.effects.forEach(({ factors: own, effect }, i) => {
      const sign = own.includes("A") ? -1 : 1;
      near(ok(other.effects[i]!.effect).value, sign * ok(effect).value, 1e-10);
      near(ok(other.effects[i]!.effect).pValue, ok(effect).pValue, 1e-9);
    });
    const scaled = cells.map(({ levels, moments }) => ({
      levels,
      moments: { n: moments.n, mean: 1e6 + 4 * moments.mean, m2: 16 * moments.m2 },
    }));
    near(
      ok(factorialEffects(factors, scaled).effects[2]!.effect).pValue,
      ok(one.effects[2]!.effect).pValue,
      1e-7,
    );
  });

  it("one factor of two levels is Welch's difference", () => {
    const two: FactorialCell[] = [
      { levels: { A: "0" }, moments: momentsOf([1, 2, 4, 9]) },
      { levels: { A: "1" }, moments: momentsOf([3, 4, 4, 8, 20]) },
    ];
    const { effects } = factorialEffects([{ name: "A", levels: ["0", "1"] }], two);
    const difference = ok(welch(two[0]!.moments, two[1]!.moments));
    near(ok(effects[0]!.effect).value, difference.value, 1e-12);
    near(ok(effects[0]!.effect).standardError, difference.standardError, 1e-12);
    near(ok(effects[0]!.effect).df, difference.df!, 1e-12);
  });

  it("p-values are adjusted over all effects but the mean", () => {
    const { effects } = factorialEffects(factors, cells, { correction: "bonferroni" });
    for (const { effect } of effects) near(ok(effect).pAdjusted, Math.min(1, 3 * ok(effect).pValue), 1e-12);
    const holm = factorialEffects(factors, cells).effects.map(({ effect }) => ok(effect).pAdjusted!);
    effects.forEach(({ effect }, i) => {
      expect(holm[i]).toBeLessThanOrEqual(ok(effect).pAdjusted!);
    });
  });

  it("leaving interactions out keeps main effects' meaning and adds their fit to the error", () => {
    const main = factorialEffects(factors, cells, { order: 1 });
    expect(main.effects.map(({ factors: own }) => own.join(":"))).toEqual(["A", "B"]);
    expect(main.fitted).toBe(3);
  });

  it("three levels have two columns, coded against the overall mean", () => {
    const three: Factor[] = [{ name: "A", levels: ["x", "y", "z"] }];
    const moments = (mean: number) => ({ n: 50, mean, m2: 49 });
    const design = ["x", "y", "z"].map((level, i) => ({
      levels: { A: level },
      moments: moments([1, 2, 6][i]!),
    }));
    const { mean, effects } = factorialEffects(three, design);
    near(ok(mean).value, 3, 1e-12);
    expect(effects.map(({ levels }) => levels[0])).toEqual(["y", "z"]);
    near(ok(effects[0]!.effect).value, -1, 1e-12);
    near(ok(effects[1]!.effect).value, 3, 1e-12);
  });
});

describe("fractions", () => {
  it("a half fraction names what it cannot tell apart", () => {
    const half: FactorialCell[] = ["001", "010", "100", "111"].map((key, i) => ({
      levels: Object.fromEntries([...key].map((level, at) => [names[at]!, level])),
      moments: { n: 100, mean: i, m2: 99 },
    }));
    const { effects, fitted } = factorialEffects(factorsOf(3), half);
    expect(fitted).toBe(4);
    expect(effects.map(({ factors: own, aliases }) => [own.join(":"), aliases])).toEqual([
      ["A", ["B:C"]],
      ["B", ["A:C"]],
      ["C", ["A:B"]],
    ]);
  });
});

describe("edges", () => {
  const good = cells;

  it.each([
    [[], good, {}, "insufficient_data", ["factors"]],
    [factors, [], {}, "insufficient_data", ["cells"]],
    [[factors[0], factors[0]], good, {}, "duplicate_key", ["factors", 1, "name"]],
    [[{ name: "A", levels: ["0"] }], good, {}, "too_few_levels", ["factors", 0, "levels"]],
    [[{ name: "A", levels: ["0", "0"] }], good, {}, "duplicate_key", ["factors", 0, "levels"]],
    [
      factors,
      [{ levels: { A: "0" }, moments: { n: 5, mean: 1, m2: 1 } }],
      {},
      "missing_value",
      ["cells", 0, "levels", "B"],
    ],
    [
      factors,
      good.map((cell) => ({ ...cell, levels: { ...cell.levels, C: "0" } })),
      {},
      "unknown_factor",
      ["cells", 0, "levels", "C"],
    ],
    [factors, good, { order: 0 }, "out_of_range", ["options", "order"]],
    [factors, good, { variance: "hc4" }, "unknown_name", ["options", "variance"]],
    [factors, good, { correction: "fdr" }, "unknown_name", ["options", "correction"]],
    [factors, good, { level: 1 }, "out_of_range", ["options", "level"]],
    [
      factors,
      good.map((cell) => ({ ...cell, moments: { n: 1, mean: 1, m2: 0 } })),
      {},
      "insufficient_data",
      ["cells", 0, "moments", "n"],
    ],
    [
      factors,
      good.map((cell) => ({ ...cell, moments: { n: 5, mean: 1, m2: -1 } })),
      {},
      "negative_variance",
      ["cells", 0, "moments", "m2"],
    ],
  ])("%# is refused", (someFactors, someCells, options, code, path) => {
    expect(() =>
      factorialEffects(someFactors as Factor[], someCells as FactorialCell[], options as FactorialOptions),
    ).toThrow(expect.objectContaining({ code, path }));
  });

  it("cells that do not vary are degenerate", () => {
    const flat = good.map((cell, i) => ({ ...cell, moments: { n: 5, mean: i, m2: 0 } }));
    for (const { effect } of factorialEffects(factors, flat).effects)
      expect(effect).toMatchObject({ status: "degenerate" });
  });
});

describe("unreplicated designs", () => {
  // Box, Hunter & Hunter's pilot plant: 15 effects of a 2⁴ design; Lenth (1989) finds pse 2.625 for his example I.
  const effects = [0.2, -0.3, 0.4, 10.5, -0.1, 0.6, -0.5].map((value, i) => ({ name: `e${i}`, value }));

  it("Lenth: the one large effect stands out, the others do not", () => {
    const result = lenth(effects)!;
    near(result.pse, 1.5 * 0.35, 1e-12);
    expect(result.df).toBeCloseTo(7 / 3, 12);
    expect(result.effects.filter(({ pAdjusted }) => pAdjusted < 0.05).map(({ name }) => name)).toEqual([
      "e3",
    ]);
    // t quantiles on 7/3 df: 3.764 and 9.008, as tabulated by Lenth for seven effects.
    near(result.marginOfError / result.pse, 3.764, 1e-3);
    near(result.simultaneousMarginOfError / result.pse, 9.008, 1e-3);
  });

  it("half-normal points rise, and their quantiles are those of the half-normal distribution", () => {
    const points = halfNormalPoints(effects);
    expect(points.map(({ name }) => name).at(-1)).toBe("e3");
    near(points[0]!.quantile, 0.08964235, 1e-6);
    near(points.at(-1)!.quantile, 1.802743, 1e-6);
    expect(points.every(({ size }, i) => i === 0 || size >= points[i - 1]!.size)).toBe(true);
  });

  it("refuse too few effects, and know when there is nothing to measure against", () => {
    for (const run of [lenth, halfNormalPoints]) {
      expect(() => run(effects.slice(0, 2))).toThrow(
        expect.objectContaining({ code: "insufficient_data", path: ["effects"] }),
      );
      expect(() => run([...effects, { name: "x", value: Number.NaN }])).toThrow(
        expect.objectContaining({ code: "not_finite", path: ["effects", 7, "value"] }),
      );
    }
    expect(lenth([0, 0, 0, 5].map((value, i) => ({ name: `${i}`, value })))).toBeUndefined();
  });
});

it("calibration slice: heteroscedastic 2 × 2 with uneven cells covers its interaction; rejects one variance for all", () => {
  const source = randomSource("factorial slice");
  const runs = 1000;
  let [hc2, ols] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const design = [
      ["0", "0", 60, 1],
      ["1", "0", 20, 3],
      ["0", "1", 60, 1],
      ["1", "1", 15, 4],
    ].map(([A, B, n, spread]) => ({
      levels: { A: A as string, B: B as string },
      moments: momentsOf(
        Array.from({ length: n as number }, () => (spread as number) * sampleNormal(source)),
      ),
    }));
    const covers = (variance: "hc2" | "ols") => {
      const { interval } = ok(factorialEffects(factors, design, { variance }).effects[2]!.effect);
      return Number(interval[0] <= 0 && 0 <= interval[1]);
    };
    hc2 += covers("hc2");
    ols += covers("ols");
  }
  const error = 3 * Math.sqrt((0.95 * 0.05) / runs);
  expect(hc2 / runs).toBeGreaterThan(0.94 - error);
  expect(hc2 / runs).toBeLessThan(0.965 + error);
  expect(ols / runs).toBeLessThan(0.9);
});
