import type { MetricDefinition } from "../../../core/metric-definition.js";
import type { Moments } from "../../../core/moments.js";
import { metricTypeOf } from "../../../metrics/index.js";
import { type RandomSource, sampleLognormal } from "../../../random/index.js";
import { MomentsAccumulator, quantile } from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { coverageWorld } from "../coverage-world.js";
import { rejectionWorld } from "../rejection-world.js";

type Arms = readonly [control: Moments, treatment: Moments];

const replications = 4_000;
const law = { mu: 3, sigma: 1 };

/** What a unit spends; prices come in tens. */
const draws = {
  smooth: (random: RandomSource, factor: number) => factor * sampleLognormal(random, law.mu, law.sigma),
  tied: (random: RandomSource, factor: number) => 10 * Math.round(draws.smooth(random, factor) / 10),
};

function counted(n: number, draw: () => number): Moments {
  const all = new MomentsAccumulator(["value"], { distribution: true });
  for (let i = 0; i < n; i++) all.push([draw()]);
  return all.moments();
}

const typeAt = (percentile: number) => {
  const metric: MetricDefinition & { readonly percentile: number } = {
    ...{ key: "spend", type: "quantile", role: "goal", percentile },
  };
  return metricTypeOf(metric);
};

const group = "Quantile metrics, 95 % intervals";
/** The truth of prices in tens is known by hand: the median of 20 becomes one of 30 where all spend half as much again. */
const designs = [
  { percentile: 50, z: 0, n: [500, 500], law: "smooth", factor: 1.1, atLeast: 0.935, atMost: 0.96 },
  { percentile: 50, z: 0, n: [900, 100], law: "smooth", factor: 1.1, atLeast: 0.935, atMost: 0.96 },
  {
    percentile: 90,
    z: 1.2815515655446004,
    n: [1_800, 200],
    law: "smooth",
    factor: 1.1,
    atLeast: 0.93,
    atMost: 0.98,
  },
  {
    percentile: 95,
    z: 1.6448536269514722,
    n: [200, 200],
    law: "smooth",
    factor: 1.1,
    atLeast: 0.93,
    atMost: 0.99,
  },
  {
    percentile: 50,
    z: 0,
    n: [500, 500],
    law: "tied",
    factor: 1.5,
    note: "often both medians are certain, and there is no interval",
  },
  { percentile: 50, z: 0, n: [900, 100], law: "tied", factor: 1.5, atLeast: 0.95 },
] as const;

export const quantileMetricCoverage: readonly CalibrationWorld[] = designs.map(
  ({ percentile, z, n, law: name, factor, ...bars }) => {
    const type = typeAt(percentile);
    const base = name === "tied" ? 20 : Math.exp(law.mu + law.sigma * z);
    return coverageWorld<Arms>({
      key: `quantile-metric/${name}/${percentile}/${n.join("-")}`,
      ...{ group, replications, truth: base * (factor - 1) },
      title: `percentile ${percentile} of ${name === "tied" ? "prices in tens" : "amounts"}, +${Math.round(100 * (factor - 1))} %, n = ${n.join(" / ")}`,
      draw: (random) => [
        counted(n[0], () => draws[name](random, 1)),
        counted(n[1], () => draws[name](random, factor)),
      ],
      methods: [
        {
          method: "difference of a quantile metric",
          ...bars,
          estimate: ([control, treatment]) => type.estimate([{ control, treatment }]).difference,
        },
        {
          method: "lift of a quantile metric",
          ...bars,
          truth: factor - 1,
          estimate: ([control, treatment]) => type.estimate([{ control, treatment }]).lift,
        },
      ],
    });
  },
);

const nullGroup = "Quantile metrics and means capped by percentile, 5 % tests under the null";

const quantileNulls = (
  [
    { percentile: 50, n: [500, 500], law: "smooth", atLeast: 0.04, atMost: 0.06 },
    { percentile: 50, n: [900, 100], law: "smooth", atLeast: 0.04, atMost: 0.065 },
    { percentile: 90, n: [1_800, 200], law: "smooth", atLeast: 0.03, atMost: 0.06 },
    { percentile: 50, n: [500, 500], law: "tied", atMost: 0.05 },
    { percentile: 50, n: [900, 100], law: "tied", atMost: 0.05 },
  ] as const
).map(({ percentile, n, law: name, ...bars }) => {
  const type = typeAt(percentile);
  return rejectionWorld<Arms>({
    key: `null/quantile-metric/${name}/${percentile}/${n.join("-")}`,
    ...{ group: nullGroup, replications },
    title: `percentile ${percentile} of ${name === "tied" ? "prices in tens" : "amounts"}, n = ${n.join(" / ")}`,
    draw: (random) => [
      counted(n[0], () => draws[name](random, 1)),
      counted(n[1], () => draws[name](random, 1)),
    ],
    methods: [
      {
        method: "test of a quantile metric",
        ...bars,
        pValue: ([control, treatment]) => type.estimate([{ control, treatment }]).difference.pValue ?? null,
      },
    ],
  });
});

const mean = metricTypeOf({ key: "spend", type: "mean", role: "goal" });

/** Both arms' values capped at the 99th percentile of all values together, as a source does before it splits them. */
function capped(all: Float64Array, n: number): Arms {
  const cap = quantile(all, 0.99, 1);
  const arm = (values: Float64Array) => {
    const moments = new MomentsAccumulator(["value"], { m3: true, nonzero: true, max: true });
    for (const value of values) moments.push([Math.min(cap, value)]);
    return moments.moments();
  };
  return [arm(all.subarray(0, n)), arm(all.subarray(n))];
}

const cappedNulls = (
  [
    [1_000, 1_000],
    [1_800, 200],
  ] as const
).map((n) =>
  rejectionWorld<Arms>({
    key: `null/percentile-cap/${n.join("-")}`,
    ...{ group: nullGroup, replications },
    title: `30 % buy, amounts capped at percentile 99 of both variants, n = ${n.join(" / ")}`,
    draw(random) {
      const all = Float64Array.from({ length: n[0] + n[1] }, () =>
        random.next() < 0.3 ? sampleLognormal(random, law.mu, 1.5) : 0,
      );
      return capped(all, n[0]);
    },
    methods: [
      {
        method: "test of a mean capped by percentile",
        ...{ atLeast: 0.045, atMost: 0.055 },
        pValue: ([control, treatment]) => mean.estimate([{ control, treatment }]).difference.pValue ?? null,
      },
    ],
  }),
);

export const quantileMetricNulls: readonly CalibrationWorld[] = [...quantileNulls, ...cappedNulls];
