import { describe, expect, test } from "vitest";
import {
  type RandomSource,
  randomSource,
  sampleBeta,
  sampleBinomial,
  sampleCategorical,
  sampleDirichlet,
  sampleExponential,
  sampleGamma,
  sampleLogGamma,
  sampleLognormal,
  sampleNormal,
  samplePoisson,
  shuffle,
} from "../../src/random/index.js";

test("samplers say what they do not draw from", () => {
  const random = randomSource("refusals");
  expect(() => sampleGamma(random, 0)).toThrow("shape: must be above 0 (received 0)");
  expect(() => sampleBinomial(random, 10, 95)).toThrow(
    "p: must be at least 0 and at most 1 (received 95); write 0.95",
  );
  expect(() => sampleCategorical(random, [1, -1])).toThrow("weights.1: must be at least 0 (received -1)");
  expect(() => sampleCategorical(random, [0, 0])).toThrow("weights: must be above 0 (received 0)");
  expect(() => sampleNormal({} as RandomSource)).toThrow("random.next: is required and is missing");
  expect(() => randomSource(null as unknown as number)).toThrow(
    "seed: must be a number or text (received null)",
  );
});

const DRAWS = 200_000;

/** z-scores of the sample's mean and variance against the true moments; the variance's error uses its kurtosis. */
function scores(draw: (random: RandomSource) => number, mean: number, variance: number, kurtosis: number) {
  const random = randomSource("samplers");
  let m = 0;
  let m2 = 0;
  for (let n = 1; n <= DRAWS; n++) {
    const x = draw(random);
    const delta = x - m;
    m += delta / n;
    m2 += delta * (x - m);
  }
  const sample = m2 / (DRAWS - 1);
  return {
    mean: (m - mean) / Math.sqrt(variance / DRAWS),
    variance: (sample / variance - 1) / Math.sqrt((kurtosis - 1) / DRAWS),
  };
}

function betaMoments(a: number, b: number): [number, number, number] {
  const s = a + b;
  const excess = (6 * ((a - b) ** 2 * (s + 1) - a * b * (s + 2))) / (a * b * (s + 2) * (s + 3));
  return [a / s, (a * b) / (s * s * (s + 1)), 3 + excess];
}
function binomialMoments(n: number, p: number): [number, number, number] {
  const v = n * p * (1 - p);
  return [n * p, v, 3 + (1 - 6 * p * (1 - p)) / v];
}
function lognormalMoments(mu: number, s: number): [number, number, number] {
  const e = Math.exp(s * s);
  return [
    Math.exp(mu + (s * s) / 2),
    (e - 1) * Math.exp(2 * mu + s * s),
    e ** 4 + 2 * e ** 3 + 3 * e ** 2 - 3,
  ];
}

type Case = [name: string, draw: (random: RandomSource) => number, moments: [number, number, number]];
const cases: Case[] = [
  ["uniform", (r) => r.next(), [0.5, 1 / 12, 1.8]],
  ["exponential rate 4", (r) => sampleExponential(r, 4), [0.25, 1 / 16, 9]],
  ["normal", sampleNormal, [0, 1, 3]],
  ["lognormal", (r) => sampleLognormal(r, 0.3, 0.4), lognormalMoments(0.3, 0.4)],
  ...[0.05, 0.5, 1, 2.5, 30, 1e6].map(
    (a): Case => [`gamma ${a}`, (r) => sampleGamma(r, a), [a, a, 3 + 6 / a]],
  ),
  ...(
    [
      [0.02, 0.03],
      [0.5, 0.5],
      [1, 1],
      [2, 30],
      [300, 700],
      [1e7, 1e5],
    ] as const
  ).map(([a, b]): Case => [`beta ${a}, ${b}`, (r) => sampleBeta(r, a, b), betaMoments(a, b)]),
  ...[0.3, 4, 9.99, 10, 47, 1e5].map(
    (m): Case => [`poisson ${m}`, (r) => samplePoisson(r, m), [m, m, 3 + 1 / m]],
  ),
  ...(
    [
      [1, 0.3],
      [40, 0.1],
      [19, 0.5],
      [50, 0.4],
      [1000, 0.02],
      [1000, 0.93],
      [1e6, 0.3],
    ] as const
  ).map(([n, p]): Case => [`binomial ${n}, ${p}`, (r) => sampleBinomial(r, n, p), binomialMoments(n, p)]),
  ["categorical", (r) => sampleCategorical(r, [1, 0, 3]), [1.5, 0.75, 1 / 0.1875 - 3]],
  ["dirichlet's second share", (r) => sampleDirichlet(r, [1, 2, 3])[1] as number, betaMoments(2, 4)],
];

describe("samplers", () => {
  test.each(cases)("%s has the mean and the variance of its law", (_name, draw, moments) => {
    const z = scores(draw, ...moments);
    expect(Math.abs(z.mean)).toBeLessThan(4.5);
    expect(Math.abs(z.variance)).toBeLessThan(4.5);
  });

  test("the ziggurat keeps the tails of the normal", () => {
    const random = randomSource("tails");
    const n = 2_000_000;
    let beyond3 = 0;
    let beyond4 = 0;
    for (let i = 0; i < n; i++) {
      const z = Math.abs(sampleNormal(random));
      if (z > 3) beyond3 += 1;
      if (z > 4) beyond4 += 1;
    }
    expect(Math.abs(beyond3 - n * 0.0026997960632601) / Math.sqrt(n * 0.0027)).toBeLessThan(4.5);
    expect(Math.abs(beyond4 - n * 6.334248366624e-5) / Math.sqrt(n * 6.334e-5)).toBeLessThan(4.5);
  });

  test("poisson counts follow the law cell by cell on both sides of the switch", () => {
    for (const mean of [9.5, 12]) {
      const random = randomSource("cells");
      const seen = new Array<number>(40).fill(0);
      for (let i = 0; i < DRAWS; i++) {
        const k = Math.min(39, samplePoisson(random, mean));
        seen[k] = (seen[k] as number) + 1;
      }
      let mass = Math.exp(-mean);
      let chi2 = 0;
      let cells = 0;
      for (let k = 0; k < 39; k++) {
        if (mass * DRAWS > 5) {
          chi2 += ((seen[k] as number) - mass * DRAWS) ** 2 / (mass * DRAWS);
          cells += 1;
        }
        mass *= mean / (k + 1);
      }
      expect((chi2 - cells) / Math.sqrt(2 * cells)).toBeLessThan(4.5);
    }
  });

  test("tiny shapes stay finite on the log scale", () => {
    const random = randomSource(1);
    for (let i = 0; i < 1000; i++) {
      expect(Number.isFinite(sampleLogGamma(random, 1e-6))).toBe(true);
      const share = sampleBeta(random, 1e-8, 1e-8);
      expect(share >= 0 && share <= 1).toBe(true);
    }
  });

  test("the same seed gives the same sequence; another seed another", () => {
    const take = (seed: string | number) => {
      const random = randomSource(seed);
      return Array.from({ length: 5 }, () => random.next());
    };
    expect(take("a")).toEqual(take("a"));
    expect(take("a")).not.toEqual(take("b"));
    expect(take(7)[0]).toBeCloseTo(randomSource(7).next(), 15);
  });

  test("no draw is 0 or 1", () => {
    const zero = { next: () => 2 ** -33 };
    const one = { next: () => 1 - 2 ** -33 };
    expect(Number.isFinite(sampleExponential(zero))).toBe(true);
    expect(sampleExponential(one)).toBeGreaterThan(0);
  });

  test("shuffle reaches every order equally often and leaves its input alone", () => {
    const random = randomSource("orders");
    const items = [1, 2, 3];
    const seen = new Map<string, number>();
    for (let i = 0; i < 60_000; i++) {
      const key = shuffle(random, items).join();
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect(items).toEqual([1, 2, 3]);
    expect(seen.size).toBe(6);
    const chi2 = [...seen.values()].reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0);
    expect(chi2).toBeLessThan(27);
  });

  test("the test rejects a wrong version: Marsaglia–Tsang without its acceptance step", () => {
    const careless = (r: RandomSource) =>
      (2.5 - 1 / 3) * (1 + sampleNormal(r) / Math.sqrt(9 * (2.5 - 1 / 3))) ** 3;
    const z = scores(careless, 2.5, 2.5, 5.4);
    expect(Math.max(Math.abs(z.mean), Math.abs(z.variance))).toBeGreaterThan(4.5);
  });
});
