import { describe, expect, it } from "vitest";
import * as distributions from "../../src/distributions/index.js";
import { distance } from "./reference-values.js";

/** A fixed sequence that fills (0, 1) evenly. */
const spread = (count: number) => Array.from({ length: count }, (_, i) => ((i + 1) * 0.6180339887498949) % 1);
const logSpread = (count: number, low: number, high: number) =>
  spread(count).map((u) => low * (high / low) ** u);

const tails = [1e-300, 1e-100, 1e-20, 1e-8, 1e-3, 0.025, 0.3, 0.5];

describe("quantiles invert, in both tails, to 1e-300", () => {
  const inverses: Record<string, [cdf: (x: number) => number, quantile: (p: number) => number]> = {};
  const add = (
    name: string,
    cdf: (x: number) => number,
    survival: (x: number) => number,
    quantile: (p: number) => number,
    upper: (p: number) => number,
  ) => {
    inverses[name] = [cdf, quantile];
    inverses[`${name}, upper`] = [survival, upper];
  };
  add(
    "normal",
    distributions.normalCdf,
    distributions.normalSurvival,
    distributions.normalQuantile,
    distributions.normalSurvivalQuantile,
  );
  for (const df of [2, 2.5, 30, 1e4, 1e10])
    add(
      `t ${df}`,
      (x) => distributions.tCdf(x, df),
      (x) => distributions.tSurvival(x, df),
      (p) => distributions.tQuantile(p, df),
      (p) => distributions.tSurvivalQuantile(p, df),
    );
  for (const [a, b] of [
    [0.7, 3],
    [3, 0.7],
    [20, 80],
    [1e4, 3e3],
    [1e7, 1e7],
  ] as const)
    add(
      `beta ${a}, ${b}`,
      (x) => distributions.betaCdf(x, a, b),
      (x) => distributions.betaSurvival(x, a, b),
      (p) => distributions.betaQuantile(p, a, b),
      (p) => distributions.betaSurvivalQuantile(p, a, b),
    );
  for (const shape of [1, 2.5, 300, 1e8])
    add(
      `gamma ${shape}`,
      (x) => distributions.gammaCdf(x, shape),
      (x) => distributions.gammaSurvival(x, shape),
      (p) => distributions.gammaQuantile(p, shape),
      (p) => distributions.gammaSurvivalQuantile(p, shape),
    );
  add(
    "χ² 3",
    (x) => distributions.chiSquareCdf(x, 3),
    (x) => distributions.chiSquareSurvival(x, 3),
    (p) => distributions.chiSquareQuantile(p, 3),
    (p) => distributions.chiSquareSurvivalQuantile(p, 3),
  );
  add(
    "F 5, 40",
    (x) => distributions.fCdf(x, 5, 40),
    (x) => distributions.fSurvival(x, 5, 40),
    (p) => distributions.fQuantile(p, 5, 40),
    (p) => distributions.fSurvivalQuantile(p, 5, 40),
  );

  it.each(Object.entries(inverses))("%s", (name, [cdf, quantile]) => {
    for (const p of [...tails, 0.7, 0.999]) {
      const x = quantile(p);
      // what one unit in the last place of x changes, which no inverse can undo
      const ulp = Math.abs(x) * 2 ** -52 || 1e-320;
      const unavoidable = Math.abs(cdf(x + ulp) - cdf(x - ulp));
      expect(Math.abs(cdf(x) - p), `${name} at ${p}`).toBeLessThanOrEqual(1e-12 * p + 2 * unavoidable);
    }
  });
});

it("upper quantiles of small shapes end where their tail says, however far the first guess was off", () => {
  for (const p of [1e-300, 2e-82, 1e-20, 1e-3]) {
    for (const shape of [0.004, 0.0127, 0.13])
      expect(
        distance(distributions.gammaSurvival(distributions.gammaSurvivalQuantile(p, shape), shape), p),
      ).toBeLessThan(1e-11);
    for (const [d1, d2] of [
      [0.85, 8766],
      [0.3, 1e6],
      [1e6, 7],
    ] as const)
      expect(
        distance(distributions.fSurvival(distributions.fSurvivalQuantile(p, d1, d2), d1, d2), p),
      ).toBeLessThan(1e-11);
  }
});

describe("laws", () => {
  it("quantiles keep their digits beside the median, where a tail's logarithm would lose them", () => {
    const beside = 0.5 + 2 ** -34;
    expect(
      distance(distributions.normalQuantile(beside), 2 ** -34 / distributions.normalPdf(0)),
    ).toBeLessThan(1e-13);
    for (const df of [1, 3.5, 1000, 1e8])
      expect(
        distance(distributions.tQuantile(beside, df), 2 ** -34 / distributions.tPdf(0, df)),
      ).toBeLessThan(1e-13);
  });

  it("one tail's reflection is the other tail", () => {
    for (const x of logSpread(50, 1e-3, 30)) {
      expect(distributions.normalCdf(-x)).toBe(distributions.normalSurvival(x));
      expect(distributions.tCdf(-x, 7.5)).toBe(distributions.tSurvival(x, 7.5));
      expect(distributions.noncentralTCdf(-x, 9, 1)).toBe(distributions.noncentralTSurvival(x, 9, -1));
      const u = x / (1 + x);
      expect(
        distance(distributions.betaCdf(u, 3, 5), distributions.betaSurvival(1 / (1 + x), 5, 3)),
      ).toBeLessThan(1e-12);
    }
  });

  it("the two tails add to one, and agree with their logarithms", () => {
    for (const x of logSpread(40, 0.01, 40)) {
      const pairs = [
        [
          distributions.normalCdf(x),
          distributions.normalSurvival(x),
          distributions.normalLogCdf(x),
          distributions.normalLogSurvival(x),
        ],
        [
          distributions.tCdf(x, 3),
          distributions.tSurvival(x, 3),
          distributions.tLogCdf(x, 3),
          distributions.tLogSurvival(x, 3),
        ],
        [
          distributions.gammaCdf(x, 7),
          distributions.gammaSurvival(x, 7),
          distributions.gammaLogCdf(x, 7),
          distributions.gammaLogSurvival(x, 7),
        ],
      ] as const;
      for (const [lower, upper, logLower, logUpper] of pairs) {
        expect(lower + upper).toBeCloseTo(1, 14);
        expect(distance(Math.exp(logLower), lower)).toBeLessThan(1e-12);
        expect(distance(Math.exp(logUpper), upper)).toBeLessThan(1e-12);
      }
    }
  });

  it("special cases are the elementary functions they are", () => {
    for (const x of logSpread(40, 1e-4, 30)) {
      expect(distance(distributions.tSurvival(x, 1), Math.atan(1 / x) / Math.PI)).toBeLessThan(1e-14); // Cauchy
      expect(distance(distributions.chiSquareSurvival(x, 2), Math.exp(-x / 2))).toBeLessThan(1e-14);
      expect(
        distance(distributions.chiSquareSurvival(x * x, 1), 2 * distributions.normalSurvival(x)),
      ).toBeLessThan(1e-12);
      expect(distance(distributions.fSurvival(x * x, 1, 9), 2 * distributions.tSurvival(x, 9))).toBeLessThan(
        1e-13,
      );
      expect(
        distance(distributions.fSurvival(x, 6, Infinity), distributions.chiSquareSurvival(6 * x, 6)),
      ).toBeLessThan(1e-13);
      expect(distance(distributions.erfc(x), 2 * distributions.normalSurvival(x * Math.SQRT2))).toBeLessThan(
        1e-12,
      );
      expect(distributions.tSurvival(x, Infinity)).toBe(distributions.normalSurvival(x));
      expect(distance(distributions.tSurvival(x, 1e300), distributions.normalSurvival(x))).toBeLessThan(
        1e-12,
      );
      expect(
        distance(distributions.noncentralTSurvival(x, 5, 0), distributions.tSurvival(x, 5)),
      ).toBeLessThan(1e-12);
      expect(
        distance(distributions.betaCdf(x / 40, 1, 4), -Math.expm1(4 * Math.log1p(-x / 40))),
      ).toBeLessThan(1e-13);
    }
  });

  it("two means have one pair, and one comparison is a two-sided t-test", () => {
    for (const t of [0.2, 1, 2.5, 8, 30]) {
      const both = 2 * distributions.tSurvival(t, 11);
      expect(distance(distributions.studentizedRangeSurvival(t * Math.SQRT2, 2, 11), both)).toBeLessThan(
        1e-11,
      );
      expect(
        distance(distributions.dunnettSurvival(t, { comparisons: 1, ratio: 0.3, df: 11 }), both),
      ).toBeLessThan(1e-11);
      const greater = { comparisons: 1, df: 11, alternative: "greater" } as const;
      expect(distance(distributions.dunnettSurvival(t, greater), both / 2)).toBeLessThan(1e-11);
    }
  });

  it("a family's p lies between the largest and the sum of its members'", () => {
    for (const ratio of [0.01, 1, 100]) {
      const each = 2 * distributions.tSurvival(2.3, 20);
      const all = distributions.dunnettSurvival(2.3, { comparisons: 6, ratio, df: 20 });
      expect(all).toBeGreaterThan(each);
      expect(all).toBeLessThan(6 * each);
    }
  });

  it("critical values invert", () => {
    for (const p of [1e-6, 0.05, 0.5, 0.99]) {
      const design = { comparisons: 3, ratio: [1, 2, 0.5], df: 15 };
      expect(
        distance(distributions.dunnettSurvival(distributions.dunnettSurvivalQuantile(p, design), design), p),
      ).toBeLessThan(1e-9);
      const greater = { ...design, alternative: "greater" } as const;
      expect(
        distance(
          distributions.dunnettSurvival(distributions.dunnettSurvivalQuantile(p, greater), greater),
          p,
        ),
      ).toBeLessThan(1e-9);
      expect(
        distance(
          distributions.studentizedRangeSurvival(
            distributions.studentizedRangeSurvivalQuantile(p, 4, 9),
            4,
            9,
          ),
          p,
        ),
      ).toBeLessThan(1e-9);
    }
    expect(distributions.dunnettQuantile(0.95, { comparisons: 3 })).toBeCloseTo(2.348970590339272, 9);
    expect(distributions.studentizedRangeQuantile(0.95, 3, 10)).toBeCloseTo(3.87677675, 9); // SciPy 1.17
    expect(distributions.studentizedRangeCdf(3.5, 3, 10)).toBeCloseTo(1 - 0.07710331083841193, 13);
    expect(distributions.dunnettCdf(2.5, { comparisons: 3 })).toBeCloseTo(1 - 0.03358291888194043, 13);
  });

  it("densities are the slopes of their distribution functions", () => {
    const slope = (f: (x: number) => number, x: number, h: number) =>
      (f(x - 2 * h) - 8 * f(x - h) + 8 * f(x + h) - f(x + 2 * h)) / (12 * h);
    for (const x of [0.2, 0.5, 0.8]) {
      expect(distributions.normalPdf(x)).toBeCloseTo(slope(distributions.normalCdf, x, 1e-3), 10);
      expect(distributions.gammaPdf(x, 2.5)).toBeCloseTo(
        slope((u) => distributions.gammaCdf(u, 2.5), x, 1e-3),
        9,
      );
      expect(distributions.betaPdf(x, 2.5, 4)).toBeCloseTo(
        slope((u) => distributions.betaCdf(u, 2.5, 4), x, 1e-3),
        8,
      );
      expect(distributions.tPdf(x, 4)).toBeCloseTo(
        slope((u) => distributions.tCdf(u, 4), x, 1e-3),
        10,
      );
      expect(distributions.betaLogPdf(x, 2.5, 4)).toBeCloseTo(Math.log(distributions.betaPdf(x, 2.5, 4)), 13);
    }
    expect(distributions.tPdf(0, 1)).toBeCloseTo(1 / Math.PI, 15);
    expect(distributions.logBeta(2, 3)).toBeCloseTo(Math.log(1 / 12), 14);
    expect(distributions.logBeta(1e8, 0.5)).toBeCloseTo(distributions.logGamma(0.5) - 0.5 * Math.log(1e8), 7);
  });
});

describe("counts", () => {
  const families = [
    [
      "binomial",
      (k: number) => distributions.binomialPmf(k, 60, 0.23),
      (k: number) => distributions.binomialCdf(k, 60, 0.23),
      (k: number) => distributions.binomialSurvival(k, 60, 0.23),
      (p: number) => distributions.binomialQuantile(p, 60, 0.23),
    ],
    [
      "Poisson",
      (k: number) => distributions.poissonPmf(k, 8.5),
      (k: number) => distributions.poissonCdf(k, 8.5),
      (k: number) => distributions.poissonSurvival(k, 8.5),
      (p: number) => distributions.poissonQuantile(p, 8.5),
    ],
    [
      "negative binomial",
      (k: number) => distributions.negativeBinomialPmf(k, 2.5, 0.2),
      (k: number) => distributions.negativeBinomialCdf(k, 2.5, 0.2),
      (k: number) => distributions.negativeBinomialSurvival(k, 2.5, 0.2),
      (p: number) => distributions.negativeBinomialQuantile(p, 2.5, 0.2),
    ],
  ] as const;

  it.each(families)("%s: probabilities add up to the distribution function", (_, pmf, cdf, survival) => {
    let sum = 0;
    for (let k = 0; k < 60; k++) {
      sum += pmf(k);
      expect(distance(cdf(k), sum)).toBeLessThan(1e-13);
      expect(cdf(k) + survival(k)).toBeCloseTo(1, 14);
      expect(cdf(k + 0.5)).toBe(cdf(k));
      expect(pmf(k + 0.5)).toBe(0);
    }
  });

  it.each(families)("%s: the quantile is the smallest count that reaches p", (_, __, cdf, ___, quantile) => {
    for (let k = 0; k < 40; k++)
      expect(quantile(cdf(k))).toBe(k === 0 || cdf(k) > cdf(k - 1) ? k : quantile(cdf(k)));
    for (const p of [1e-250, 1e-9, ...spread(60), 0.999999]) {
      const k = quantile(p);
      expect(cdf(k)).toBeGreaterThanOrEqual(p);
      expect(k === 0 || cdf(k - 1) < p).toBe(true);
    }
  });

  it("large counts", () => {
    expect(distributions.binomialQuantile(0.5, 1e9, 0.3)).toBe(3e8);
    expect(distributions.poissonQuantile(0.5, 1e12)).toBe(1e12);
    expect(distributions.binomialPmf(5e8, 1e9, 0.5)).toBeCloseTo(Math.sqrt(2 / (Math.PI * 1e9)), 12);
  });
});
