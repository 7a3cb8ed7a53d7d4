import { describe, expect, it } from "vitest";
import { randomSource, sampleCategorical } from "../../src/random/index.js";
import { sampleRatioMismatch, sequentialRatioMismatch } from "../../src/stats/index.js";
import { email } from "./email.js";
import { cases, near } from "./reference.js";

describe("reference", () => {
  it.each(cases("checks", "srmChiSquare"))("$id", ({ input, expected, rtol }) => {
    const check = sampleRatioMismatch(input.observed, input.weights);
    near(check.statistic, expected.chi2, rtol);
    near(check.pValue, expected.p, rtol);
    near(check.logPValue / Math.LN10, expected.log10p, rtol);
    expect(check.df).toBe(input.observed.length - 1);
  });

  it.each(cases("checks", "srmSequentialDirichlet"))("$id", ({ input, expected, rtol }) => {
    const check = sequentialRatioMismatch(input.observed, input.weights, input.concentration);
    near(check.logBayesFactor, expected.logBayesFactor, rtol);
    near(check.pValue, expected.p, rtol);
  });

  it("the e-mail test", () => {
    const check = sampleRatioMismatch([email.none.n, email.mens.n, email.womens.n], [1 / 3, 1 / 3, 1 / 3]);
    near(check.statistic, 0.20253125, 1e-9);
    near(check.pValue, 0.9036929575604196, 1e-9);
  });
});

describe("laws", () => {
  it("the scale of the expectation does not matter, nor the order of the variants", () => {
    const check = sampleRatioMismatch([20, 80], [1, 3]);
    expect(sampleRatioMismatch([20, 80], [25, 75])).toEqual(check);
    near(sampleRatioMismatch([80, 20], [0.75, 0.25]).pValue, check.pValue, 1e-14);
  });

  it("the logarithm goes on where the p-value underflows", () => {
    const check = sampleRatioMismatch([1e7, 2e7], [1, 1]);
    expect(check.pValue).toBe(0);
    expect(check.logPValue).toBeLessThan(-1e6);
    expect(Number.isFinite(check.logPValue)).toBe(true);
  });
});

describe("edges", () => {
  it.each([
    [[5], [1], "insufficient_data", ["observed"]],
    [[0, 0], [1, 1], "insufficient_data", ["observed"]],
    [[5, 5], [1], "wrong_length", ["expected"]],
    [[5, -1], [1, 1], "negative_count", ["observed", 1]],
    [[5, 1.5], [1, 1], "negative_count", ["observed", 1]],
    [[5, Number.NaN], [1, 1], "not_finite", ["observed", 1]],
    [[5, 5], [1, 0], "out_of_range", ["expected", 1]],
    [[5, 5], [1, Number.POSITIVE_INFINITY], "not_finite", ["expected", 1]],
  ])("%o against %o is refused as %s", (observed, expectedShares, code, path) => {
    expect(() => sampleRatioMismatch(observed, expectedShares)).toThrow(
      expect.objectContaining({ code, path }),
    );
  });

  it("a concentration that is none is refused", () => {
    for (const concentration of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => sequentialRatioMismatch([5, 5], [1, 1], concentration)).toThrow(
        expect.objectContaining({
          code: Number.isFinite(concentration) ? "out_of_range" : "not_finite",
          path: ["concentration"],
        }),
      );
  });

  it("a variant nobody met is a mismatch, not an error", () => {
    expect(sampleRatioMismatch([100, 0], [1, 1]).pValue).toBeLessThan(1e-20);
  });
});

it("rejects the wrong version: 50/50 assumed whatever the definition says", () => {
  expect(sampleRatioMismatch([2000, 8100], [1, 1]).pValue).toBeLessThan(1e-300);
  expect(sampleRatioMismatch([2000, 8100], [0.2, 0.8]).pValue).toBeGreaterThan(0.5);
});

describe("calibration slice: 30 daily looks at 1,000 units a day — world srm_looks", () => {
  const source = randomSource("srm looks");
  const runs = 300;
  let [sequential, naive, found] = [0, 0, 0];
  const alarms = (share: number) => {
    const counts = [0, 0];
    let [one, other] = [false, false];
    for (let day = 0; day < 30; day++) {
      for (let unit = 0; unit < 1000; unit++) counts[sampleCategorical(source, [share, 1 - share])]! += 1;
      if (sequentialRatioMismatch(counts, [1, 1]).pValue < 0.01) one = true;
      if (sampleRatioMismatch(counts, [1, 1]).pValue < 0.01) other = true;
    }
    return [one, other] as const;
  };
  for (let run = 0; run < runs; run++) {
    const [one, other] = alarms(0.5);
    if (one) sequential++;
    if (other) naive++;
    if (run < 30 && alarms(0.51)[0]) found++;
  }

  it("the sequential check keeps to 1 % over all looks, and finds a 51/49 split", () => {
    expect(sequential / runs).toBeLessThan(0.01 + 3 * Math.sqrt(0.0099 / runs));
    expect(found).toBeGreaterThan(8);
  });

  it("rejects the wrong version: χ² looked at daily (8 % false alarms)", () => {
    expect(naive / runs).toBeGreaterThan(0.03);
  });
});
