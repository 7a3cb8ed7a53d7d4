import type { Moments } from "../../../core/moments.js";
import { clusteredType, type MetricStratum, membersName, metricTypes } from "../../../metrics/index.js";
import { type RandomSource, sampleNormal } from "../../../random/index.js";
import { MomentsAccumulator } from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { coverageWorld } from "../coverage-world.js";

const group = "Metrics read by cluster, 95 % intervals";
const held = { atLeast: 0.94, atMost: 0.96 };

const spend = clusteredType(metricTypes.mean);
const order = clusteredType(metricTypes.conversion);

/** One arm's clusters: sums over one to six units that share a level of their own, beside how many they are. */
function arm(random: RandomSource, clusters: number, unit: (random: RandomSource, level: number) => number) {
  const sums = new MomentsAccumulator(["value", membersName], { m3: true, nonzero: true, max: true });
  for (let i = 0; i < clusters; i++) {
    const level = sampleNormal(random);
    const members = 1 + Math.floor(6 * random.next());
    let sum = 0;
    for (let j = 0; j < members; j++) sum += unit(random, level);
    sums.push([sum, members]);
  }
  return sums.moments();
}

/** Correlation .2 between units of a cluster. */
const amount = (added: number) => (random: RandomSource, level: number) =>
  10 + added + 0.5 * level + sampleNormal(random);
const chance = (rate: number) => (random: RandomSource, level: number) =>
  random.next() < rate * Math.exp(0.5 * level - 0.125) ? 1 : 0;

/** The same clusters, as if each unit stood for itself. */
const asUnits = ({ n, mean: [sum = 0, members = 0] }: Moments): Moments => {
  const [units, rate] = [Math.round(n * members), sum / members];
  return { n: units, names: ["value"], mean: [rate], comoment: [units * rate * (1 - rate)] };
};

const sizes = [
  [30, 30],
  [400, 100],
] as const;

/** Metrics of units that came in clusters, by their difference and lift. */
export const clusterMetrics: readonly CalibrationWorld[] = sizes.flatMap(([n, m]) => [
  coverageWorld<MetricStratum[]>({
    key: `clusters/spend-${n}-${m}`,
    group,
    title: `spend per customer, ${n} / ${m} households of one to six`,
    truth: 1,
    draw: (random) => [{ control: arm(random, n, amount(0)), treatment: arm(random, m, amount(1)) }],
    methods: [
      { method: "by cluster", ...held, estimate: (strata) => spend.estimate(strata).difference },
      {
        method: "by cluster, lift",
        ...held,
        truth: 0.1,
        estimate: (strata) => spend.estimate(strata).lift,
      },
    ],
  }),
  coverageWorld<MetricStratum[]>({
    key: `clusters/orders-${n}-${m}`,
    group,
    title: `share of customers who order (20 % and 25 %), ${n} / ${m} households of one to six`,
    truth: 0.05,
    draw: (random) => [{ control: arm(random, n, chance(0.2)), treatment: arm(random, m, chance(0.25)) }],
    methods: [
      { method: "by cluster", ...held, estimate: (strata) => order.estimate(strata).difference },
      {
        method: "each customer alone",
        note: "the wrong way, kept to show what clustering costs",
        estimate: (strata) =>
          metricTypes.conversion.estimate(
            strata.map(({ control, treatment }) => ({
              control: asUnits(control),
              treatment: asUnits(treatment),
            })),
          ).difference,
      },
    ],
  }),
]);
