import type { ScalarMoments } from "../../../core/moments.js";
import { type RandomSource, sampleBinomial, sampleGamma, sampleNormal } from "../../../random/index.js";
import { mergeAll, postStratify, type Stratum, scalar, welch } from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { coverageWorld } from "../coverage-world.js";

const strata = [
  { share: 0.5, mean: 10, effect: 1 },
  { share: 0.3, mean: 20, effect: 2 },
  { share: 0.2, mean: 40, effect: 0 },
] as const;
const sd = 6;
const truth = strata.reduce((sum, { share, effect }) => sum + share * effect, 0);

/** Moments of n normal values of mean `mean`. */
const stratumMoments = (random: RandomSource, n: number, mean: number): ScalarMoments => ({
  n,
  mean: mean + (sd * sampleNormal(random)) / Math.sqrt(n),
  m2: 2 * sd * sd * sampleGamma(random, (n - 1) / 2),
});

/** Sizes of the strata among n units, each unit's stratum drawn. */
function sizes(random: RandomSource, n: number): readonly number[] {
  const first = sampleBinomial(random, n, strata[0].share);
  const second = sampleBinomial(random, n - first, strata[1].share / (1 - strata[0].share));
  return [first, second, n - first - second];
}

const crude = (arms: readonly ScalarMoments[]) =>
  scalar(mergeAll(arms.map(({ n, mean, m2 }) => ({ n, names: ["value"], mean: [mean], comoment: [m2] }))));

/** Means within strata of different level and effect; the strata's sizes are drawn. */
export const stratifiedCoverage: readonly CalibrationWorld[] = (
  [
    [400, 400],
    [900, 100],
  ] as const
).map(([n, m]) =>
  coverageWorld<readonly Stratum[]>({
    key: `stratified/${n}-${m}`,
    group: "Adjusted means, 95 % intervals",
    title: `three strata (50 / 30 / 20 %) of means 10, 20, 40 and effects 1, 2, 0; sd 6; n = ${n} / ${m}`,
    truth,
    draw(random) {
      const control = sizes(random, n);
      const treatment = sizes(random, m);
      return strata.map(({ mean, effect }, i) => ({
        control: stratumMoments(random, control[i] as number, mean),
        treatment: stratumMoments(random, treatment[i] as number, mean + effect),
      }));
    },
    methods: [
      { method: "postStratify", atLeast: 0.94, atMost: 0.96, estimate: (sample) => postStratify(sample) },
      {
        method: "postStratify, conditional",
        note: "covers the effect at the sample's own mix; here it is held against the population's",
        estimate: (sample) => postStratify(sample, { variance: "conditional" }),
      },
      {
        method: "welch, no strata",
        estimate: (sample) =>
          welch(crude(sample.map(({ control }) => control)), crude(sample.map(({ treatment }) => treatment))),
      },
    ],
  }),
);
