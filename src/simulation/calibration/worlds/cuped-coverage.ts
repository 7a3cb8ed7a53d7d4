import type { Moments } from "../../../core/moments.js";
import {
  type RandomSource,
  sampleBeta,
  sampleBinomial,
  sampleGamma,
  sampleNormal,
} from "../../../random/index.js";
import {
  cuped,
  cupedRatio,
  MomentsAccumulator,
  type SlopeSource,
  stratifiedCuped,
} from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { coverageWorld, type IntervalMethod } from "../coverage-world.js";

type Arms = readonly [control: Moments, treatment: Moments];

const group = "CUPED, 95 % intervals";
const held = { atLeast: 0.94, atMost: 0.96 };
const slopes: readonly SlopeSource[] = ["within", "joint", "separate"];

/** What treatment adds to a unit: everywhere, and more to units that were more active before. */
const effect = { mean: 0.3, perActivity: 0.25 };
const activityMean = 2;
const baseline = 5 + 2 * activityMean;

/** Outcome 5 + 2·activity + N(0, 1.5²), activity gamma (2); a share of the units has no activity on record. */
function arm(random: RandomSource, n: number, missing: number, treated: boolean): Moments {
  const names = missing > 0 ? ["outcome", "activity", "activity_missing"] : ["outcome", "activity"];
  const moments = new MomentsAccumulator(names);
  const unit = new Float64Array(names.length);
  for (let i = 0; i < n; i++) {
    const activity = sampleGamma(random, activityMean);
    const added = treated ? effect.mean + effect.perActivity * (activity - activityMean) : 0;
    const unknown = missing > 0 && random.next() < missing;
    unit[0] = 5 + 2 * activity + 1.5 * sampleNormal(random) + added;
    unit[1] = unknown ? 0 : activity;
    if (missing > 0) unit[2] = unknown ? 1 : 0;
    moments.push(unit);
  }
  return moments.moments();
}

const differences: readonly IntervalMethod<Arms>[] = slopes.map((slope) => ({
  method: `cuped, ${slope} slope`,
  ...held,
  estimate: ([a, b]) => cuped(a, b, { slope }).adjusted.difference,
}));

const means = (
  [
    { n: [400, 400], missing: 0 },
    { n: [900, 100], missing: 0 },
    { n: [900, 100], missing: 0.2 },
  ] as const
).map(({ n, missing }) =>
  coverageWorld<Arms>({
    key: `cuped/${n.join("-")}/${missing}`,
    group,
    title: `mean with a skewed covariate${missing > 0 ? `, ${100 * missing} % of it missing` : ""}, effect grows with it, n = ${n.join(" / ")}`,
    truth: effect.mean,
    draw: (random) => [arm(random, n[0], missing, false), arm(random, n[1], missing, true)],
    methods: [
      ...differences,
      {
        method: "cuped, lift",
        truth: effect.mean / baseline,
        ...held,
        estimate: ([a, b]) => cuped(a, b).adjusted.lift,
      },
      { method: "raw (welch)", estimate: ([a, b]) => cuped(a, b).raw.difference },
    ],
  }),
);

/** Conversions and sessions before and after; the rate is the user's own. */
function sessions(random: RandomSource, users: number): Moments {
  const moments = new MomentsAccumulator([
    "conversions",
    "sessions",
    "conversions_before",
    "sessions_before",
  ]);
  for (let i = 0; i < users; i++) {
    const rate = sampleBeta(random, 2, 8);
    const [now, before] = [1 + Math.floor(14 * random.next()), 1 + Math.floor(14 * random.next())];
    moments.push([sampleBinomial(random, now, rate), now, sampleBinomial(random, before, rate), before]);
  }
  return moments.moments();
}

const ratio = coverageWorld<Arms>({
  key: "cuped/ratio/600-300",
  group,
  title: "conversions per session with the same before, clustered in users, no effect, users 600 / 300",
  truth: 0,
  draw: (random) => [sessions(random, 600), sessions(random, 300)],
  methods: [
    {
      method: "cupedRatio",
      ...held,
      estimate: ([a, b]) => {
        const result = cupedRatio(a, b, { covariate: "ratio" });
        return "adjusted" in result ? result.adjusted.difference : result;
      },
    },
  ],
});

const strata = [
  { share: 0.6, shift: 0 },
  { share: 0.4, shift: 6 },
] as const;

const stratified = coverageWorld<readonly { control: Moments; treatment: Moments }[]>({
  key: "cuped/stratified/400-400",
  group,
  title: "two strata (60 / 40 %), a covariate in each, n = 400 / 400",
  truth: effect.mean,
  draw(random) {
    const [control, treatment] = [400, 400].map((n) => sampleBinomial(random, n, strata[0].share)) as [
      number,
      number,
    ];
    return strata.map(({ shift }, i) => {
      const drawn = (count: number, treated: boolean): Moments => {
        const moments = arm(random, i === 0 ? count : 400 - count, 0, treated);
        return { ...moments, mean: [(moments.mean[0] as number) + shift, moments.mean[1] as number] };
      };
      return { control: drawn(control, false), treatment: drawn(treatment, true) };
    });
  },
  methods: [{ method: "stratifiedCuped", ...held, estimate: (sample) => stratifiedCuped(sample) }],
});

/** Means, ratios and strata adjusted by what units were like before. */
export const cupedCoverage: readonly CalibrationWorld[] = [...means, ratio, stratified];
