import { type RandomSource, sampleNormal } from "../../../random/index.js";
import {
  type ClusteredArm,
  clusterDifference,
  momentsOf,
  type Period,
  switchback,
  welch,
} from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { coverageWorld } from "../coverage-world.js";

const group = "Clusters and time blocks, 95 % intervals";
const held = { atLeast: 0.94, atMost: 0.96 };
const effect = 0.4;

/** Observations in clusters of 4 to 24, each cluster with a level of its own (sd 0.5; observations sd 1). */
function clustered(random: RandomSource, from: number, count: number, added: number): ClusteredArm {
  const values: number[] = [];
  const clusters: number[] = [];
  for (let cluster = from; cluster < from + count; cluster++) {
    const level = added + 0.5 * sampleNormal(random);
    for (let i = 4 + Math.floor(21 * random.next()); i > 0; i--) {
      values.push(level + sampleNormal(random));
      clusters.push(cluster);
    }
  }
  return { values, clusters };
}

const shops = (
  [
    [30, 30],
    [24, 8],
  ] as const
).map(([n, m]) =>
  coverageWorld<readonly [ClusteredArm, ClusteredArm]>({
    key: `clusters/${n}-${m}`,
    group,
    title: `${n} / ${m} clusters of 4 to 24 observations`,
    truth: effect,
    draw: (random) => [clustered(random, 0, n, 0), clustered(random, n, m, effect)],
    methods: [
      { method: "clusterDifference, cr2", ...held, estimate: ([a, b]) => clusterDifference(a, b) },
      {
        method: "clusterDifference, cr1",
        estimate: ([a, b]) => clusterDifference(a, b, { correction: "cr1" }),
      },
      {
        method: "welch, observations as units",
        note: "the wrong way, kept to show what clustering costs",
        estimate: ([a, b]) => welch(momentsOf(a.values), momentsOf(b.values)),
      },
    ],
  }),
);

const hours = [0, 0.5, 1, 0.3] as const;

/** Two weeks of blocks, four a day, the arm of each block drawn; what a run of one arm shares is drawn once a run. */
function blocks(random: RandomSource): Period[] {
  const periods: Period[] = [];
  let shared = 0;
  for (let block = 0; block < 56; block++) {
    const arm = random.next() < 0.5 ? "control" : "treatment";
    if (periods.at(-1)?.arm !== arm) shared = 0.3 * sampleNormal(random);
    const hour = block % hours.length;
    const n = 40 + Math.floor(40 * random.next());
    const mean =
      (hours[hour] as number) +
      shared +
      (arm === "treatment" ? effect : 0) +
      0.2 * sampleNormal(random) +
      sampleNormal(random) / Math.sqrt(n);
    periods.push({ arm, n, mean, stratum: String(hour) });
  }
  return periods;
}

const switching = coverageWorld<Period[]>({
  key: "clusters/switchback",
  group,
  title: "switchback: 56 blocks, four strata a day, errors shared within a run of one arm",
  truth: effect,
  draw: blocks,
  methods: [{ method: "switchback, cr2", ...held, estimate: (periods) => switchback(periods) }],
});

/** Differences of observations that are not independent. */
export const clusterCoverage: readonly CalibrationWorld[] = [...shops, switching];
