import type { ScalarMoments } from "../../../core/moments.js";
import {
  type RandomSource,
  sampleBinomial,
  sampleGamma,
  sampleLognormal,
  sampleNormal,
} from "../../../random/index.js";
import {
  cochranMantelHaenszel,
  equivalence,
  mannWhitney,
  nonInferiority,
  permutationTest,
} from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { rejectionWorld } from "../rejection-world.js";

const group = "Other comparisons, 5 % tests at their null";

type Values = readonly [control: Float64Array, treatment: Float64Array];

const skewed = (
  [
    [40, 15],
    [12, 8],
  ] as const
).map(([n, m]) => {
  const values: Values = [new Float64Array(n), new Float64Array(m)];
  return rejectionWorld<Values>({
    key: `null/ranks/${n}-${m}`,
    group,
    title: `log-normal (0, 1), n = ${n} / ${m}`,
    draw(random) {
      for (const arm of values) for (let i = 0; i < arm.length; i++) arm[i] = sampleLognormal(random, 0, 1);
      return values;
    },
    methods: [
      {
        method: "mannWhitney, asymptotic",
        atMost: 0.055,
        pValue: ([a, b]) => mannWhitney(a, b, { method: "asymptotic" }).pValue,
      },
      {
        method: "permutationTest, 199 splits",
        nominal: 0.05,
        pValue: ([a, b], random) => permutationTest(a, b, { random, replicates: 199 }).pValue,
      },
    ],
  });
});

const strata = [
  { rate: 0.05, n: [300, 200] },
  { rate: 0.2, n: [100, 300] },
  { rate: 0.4, n: [50, 80] },
] as const;

const stratified = rejectionWorld({
  key: "null/mantel-haenszel",
  group,
  title: "three strata of rates 0.05, 0.2, 0.4 and unlike shares; no difference within any",
  draw: (random: RandomSource) =>
    strata.map(({ rate, n }) => ({
      control: { x: sampleBinomial(random, n[0], rate), n: n[0] },
      treatment: { x: sampleBinomial(random, n[1], rate), n: n[1] },
    })),
  methods: [
    {
      method: "cochranMantelHaenszel, test",
      atLeast: 0.045,
      atMost: 0.055,
      pValue: (sample) => cochranMantelHaenszel(sample).test?.pValue ?? null,
    },
    {
      method: "cochranMantelHaenszel, rate difference",
      atLeast: 0.045,
      atMost: 0.055,
      pValue: (sample) => cochranMantelHaenszel(sample).riskDifference.pValue ?? null,
    },
  ],
});

const margin = 0.3;
const normalMoments = (random: RandomSource, n: number, sd: number, mean: number): ScalarMoments => ({
  n,
  mean: mean + (sd * sampleNormal(random)) / Math.sqrt(n),
  m2: 2 * sd * sd * sampleGamma(random, (n - 1) / 2),
});

const margins = rejectionWorld<readonly [ScalarMoments, ScalarMoments]>({
  key: "null/margin",
  group,
  title: `normal, worse by exactly the margin, sd 1 / 2, n = 900 / 300`,
  draw: (random) => [normalMoments(random, 900, 1, 0), normalMoments(random, 300, 2, -margin)],
  methods: [
    {
      method: "nonInferiority",
      atLeast: 0.045,
      atMost: 0.055,
      pValue: ([a, b]) => nonInferiority(a, b, { margin }).pValue ?? null,
    },
    {
      method: "equivalence",
      atMost: 0.055,
      pValue: ([a, b]) => equivalence(a, b, { margin }).pValue ?? null,
    },
  ],
});

/** Ranks, permutations, strata of counts and margins, each where its null hypothesis is true. */
export const comparisonNulls: readonly CalibrationWorld[] = [...skewed, stratified, margins];
