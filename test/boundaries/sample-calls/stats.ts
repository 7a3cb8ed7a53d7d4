import { randomSource } from "../../../src/random/index.js";
import { hurdleOf, MomentsAccumulator } from "../../../src/stats/index.js";
import type { SampleCalls } from "./sample-call.js";

const arm = (mean: number) => ({ n: 100, mean, m2: 400, m3: 900, max: mean + 9 });
const moments = (...mean: number[]) => ({
  n: 100,
  names: mean.map((_, i) => `value${i}`),
  mean,
  comoment: mean.flatMap((_, i) => mean.slice(0, i + 1).map((__, j) => (i === j ? 40 : 10))),
  m3: mean.map(() => 9),
  max: mean.map((each) => each + 9),
});
const rate = (x: number) => ({ x, n: 100 });
const effects = [
  { name: "a", value: 0.1, standardError: 0.1 },
  { name: "b", value: 0.6, standardError: 0.2 },
  { name: "c", value: 0.2, standardError: 0.1 },
  { name: "d", value: -0.2, standardError: 0.1 },
];
const sequentialPlan = {
  ...{ looks: 2, level: 0.9, alternative: "greater", power: 0.9, spending: { type: "kim-demets", rho: 2 } },
  futility: { spending: { type: "pocock" }, binding: true },
};
const sorted = (from: number) => Array.from({ length: 12 }, (_, i) => from + i * 1.37);
const strata = [
  { control: arm(10), treatment: arm(11) },
  { control: arm(20), treatment: arm(21) },
];
const options = { level: 0.9, alternative: "greater" };
const power = { alpha: 0.1, power: 0.9, ratio: 2, alternative: "one-sided" };
const lift = { ...options, method: "delta", critical: "normal" };
const source = () => randomSource("sample calls");
const family = (names: string, call: () => readonly unknown[]): SampleCalls =>
  Object.fromEntries(names.split(" ").map((name) => [name, call]));
const factors = [
  { name: "hero", levels: ["a", "b"] },
  { name: "cta", levels: ["c", "d"] },
];
const cells = ["a", "b"].flatMap((hero) =>
  ["c", "d"].map((cta) => ({ levels: { hero, cta }, moments: arm(hero === "a" ? 10 : 11) })),
);
const clustered = (from: number) => ({
  values: sorted(from),
  clusters: sorted(0).map((_, i) => `${from}-${i % 4}`),
});

const tuned = { ...options, tunedAt: 1000 };
const look = { value: 0.3, standardError: 0.1, units: 500 };

const spent = hurdleOf([0, 1, 0, 2, 3, 0]);
const normalPrior = { mean: 10, n: 1, shape: 1, scale: 4 };
const posterior = (a: number) => ({ model: "bernoulli", a, b: 40 });

export const stats: SampleCalls = {
  betaPosterior: () => [rate(10), { a: 2, b: 20 }],
  gammaPosterior: () => [
    { events: 5, exposure: 20 },
    { shape: 1, rate: 4 },
  ],
  ratePrior: () => [[{ events: 5, exposure: 20 }]],
  meanPosterior: () => [arm(10), normalPrior],
  meanPrior: () => [[arm(10), arm(11)]],
  hurdlePosterior: () => [spent, { a: 1, b: 1, ...normalPrior, rate: 2 }],
  hurdlePrior: () => [[spent]],
  compareArms: () => [
    posterior(5),
    posterior(6),
    { level: 0.9, better: "lower", rope: { difference: 0.1, lift: 0.1 } },
  ],
  effectPosterior: () => [
    { value: 0.02, standardError: 0.01 },
    { mean: 0, standardDeviation: 0.05 },
    { level: 0.9, better: "lower", rope: 0.01 },
  ],
  fitPrior: () => [effects, { between: "dersimonian-laird" }],
  predictiveCheck: () => [
    { value: 0.02, standardError: 0.01 },
    { mean: 0, standardDeviation: 0.05 },
    { level: 0.9 },
  ],
  rankArms: () => [[posterior(5), posterior(6)], { better: "lower" }],
  msprt: () => [
    { value: 0.3, standardError: 0.1 },
    { ...options, variance: 1 },
  ],
  confidenceSequence: () => [look, { ...tuned, effect: 0.2 }],
  anytimeLinearModel: () => [{ ...look, df: 490 }, tuned],
  sequentialMeans: () => [arm(10), arm(11), { ...tuned, effect: 0.2 }],
  sequentialProportions: () => [rate(10), rate(20), { ...tuned, effect: 0.1 }],
  sequentialRatios: () => [moments(10, 5), moments(11, 5), { ...tuned, effect: 0.1 }],
  sequentialCuped: () => [moments(10, 5), moments(11, 5), { ...tuned, effect: 0.1, slope: "joint" }],
  exactRateLift: () => [[10, 20], { level: 0.9, share: 0.4, tunedAt: 100, effect: 0.3 }],
  eBenjaminiHochberg: () => [[100, 3, 30]],
  addLook: () => [
    { looks: 1, control: 90, treatment: 95, level: 0.9, pValue: 0.2, lower: -1, upper: 2 },
    {
      control: 100,
      treatment: 100,
      estimate: {
        status: "ok",
        method: "msprt",
        value: 1,
        standardError: 1,
        interval: [0, 2],
        level: 0.9,
        pValue: 0.1,
      },
    },
  ],
  ...family("welch pooledT meanDifference welchHall", () => [arm(10), arm(11), options]),
  lift: () => [arm(10), arm(11), lift],
  ...family("ancova", () => [moments(10, 5), moments(11, 5), options]),
  cuped: () => [moments(10, 5), moments(11, 5), { ...lift, slope: "joint" }],
  cupedRatio: () => [
    moments(10, 50, 9, 40),
    moments(11, 50, 9, 40),
    { ...lift, slope: "joint", covariate: "ratio" },
  ],
  stratifiedCuped: () => [
    [
      { control: moments(10, 5), treatment: moments(11, 5) },
      { control: moments(20, 5), treatment: moments(21, 5) },
    ],
    { ...options, variance: "conditional" },
  ],
  covariateMoments: () => [[1, 3, 5], { before: [2, null, 4] }],
  ratioDifference: () => [moments(10, 50), moments(11, 50), options],
  ratioLift: () => [moments(10, 50), moments(11, 50), lift],
  reasonsForDifference: () => [moments(10, 50), moments(11, 50), options],
  bootstrapLift: () => [sorted(1), sorted(2), { ...options, random: source(), replicates: 99 }],
  sampleRatioMismatch: () => [
    [500, 510],
    [1, 1],
  ],
  sequentialRatioMismatch: () => [[500, 510], [1, 1], 1000],
  clusterDifference: () => [clustered(1), clustered(3), { ...options, correction: "cr1" }],
  leastSquares: () => [
    { constant: sorted(1).map(() => 1), price: sorted(1) },
    sorted(3).map((value, i) => value + (i % 3)),
    { ...options, variance: "cr1", clusters: sorted(1).map((_, i) => i % 4) },
  ],
  switchback: () => [
    Array.from({ length: 24 }, (_, i) => ({
      arm: Math.floor(i / 3) % 2 === 0 ? "control" : "treatment",
      n: 100,
      mean: 5 + (i % 5) / 10,
      stratum: "all",
    })),
    { ...options, correction: "cr1", washout: 1 },
  ],
  adjust: () => [[0.01, 0.04, 0.03], "holm"],
  correctedLevel: () => [[0.01, 0.04, 0.03], "holm", 0.9],
  ...family("benjaminiHochberg benjaminiYekutieli bonferroni hochberg holm holmSidak hommel sidak", () => [
    [0.01, 0.04, 0.03],
  ]),
  factorialEffects: () => [
    factors,
    cells,
    { ...options, order: 1, variance: "hc1", correction: "hochberg", critical: "normal" },
  ],
  lenth: () => [effects, { level: 0.9 }],
  halfNormalPoints: () => [effects],
  dunnettComparisons: () => [[arm(10), arm(11), arm(12)], 1, options],
  tukeyComparisons: () => [[arm(10), arm(11), arm(12)], { level: 0.9 }],
  welchAnova: () => [[arm(10), arm(11), arm(12)]],
  heterogeneity: () => [effects],
  rateHeterogeneity: () => [
    [
      { control: { x: 5, n: 50 }, treatment: { x: 9, n: 60 } },
      { control: { x: 8, n: 70 }, treatment: { x: 7, n: 80 } },
    ],
    { scale: "lift", random: randomSource(1) },
  ],
  meanHeterogeneity: () => [
    [
      { control: arm(10), treatment: arm(11) },
      { control: arm(20), treatment: arm(21) },
    ],
    { scale: "lift" },
  ],
  metaAnalysis: () => [effects, { ...options, between: "fixed", interval: "hartung-knapp" }],
  shrinkSparseEffects: () => [effects, { level: 0.9 }],
  shrinkEffects: () => [effects, { level: 0.9, between: "paule-mandel" }],
  ...family("liftOfEstimates combineQuantiles", () => [effects[0], effects[1], options]),
  mergeMoments: () => [moments(1, 2), moments(2, 3)],
  mergeAll: () => [[moments(1, 2), moments(2, 3), moments(3, 4)]],
  momentsOf: () => [sorted(1)],
  scalar: () => [moments(1, 2), 1],
  MomentsAccumulator: () => [["orders", "sessions"], { m3: true, max: true }],
  "MomentsAccumulator.push": () => [[1, 2]],
  nonInferiority: () => [arm(10), arm(11), { margin: 0.2, better: "lower", level: 0.9 }],
  equivalence: () => [arm(10), arm(11), { margin: 0.2, level: 0.9 }],
  nonInferiorProportions: () => [
    rate(30),
    rate(40),
    { margin: 0.1, better: "lower", level: 0.9, test: "wald" },
  ],
  sampleSizeForProportions: () => [
    { control: 0.1, treatment: 0.12 },
    { ...power, formula: "arcsine" },
  ],
  crossingProbabilities: () => [{ fractions: [0.5, 1], lower: [-2, -2], upper: [2, 2] }, 1],
  groupSequentialDesign: () => [sequentialPlan],
  repeatedPValue: () => [sequentialPlan, [{ fraction: 0.5, z: 1 }]],
  stagewise: () => [{ fractions: [0.5, 1], lower: [-3, -2], upper: [3, 2] }, 2, 1, options],
  takeLook: () => [
    { trial: "checkout / orders", plan: sequentialPlan, information: 100 },
    undefined,
    { information: 50, estimate: 1, standardError: 1, last: false },
  ],
  sampleSizeForDecision: () => [
    {
      metrics: [
        { key: "order", role: "goal", baseline: 0.1, better: "higher", lift: 0.1 },
        { key: "load", role: "guardrail", baseline: 2, variance: 1, better: "lower", margin: 0.1 },
      ],
      ...{ treatments: 2, level: 0.9, correction: "bonferroni", looks: 2, strict: true },
      ...{ power: 0.7, ratio: 2 },
    },
  ],
  powerForBeliefs: () => [
    {
      metrics: [{ key: "order", role: "goal", baseline: 0.1, lift: 0.1 }],
      prior: { mean: 0, standardDeviation: 0.05 },
      ...{ loss: 0.0025, looks: 2 },
    },
    5000,
    { seed: "sample", runs: 100 },
  ],
  sizeForBeliefs: () => [
    {
      metrics: [{ key: "order", role: "goal", baseline: 0.1, lift: 0.1 }],
      prior: { mean: 0, standardDeviation: 0.05 },
      ...{ loss: 0.0025, looks: 2 },
    },
    { seed: "sample", runs: 100 },
  ],
  powerForDecision: () => [
    {
      metrics: [{ key: "order", role: "goal", baseline: 0.1, lift: 0.1, smallest: 0.05 }],
      ...{ looks: "any", times: 3, units: 9_000, method: "always-valid" },
    },
    1000,
  ],
  detectableLift: () => [
    {
      metrics: [{ key: "order", role: "goal", baseline: 0.1 }],
      looks: [0.5, 1],
      spending: { type: "pocock" },
    },
    1000,
    "order",
  ],
  powerForMeans: () => [100, 0.3, { alpha: 0.1, ratio: 2, alternative: "one-sided" }],
  sampleSizeForMeans: () => [0.3, power],
  adjustedVariance: () => [25, 0.6],
  designEffect: () => [{ size: 25, correlation: 0.05 }],
  minimumDetectableDifference: () => [25, 1000, power],
  ratioVariance: () => [moments(10, 50)],
  sampleSizeForDifference: () => [25, 0.5, power],
  ...family(
    "agrestiCaffo miettinenNurminen newcombe pooledProportions wald riskRatio oddsRatio scasDifference scasLift",
    () => [rate(30), rate(40), options],
  ),
  fisherExact: () => [rate(30), rate(40), { alternative: "less", midP: true }],
  proportionInterval: () => [rate(30), { ...options, method: "jeffreys" }],
  quantile: () => [sorted(1), 0.9, 6],
  quantileDifference: () => [
    { values: sorted(1), units: sorted(1).map((_, i) => i % 6) },
    { values: sorted(3), units: sorted(1).map((_, i) => `u${i}`) },
    { level: 0.5, alternative: "greater", q: 0.4 },
  ],
  cappedMoments: () => [sorted(1), { lower: 2, upper: 9 }],
  winsorBounds: () => [sorted(1), { lower: 0.1, upper: 0.9, type: 6 }],
  winsorizedComparison: () => [sorted(1), sorted(2), { ...lift, lower: 0.1, upper: 0.9, type: 6 }],
  mannWhitney: () => [sorted(1), sorted(2), { alternative: "greater", method: "asymptotic" }],
  permutationTest: () => [sorted(1), sorted(2), { alternative: "greater", random: source(), replicates: 99 }],
  rateRatio: () => [{ events: 15, exposure: 100 }, { events: 28, exposure: 110 }, options],
  hurdleOf: () => [[0, 1, 0, 3, 5]],
  hurdleLift: () => [hurdleOf([0, 1, 0, 3, 5]), hurdleOf([0, 1, 2, 3, 6]), { ...options, model: "gamma" }],
  cochranMantelHaenszel: () => [
    [
      { control: rate(30), treatment: rate(40) },
      { control: rate(50), treatment: rate(60) },
    ],
    options,
  ],
  postStratify: () => [strata, { ...options, variance: "conditional" }],
  independence: () => [
    [
      [30, 70],
      [45, 55],
    ],
    { statistic: "yates" },
  ],
};

export const statsObjects = { MomentsAccumulator: () => new MomentsAccumulator(["orders", "sessions"]) };
