import { describe, expect, it } from "vitest";
import { chiSquareSurvival } from "../../src/distributions/index.js";
import { randomSource, sampleCategorical } from "../../src/random/index.js";
import { sampleRatioMismatch, sequentialRatioMismatch } from "../../src/stats/index.js";
import { email } from "./email.js";
import { cases, near } from "./reference.js";

interface SharesCase {
  readonly observed: readonly number[];
  readonly weights: readonly number[];
  readonly concentration: readonly number[];
  readonly logBayesFactor: number;
  readonly p: number;
}

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

  it.each(cases("sequential-shares") as never[] as SharesCase[])(
    "a mixture of priors at $observed against $weights",
    ({ observed, weights, concentration, logBayesFactor, p }) => {
      const check = sequentialRatioMismatch(observed, weights, concentration);
      expect(Math.abs(check.logBayesFactor - logBayesFactor)).toBeLessThan(
        1e-8 * (1 + Math.abs(logBayesFactor)),
      );
      near(check.pValue, p, 1e-7);
    },
  );

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

  it("something that is not a concentration is refused", () => {
    for (const concentration of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => sequentialRatioMismatch([5, 5], [1, 1], concentration)).toThrow(
        expect.objectContaining({
          code: Number.isFinite(concentration) ? "out_of_range" : "not_finite",
          path: ["concentration"],
        }),
      );
  });

  it("a mixture of no priors, or of something else, is refused", () => {
    expect(() => sequentialRatioMismatch([5, 5], [1, 1], [])).toThrow(
      expect.objectContaining({ code: "insufficient_data", path: ["concentration"] }),
    );
    expect(() => sequentialRatioMismatch([5, 5], [1, 1], [100, 0])).toThrow(
      expect.objectContaining({ code: "out_of_range", path: ["concentration", 1] }),
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

describe("small counts", () => {
  /** Exact probability of an alarm below .001 where shares are as planned. */
  const alarms = (
    n: number,
    shares: readonly number[],
    pOf: (counts: readonly number[]) => number,
  ): number => {
    let [sum, all] = [0, 0];
    const visit = (counts: readonly number[], left: number, mass: number): void => {
      const at = counts.length;
      if (at === shares.length - 1) {
        let last = mass;
        for (let i = 0; i < left; i++) last *= (shares[at]! * (left - i)) / (i + 1);
        all += last;
        if (pOf([...counts, left]) < 0.001) sum += last;
        return;
      }
      let own = mass;
      for (let k = 0; k <= left; k++) {
        visit([...counts, k], left - k, own);
        own *= (shares[at]! * (left - k)) / (k + 1);
      }
    };
    visit([], n, 1);
    return sum / all;
  };
  const chi = (n: number, shares: readonly number[]) => (counts: readonly number[]) => {
    const x = counts.reduce((sum, count, at) => sum + (count - n * shares[at]!) ** 2 / (n * shares[at]!), 0);
    return chiSquareSurvival(x, shares.length - 1);
  };

  it.each([
    [50, [0.99, 0.01], 0.013],
    [40, [0.96, 0.02, 0.02], 0.004],
    [30, [0.5, 0.5], 0],
  ] as const)("%d units at %j: at most .1 %% false alarms", (n, shares, plain) => {
    expect(alarms(n, shares, (counts) => sampleRatioMismatch(counts, shares).pValue)).toBeLessThanOrEqual(
      0.001,
    );
    // Wrong version: the χ² distribution whatever the counts.
    if (plain > 0) expect(alarms(n, shares, chi(n, shares))).toBeGreaterThan(plain);
  });

  it("is exact: 3 of 50 at 1 % are P(X ≥ 3), and continues χ² where counts grow", () => {
    const below = 0.99 ** 50 + 50 * 0.01 * 0.99 ** 49 + 1225 * 0.01 ** 2 * 0.99 ** 48;
    expect(sampleRatioMismatch([47, 3], [99, 1]).pValue).toBeCloseTo(1 - below, 12);
    const { pValue, statistic, df } = sampleRatioMismatch([4890, 70], [99, 1]);
    expect(pValue / chiSquareSurvival(statistic, df)).toBeGreaterThan(0.8);
    expect(pValue / chiSquareSurvival(statistic, df)).toBeLessThan(1.3);
  });
});
