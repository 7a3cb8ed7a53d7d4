import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../../src/core/experiment-error.js";
import { ExperimentError } from "../../src/core/experiment-error.js";
import * as stats from "../../src/stats/index.js";

function refusal(run: () => unknown): { code: ErrorCode; path: readonly (string | number)[] } {
  try {
    run();
  } catch (error) {
    if (error instanceof ExperimentError) return { code: error.code, path: error.path };
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("refuses what is no argument of theirs, by name", () => {
  const three = (
    name: string,
    f: (...args: number[]) => number,
    good: number[],
    names: string[],
    bad: (number | null)[],
  ) => names.map((path, i) => ({ name, f, good, path, i, bad: bad[i]! }));
  const { dunnettSurvival: _, ...all } = stats;
  const cases = [
    ...three("normalCdf", all.normalCdf, [0], ["x"], [null]),
    ...three("normalLogSurvival", all.normalLogSurvival, [0], ["x"], [null]),
    ...three("normalQuantile", all.normalQuantile, [0.5], ["p"], [-1e-9]),
    ...three("normalSurvivalQuantile", all.normalSurvivalQuantile, [0.5], ["p"], [1.1]),
    ...three("erfc", all.erfc, [1], ["x"], [null]),
    ...three("tCdf", all.tCdf, [1, 5], ["x", "df"], [null, 0]),
    ...three("tSurvival", all.tSurvival, [1, 5], ["x", "df"], [null, -1]),
    ...three("tLogCdf", all.tLogCdf, [1, 5], ["x", "df"], [null, 0]),
    ...three("tPdf", all.tPdf, [1, 5], ["x", "df"], [null, 0]),
    ...three("tQuantile", all.tQuantile, [0.1, 5], ["p", "df"], [2, 0]),
    ...three("betaCdf", all.betaCdf, [0.1, 5, 2], ["x", "a", "b"], [null, 0, -2]),
    ...three("betaPdf", all.betaPdf, [0.1, 5, 2], ["x", "a", "b"], [null, 0, -2]),
    ...three("betaQuantile", all.betaQuantile, [0.1, 5, 2], ["p", "a", "b"], [-1, 0, -2]),
    ...three("gammaCdf", all.gammaCdf, [1, 5], ["x", "shape"], [null, 0]),
    ...three("gammaPdf", all.gammaPdf, [1, 5], ["x", "shape"], [null, 0]),
    ...three("gammaQuantile", all.gammaQuantile, [0.1, 5], ["p", "shape"], [1.5, 0]),
    ...three("chiSquareSurvival", all.chiSquareSurvival, [1, 5], ["x", "df"], [null, 0]),
    ...three("chiSquareQuantile", all.chiSquareQuantile, [0.1, 5], ["p", "df"], [1.5, 0]),
    ...three("fSurvival", all.fSurvival, [1, 5, 6], ["x", "d1", "d2"], [null, 0, -3]),
    ...three("fQuantile", all.fQuantile, [0.1, 5, 6], ["p", "d1", "d2"], [7, 0, -3]),
    ...three("binomialCdf", all.binomialCdf, [1, 5, 0.3], ["k", "n", "p"], [null, 2.5, 1.3]),
    ...three("binomialPmf", all.binomialPmf, [1, 5, 0.3], ["k", "n", "p"], [null, -1, 1.3]),
    ...three("binomialQuantile", all.binomialQuantile, [0.1, 5, 0.3], ["q", "n", "p"], [-1, 0.5, -0.1]),
    ...three("poissonCdf", all.poissonCdf, [1, 5], ["k", "rate"], [null, -1]),
    ...three("poissonPmf", all.poissonPmf, [1, 5], ["k", "rate"], [null, Infinity]),
    ...three("poissonQuantile", all.poissonQuantile, [0.1, 5], ["p", "rate"], [3, -1]),
    ...three("negativeBinomialCdf", all.negativeBinomialCdf, [1, 5, 0.3], ["k", "size", "p"], [null, 0, 0]),
    ...three("negativeBinomialPmf", all.negativeBinomialPmf, [1, 5, 0.3], ["k", "size", "p"], [null, 0, 2]),
    ...three(
      "negativeBinomialQuantile",
      all.negativeBinomialQuantile,
      [0.1, 5, 0.3],
      ["q", "size", "p"],
      [2, 0, 0],
    ),
    ...three("noncentralTCdf", all.noncentralTCdf, [1, 5, 1], ["x", "df", "ncp"], [null, 0, Infinity]),
    ...three(
      "noncentralTSurvival",
      all.noncentralTSurvival,
      [1, 5, 1],
      ["x", "df", "ncp"],
      [null, 0, -Infinity],
    ),
    ...three(
      "studentizedRangeSurvival",
      all.studentizedRangeSurvival,
      [1, 5, 9],
      ["q", "k", "df"],
      [null, 1, 0],
    ),
    ...three(
      "studentizedRangeQuantile",
      all.studentizedRangeQuantile,
      [0.1, 5, 9],
      ["p", "k", "df"],
      [2, 2.5, 0],
    ),
    ...three("logGamma", all.logGamma, [1], ["x"], [0]),
    ...three("logBeta", all.logBeta, [1, 2], ["a", "b"], [0, -1]),
  ];

  it.each(cases)("$name: $path", ({ f, good, path, i, bad }) => {
    const put = (value: number) => good.map((each, j) => (j === i ? value : each));
    expect(Number.isFinite(f(...good))).toBe(true);
    expect(refusal(() => f(...put(Number.NaN)))).toEqual({ code: "not_finite", path: [path] });
    expect(refusal(() => f(...put("3" as unknown as number)))).toEqual({ code: "not_finite", path: [path] });
    if (bad !== null) expect(refusal(() => f(...put(bad)))).toEqual({ code: "out_of_range", path: [path] });
  });

  it("shapes and counts must be finite", () => {
    expect(refusal(() => stats.betaCdf(0.5, Infinity, 1))).toEqual({ code: "not_finite", path: ["a"] });
    expect(refusal(() => stats.chiSquareCdf(1, Infinity))).toEqual({ code: "not_finite", path: ["df"] });
  });

  it("Dunnett's design", () => {
    const refused = (design: object, t = 2) =>
      refusal(() => stats.dunnettSurvival(t, design as stats.DunnettDesign));
    expect(refused({ comparisons: 0 })).toEqual({ code: "out_of_range", path: ["comparisons"] });
    expect(refused({ comparisons: 2, df: 0 })).toEqual({ code: "out_of_range", path: ["df"] });
    expect(refused({ comparisons: 2, ratio: -1 })).toEqual({ code: "out_of_range", path: ["ratio"] });
    expect(refused({ comparisons: 2, ratio: null })).toEqual({ code: "wrong_type", path: ["ratio"] });
    expect(refused({ comparisons: 2, ratio: [1, Number.NaN] })).toEqual({
      code: "not_finite",
      path: ["ratio"],
    });
    expect(refused({ comparisons: 2, ratio: [1] })).toEqual({ code: "wrong_type", path: ["ratio"] });
    expect(refused({ comparisons: 2, alternative: "less" })).toEqual({
      code: "wrong_type",
      path: ["alternative"],
    });
    expect(refused({ comparisons: 2 }, Number.NaN)).toEqual({ code: "not_finite", path: ["t"] });
    expect(refusal(() => stats.dunnettQuantile(-1, { comparisons: 2 }))).toEqual({
      code: "out_of_range",
      path: ["p"],
    });
  });
});

describe("ends", () => {
  it("beyond the support", () => {
    for (const f of [
      stats.normalCdf,
      (x: number) => stats.tCdf(x, 3),
      (x: number) => stats.betaCdf(x, 2, 3),
      (x: number) => stats.gammaCdf(x, 2),
      (x: number) => stats.chiSquareCdf(x, 2),
      (x: number) => stats.fCdf(x, 2, 3),
      (x: number) => stats.binomialCdf(x, 5, 0.2),
      (x: number) => stats.poissonCdf(x, 2),
      (x: number) => stats.negativeBinomialCdf(x, 2, 0.5),
      (x: number) => stats.noncentralTCdf(x, 2, 0.5),
      (x: number) => stats.studentizedRangeCdf(x, 2, 5),
      (x: number) => stats.dunnettCdf(x, { comparisons: 2 }),
    ]) {
      expect(f(-Infinity)).toBe(0);
      expect(f(Infinity)).toBe(1);
    }
    expect(stats.betaSurvival(0, 2, 3)).toBe(1);
    expect(stats.betaPdf(2, 2, 3)).toBe(0);
    expect([stats.betaPdf(0, 0.5, 3), stats.betaPdf(0, 1, 3), stats.betaPdf(0, 2, 3)]).toEqual([
      Infinity,
      expect.closeTo(3, 13),
      0,
    ]);
    expect([stats.betaPdf(1, 2, 0.5), stats.betaPdf(1, 3, 1), stats.betaPdf(1, 2, 2)]).toEqual([
      Infinity,
      expect.closeTo(3, 13),
      0,
    ]);
    expect([
      stats.gammaPdf(0, 0.5),
      stats.gammaPdf(0, 1),
      stats.gammaPdf(0, 2),
      stats.gammaPdf(-1, 2),
    ]).toEqual([Infinity, 1, 0, 0]);
    expect([stats.tPdf(Infinity, 3), stats.normalPdf(-Infinity)]).toEqual([0, 0]);
  });

  it("chances of 0 and 1", () => {
    expect([stats.binomialCdf(3, 5, 0), stats.binomialCdf(3, 5, 1), stats.binomialCdf(5, 5, 1)]).toEqual([
      1, 0, 1,
    ]);
    expect([stats.binomialSurvival(3, 5, 0), stats.binomialSurvival(3, 5, 1)]).toEqual([0, 1]);
    expect([
      stats.binomialPmf(0, 5, 0),
      stats.binomialPmf(5, 5, 1),
      stats.binomialPmf(2, 5, 1),
      stats.binomialPmf(0, 0, 0.3),
    ]).toEqual([1, 1, 0, 1]);
    expect([
      stats.poissonCdf(0, 0),
      stats.poissonPmf(0, 0),
      stats.poissonPmf(1, 0),
      stats.poissonSurvival(0, 0),
    ]).toEqual([1, 1, 0, 0]);
    expect([
      stats.negativeBinomialCdf(0, 2, 1),
      stats.negativeBinomialPmf(0, 2, 1),
      stats.negativeBinomialPmf(1, 2, 1),
    ]).toEqual([1, 1, 0]);
    expect([stats.binomialCdf(0, 0, 0.5), stats.binomialQuantile(0.5, 0, 0.5)]).toEqual([1, 0]);
  });

  it("quantiles of 0 and 1 are the ends", () => {
    expect([stats.normalQuantile(0), stats.normalQuantile(1), stats.normalQuantile(0.5)]).toEqual([
      -Infinity,
      Infinity,
      0,
    ]);
    expect([stats.tQuantile(0, 3), stats.tQuantile(1, 3), stats.tQuantile(0.5, 3)]).toEqual([
      -Infinity,
      Infinity,
      0,
    ]);
    expect([stats.betaQuantile(0, 2, 3), stats.betaQuantile(1, 2, 3)]).toEqual([0, 1]);
    expect([stats.gammaQuantile(0, 2), stats.gammaQuantile(1, 2)]).toEqual([0, Infinity]);
    expect([stats.fQuantile(0, 2, 3), stats.fQuantile(1, 2, 3)]).toEqual([0, Infinity]);
    expect([stats.chiSquareQuantile(0, 2), stats.chiSquareSurvivalQuantile(0, 2)]).toEqual([0, Infinity]);
    expect([stats.binomialQuantile(0, 9, 0.5), stats.binomialQuantile(1, 9, 0.5)]).toEqual([0, 9]);
    expect([stats.poissonQuantile(0, 9), stats.poissonQuantile(1, 9)]).toEqual([0, Infinity]);
    expect([stats.negativeBinomialQuantile(0, 9, 0.5), stats.negativeBinomialQuantile(1, 9, 0.5)]).toEqual([
      0,
      Infinity,
    ]);
    expect([stats.studentizedRangeQuantile(0, 3, 5), stats.studentizedRangeQuantile(1, 3, 5)]).toEqual([
      0,
      Infinity,
    ]);
    expect([
      stats.dunnettQuantile(0, { comparisons: 3 }),
      stats.dunnettQuantile(1, { comparisons: 3 }),
    ]).toEqual([0, Infinity]);
  });

  it("never NaN, never outside [0, 1], inside the domain at any size", () => {
    const sizes = [1e-100, 1e-30, 1e-3, 0.5, 1, 7, 299, 301, 1e5, 1e9, 1e20, 1e100];
    const probabilities = [5e-324, 1e-300, 1e-9, 0.3, 0.5, 0.999, 1 - 2 ** -53];
    const within = (value: number, from: number, to: number, what: string) =>
      expect(value >= from && value <= to, `${what}: ${value}`).toBe(true);
    for (const a of sizes) {
      for (const x of [...sizes, ...sizes.map((each) => a * each)]) {
        within(stats.tSurvival(x, a), 0, 0.5, `t ${x} ${a}`);
        within(stats.gammaCdf(x, a), 0, 1, `gamma ${x} ${a}`);
        within(stats.gammaPdf(x, a), 0, Infinity, `gamma density ${x} ${a}`);
        within(stats.tPdf(x, a), 0, 1, `t density ${x} ${a}`);
        within(stats.poissonCdf(x, a), 0, 1, `Poisson ${x} ${a}`);
      }
      for (const p of probabilities) {
        within(stats.tQuantile(p, a), -Infinity, Infinity, `t quantile ${p} ${a}`);
        within(stats.gammaQuantile(p, a), 0, Infinity, `gamma quantile ${p} ${a}`);
      }
      for (const b of sizes) {
        for (const x of [5e-324, 1e-100, 0.1, 0.5, 0.9, 1 - 2 ** -53]) {
          within(stats.betaCdf(x, a, b), 0, 1, `beta ${x} ${a} ${b}`);
          within(stats.betaPdf(x, a, b), 0, Infinity, `beta density ${x} ${a} ${b}`);
          within(stats.fSurvival(x * 2, a, b), 0, 1, `F ${x} ${a} ${b}`);
        }
        for (const p of probabilities) {
          within(stats.betaQuantile(p, a, b), 0, 1, `beta quantile ${p} ${a} ${b}`);
          within(stats.fQuantile(p, a, b), 0, Infinity, `F quantile ${p} ${a} ${b}`);
        }
      }
    }
  });
});
