import type { Moments } from "../../../core/moments.js";
import { square } from "../../../core/powers.js";
import { type MetricStratum, metricTypes } from "../../../metrics/index.js";
import { type RandomSource, sampleBinomial, sampleLognormal, samplePoisson } from "../../../random/index.js";
import { MomentsAccumulator } from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { coverageWorld } from "../coverage-world.js";
import { revenueArm } from "../draws.js";

const amount = { mu: 3, sigma: 1.2 };
const typical = Math.exp(amount.mu + square(amount.sigma) / 2);
const bars = { atLeast: 0.93, atMost: 0.97 };
const group = "Skewed amounts in reports, 95 % intervals";
const splits = [
  [4_500, 500],
  [500, 4_500],
  [500, 500],
] as const;

function revenue(random: RandomSource, n: number, buy: number, factor: number): Moments {
  const { mean, m2, m3, nonzero } = revenueArm(n, { buy, ...amount, factor })(random).moments;
  return { n, names: ["value"], mean: [mean], comoment: [m2], m3: [m3], nonzero: [nonzero] };
}

const traffic = [
  { share: 0.4, buy: 0.025, size: 1 },
  { share: 0.6, buy: 0.08, size: 2 },
] as const;
const lifted = 1.25;
const gained = traffic.reduce((sum, { share, buy, size }) => sum + share * buy * size, 0) * typical * 0.25;

const versions = splits.map(([n, m]) =>
  coverageWorld<readonly MetricStratum[]>({
    key: `amounts/versions/${n}-${m}`,
    group,
    title: `two versions (40 / 60 %) with 2.5 and 8 % buyers of amounts 1 : 2, 25 % more buyers, n = ${n} / ${m}`,
    truth: lifted - 1,
    draw: (random) =>
      traffic.map(({ share, buy, size }) => ({
        control: revenue(random, n * share, buy, size),
        treatment: revenue(random, m * share, buy * lifted, size),
      })),
    methods: [
      { method: "lift", ...bars, estimate: (strata) => metricTypes.mean.estimate(strata).lift },
      {
        method: "difference",
        ...bars,
        truth: gained,
        estimate: (strata) => metricTypes.mean.estimate(strata).difference,
      },
      {
        method: "Welch's differences by share",
        truth: gained,
        estimate(strata) {
          const { difference, named } = metricTypes.mean.estimate(strata);
          return named?.["by-version"] ?? difference;
        },
      },
    ],
  }),
);

const rest = splits.map(([n, m]) =>
  coverageWorld<readonly [MetricStratum, MetricStratum]>({
    key: `amounts/rest/${n}-${m}`,
    group,
    title: `a tenth of the units against the rest, 5 % buy, nothing differs, n = ${n} / ${m}`,
    truth: 0,
    draw: (random) => [
      { control: revenue(random, n * 0.1, 0.05, 1), treatment: revenue(random, m * 0.1, 0.05, 1) },
      { control: revenue(random, n * 0.9, 0.05, 1), treatment: revenue(random, m * 0.9, 0.05, 1) },
    ],
    methods: [
      {
        method: "cell minus rest",
        atLeast: 0.93,
        atMost: 0.985,
        estimate: ([cell, others]) => metricTypes.mean.apart([cell], [others]),
      },
    ],
  }),
);

/** Revenue and orders per unit: 1 + Poisson(.5) orders, each of its own amount, among 5 % buyers. */
function orders(random: RandomSource, n: number, factor: number): Moments {
  const moments = new MomentsAccumulator(["numerator", "denominator"], { m3: true, nonzero: true });
  const buyers = sampleBinomial(random, n, 0.05);
  for (let i = 0; i < n; i++) {
    const count = i < buyers ? 1 + samplePoisson(random, 0.5) : 0;
    let sum = 0;
    for (let j = 0; j < count; j++) sum += factor * sampleLognormal(random, amount.mu, amount.sigma);
    moments.push([sum, count]);
  }
  return moments.moments();
}

const ratios = (
  [
    [4_500, 500],
    [500, 4_500],
    [200, 200],
  ] as const
).flatMap(([n, m]) =>
  [0, -0.4].map((change) =>
    coverageWorld<readonly MetricStratum[]>({
      key: `amounts/ratio/${change}/${n}-${m}`,
      group,
      title: `revenue per order, 1 + Poisson(.5) orders of 5 % buyers, lift ${change}, n = ${n} / ${m}`,
      truth: change,
      replications: 20_000,
      draw: (random) => [{ control: orders(random, n, 1), treatment: orders(random, m, 1 + change) }],
      methods: [
        { method: "lift", ...bars, estimate: (strata) => metricTypes.ratio.estimate(strata).lift },
        {
          method: "difference",
          atLeast: 0.93,
          // Ten orders a side: now and then one bound only, which covers.
          atMost: n === m ? 0.99 : 0.97,
          truth: typical * change,
          estimate: (strata) => metricTypes.ratio.estimate(strata).difference,
        },
        {
          method: "delta method",
          truth: typical * change,
          estimate(strata) {
            const { difference, named } = metricTypes.ratio.estimate(strata);
            return named?.["ratio-delta"] ?? difference;
          },
        },
      ],
    }),
  ),
);

/** Skewed amounts as reports meet them: over versions, against the rest, and over one another. */
export const amountsCoverage: readonly CalibrationWorld[] = [...versions, ...rest, ...ratios];
