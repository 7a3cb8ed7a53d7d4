import { describe, expect, it } from "vitest";
import * as distributions from "../../src/distributions/index.js";
import { type ErrorCode, ExperimentError } from "../../src/errors/index.js";

function refusal(run: () => unknown): { code: ErrorCode; path: readonly (string | number)[] } {
  try {
    run();
  } catch (error) {
    if (error instanceof ExperimentError) return { code: error.code, path: error.path };
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("refuses what is not an argument of theirs, by name", () => {
  const three = (
    name: string,
    f: (...args: number[]) => number,
    good: number[],
    names: string[],
    bad: (number | null)[],
  ) => names.map((path, i) => ({ name, f, good, path, i, bad: bad[i]! }));
  const { dunnettSurvival: _, ...all } = distributions;
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
    expect(refusal(() => f(...put("3" as unknown as number)))).toEqual({ code: "wrong_type", path: [path] });
    if (bad === null) return;
    const code = Number.isFinite(bad) ? "out_of_range" : "not_finite";
    expect(refusal(() => f(...put(bad)))).toEqual({ code, path: [path] });
  });

  it("says what is allowed", () => {
    expect(() => distributions.normalQuantile(95)).toThrow(
      "p: must be at least 0 and at most 1 (received 95); write 0.95",
    );
    expect(() => distributions.binomialCdf(1, 2.5, 0.5)).toThrow(
      "n: must be a whole number and at least 0 (received 2.5); write 3",
    );
    expect(() => distributions.dunnettSurvival(2, { comparisons: 2, ratio: [1] })).toThrow(
      "ratio: must hold 2 values, as many as comparisons (received 1); make the lengths equal",
    );
  });

  it("shapes and counts must be finite", () => {
    expect(refusal(() => distributions.betaCdf(0.5, Infinity, 1))).toEqual({
      code: "not_finite",
      path: ["a"],
    });
    expect(refusal(() => distributions.chiSquareCdf(1, Infinity))).toEqual({
      code: "not_finite",
      path: ["df"],
    });
  });

  it("Dunnett's design", () => {
    const refused = (design: object, t = 2) =>
      refusal(() => distributions.dunnettSurvival(t, design as distributions.DunnettDesign));
    expect(refused({ comparisons: 0 })).toEqual({ code: "out_of_range", path: ["comparisons"] });
    expect(refused({ comparisons: 2, df: 0 })).toEqual({ code: "out_of_range", path: ["df"] });
    expect(refused({ comparisons: 2, ratio: -1 })).toEqual({ code: "out_of_range", path: ["ratio"] });
    expect(refused({ comparisons: 2, ratio: null })).toEqual({ code: "wrong_type", path: ["ratio"] });
    expect(refused({ comparisons: 2, ratio: [1, Number.NaN] })).toEqual({
      code: "not_finite",
      path: ["ratio", 1],
    });
    expect(refused({ comparisons: 2, ratio: [1] })).toEqual({ code: "wrong_length", path: ["ratio"] });
    expect(refused({ comparisons: 2, alternative: "less" })).toEqual({
      code: "unknown_name",
      path: ["alternative"],
    });
    expect(refused({ comparisons: 2, ratios: [1, 2] })).toEqual({ code: "unknown_key", path: ["ratios"] });
    expect(refused({ comparisons: 2 }, Number.NaN)).toEqual({ code: "not_finite", path: ["t"] });
    expect(refusal(() => distributions.dunnettQuantile(-1, { comparisons: 2 }))).toEqual({
      code: "out_of_range",
      path: ["p"],
    });
  });
});

describe("ends", () => {
  it("beyond the support", () => {
    for (const f of [
      distributions.normalCdf,
      (x: number) => distributions.tCdf(x, 3),
      (x: number) => distributions.betaCdf(x, 2, 3),
      (x: number) => distributions.gammaCdf(x, 2),
      (x: number) => distributions.chiSquareCdf(x, 2),
      (x: number) => distributions.fCdf(x, 2, 3),
      (x: number) => distributions.binomialCdf(x, 5, 0.2),
      (x: number) => distributions.poissonCdf(x, 2),
      (x: number) => distributions.negativeBinomialCdf(x, 2, 0.5),
      (x: number) => distributions.noncentralTCdf(x, 2, 0.5),
      (x: number) => distributions.studentizedRangeCdf(x, 2, 5),
      (x: number) => distributions.dunnettCdf(x, { comparisons: 2 }),
    ]) {
      expect(f(-Infinity)).toBe(0);
      expect(f(Infinity)).toBe(1);
    }
    expect(distributions.betaSurvival(0, 2, 3)).toBe(1);
    expect(distributions.betaPdf(2, 2, 3)).toBe(0);
    expect([
      distributions.betaPdf(0, 0.5, 3),
      distributions.betaPdf(0, 1, 3),
      distributions.betaPdf(0, 2, 3),
    ]).toEqual([Infinity, expect.closeTo(3, 13), 0]);
    expect([
      distributions.betaPdf(1, 2, 0.5),
      distributions.betaPdf(1, 3, 1),
      distributions.betaPdf(1, 2, 2),
    ]).toEqual([Infinity, expect.closeTo(3, 13), 0]);
    expect([
      distributions.gammaPdf(0, 0.5),
      distributions.gammaPdf(0, 1),
      distributions.gammaPdf(0, 2),
      distributions.gammaPdf(-1, 2),
    ]).toEqual([Infinity, 1, 0, 0]);
    expect([distributions.tPdf(Infinity, 3), distributions.normalPdf(-Infinity)]).toEqual([0, 0]);
  });

  it("chances of 0 and 1", () => {
    expect([
      distributions.binomialCdf(3, 5, 0),
      distributions.binomialCdf(3, 5, 1),
      distributions.binomialCdf(5, 5, 1),
    ]).toEqual([1, 0, 1]);
    expect([distributions.binomialSurvival(3, 5, 0), distributions.binomialSurvival(3, 5, 1)]).toEqual([
      0, 1,
    ]);
    expect([
      distributions.binomialPmf(0, 5, 0),
      distributions.binomialPmf(5, 5, 1),
      distributions.binomialPmf(2, 5, 1),
      distributions.binomialPmf(0, 0, 0.3),
    ]).toEqual([1, 1, 0, 1]);
    expect([
      distributions.poissonCdf(0, 0),
      distributions.poissonPmf(0, 0),
      distributions.poissonPmf(1, 0),
      distributions.poissonSurvival(0, 0),
    ]).toEqual([1, 1, 0, 0]);
    expect([
      distributions.negativeBinomialCdf(0, 2, 1),
      distributions.negativeBinomialPmf(0, 2, 1),
      distributions.negativeBinomialPmf(1, 2, 1),
    ]).toEqual([1, 1, 0]);
    expect([distributions.binomialCdf(0, 0, 0.5), distributions.binomialQuantile(0.5, 0, 0.5)]).toEqual([
      1, 0,
    ]);
  });

  it("quantiles of 0 and 1 are the ends", () => {
    expect([
      distributions.normalQuantile(0),
      distributions.normalQuantile(1),
      distributions.normalQuantile(0.5),
    ]).toEqual([-Infinity, Infinity, 0]);
    expect([
      distributions.tQuantile(0, 3),
      distributions.tQuantile(1, 3),
      distributions.tQuantile(0.5, 3),
    ]).toEqual([-Infinity, Infinity, 0]);
    expect([distributions.betaQuantile(0, 2, 3), distributions.betaQuantile(1, 2, 3)]).toEqual([0, 1]);
    expect([distributions.gammaQuantile(0, 2), distributions.gammaQuantile(1, 2)]).toEqual([0, Infinity]);
    expect([distributions.fQuantile(0, 2, 3), distributions.fQuantile(1, 2, 3)]).toEqual([0, Infinity]);
    expect([distributions.chiSquareQuantile(0, 2), distributions.chiSquareSurvivalQuantile(0, 2)]).toEqual([
      0,
      Infinity,
    ]);
    expect([distributions.binomialQuantile(0, 9, 0.5), distributions.binomialQuantile(1, 9, 0.5)]).toEqual([
      0, 9,
    ]);
    expect([distributions.poissonQuantile(0, 9), distributions.poissonQuantile(1, 9)]).toEqual([0, Infinity]);
    expect([
      distributions.negativeBinomialQuantile(0, 9, 0.5),
      distributions.negativeBinomialQuantile(1, 9, 0.5),
    ]).toEqual([0, Infinity]);
    expect([
      distributions.studentizedRangeQuantile(0, 3, 5),
      distributions.studentizedRangeQuantile(1, 3, 5),
    ]).toEqual([0, Infinity]);
    expect([
      distributions.dunnettQuantile(0, { comparisons: 3 }),
      distributions.dunnettQuantile(1, { comparisons: 3 }),
    ]).toEqual([0, Infinity]);
  });

  it("never NaN, never outside [0, 1], inside the domain at any size", () => {
    const sizes = [1e-100, 1e-30, 1e-3, 0.5, 1, 7, 299, 301, 1e5, 1e9, 1e20, 1e100];
    const probabilities = [5e-324, 1e-300, 1e-9, 0.3, 0.5, 0.999, 1 - 2 ** -53];
    const within = (value: number, from: number, to: number, what: string) =>
      expect(value >= from && value <= to, `${what}: ${value}`).toBe(true);
    for (const a of sizes) {
      for (const x of [...sizes, ...sizes.map((each) => a * each)]) {
        within(distributions.tSurvival(x, a), 0, 0.5, `t ${x} ${a}`);
        within(distributions.gammaCdf(x, a), 0, 1, `gamma ${x} ${a}`);
        within(distributions.gammaPdf(x, a), 0, Infinity, `gamma density ${x} ${a}`);
        within(distributions.tPdf(x, a), 0, 1, `t density ${x} ${a}`);
        within(distributions.poissonCdf(x, a), 0, 1, `Poisson ${x} ${a}`);
      }
      for (const p of probabilities) {
        within(distributions.tQuantile(p, a), -Infinity, Infinity, `t quantile ${p} ${a}`);
        within(distributions.gammaQuantile(p, a), 0, Infinity, `gamma quantile ${p} ${a}`);
      }
      for (const b of sizes) {
        for (const x of [5e-324, 1e-100, 0.1, 0.5, 0.9, 1 - 2 ** -53]) {
          within(distributions.betaCdf(x, a, b), 0, 1, `beta ${x} ${a} ${b}`);
          within(distributions.betaPdf(x, a, b), 0, Infinity, `beta density ${x} ${a} ${b}`);
          within(distributions.fSurvival(x * 2, a, b), 0, 1, `F ${x} ${a} ${b}`);
        }
        for (const p of probabilities) {
          within(distributions.betaQuantile(p, a, b), 0, 1, `beta quantile ${p} ${a} ${b}`);
          within(distributions.fQuantile(p, a, b), 0, Infinity, `F quantile ${p} ${a} ${b}`);
        }
      }
    }
  });
});
