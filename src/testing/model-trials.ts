import {
  type Arm,
  type BanditOptions,
  type BanditState,
  bernoulli,
  categorical,
  createBandit,
  factorial,
  hierarchical,
  hurdle,
  linear,
  logistic,
  normal,
  type Outcome,
  type Parts,
  type Policy,
  poisson,
  type RewardModel,
  type rewardModels,
  robustBernoulli,
  robustPoisson,
} from "../bandits/index.js";
import type { Json } from "../core/json.js";
import { defineExperiment } from "../definition/index.js";
import {
  type RandomSource,
  randomSource,
  sampleBinomial,
  sampleGamma,
  sampleNormal,
} from "../random/index.js";

/** What a reward model is tried with: rewards of three arms, of which the third gets clearly more. */
export interface ModelTrial {
  /** The model under settings that fit the rewards. */
  model(): RewardModel;
  readonly reward: (random: RandomSource, better: boolean) => number;
  /** A reward outside the model's support. */
  readonly bad: number;
  /** Contexts, for a model that reads them. */
  readonly context?: (random: RandomSource) => Json;
  /** Whether arms are combinations of two factors, as the model is about them; default: plain variants. */
  readonly factors?: boolean;
  /**
   * How far a stated mean may be from the mean of draws, in standard deviations, for a model whose moments are
   * approximations; default: as far as chance takes the mean of 20,000 draws.
   */
  readonly momentsWithin?: number;
}

const yesOrNo = (random: RandomSource, better: boolean) => (random.next() < (better ? 0.6 : 0.3) ? 1 : 0);
const clearly = (random: RandomSource, better: boolean) => (random.next() < (better ? 0.7 : 0.2) ? 1 : 0);
const outOfNine = (random: RandomSource, better: boolean) => sampleBinomial(random, 9, better ? 0.6 : 0.3);
const age = { kind: "numeric", field: "age", mean: 40, sd: 15 } as const;
const ages = (random: RandomSource) => ({ age: 25 + Math.floor(30 * random.next()) });
const segments = { field: "segment", levels: ["new", "old"] };
const someSegment = (random: RandomSource) => ({
  segment: random.next() < 0.5 ? "new" : random.next() < 0.9 ? "old" : "other",
});

/** A trial of every reward model of essai. */
export const modelTrials: { readonly [K in keyof typeof rewardModels]: ModelTrial } = {
  bernoulli: { model: () => bernoulli(), reward: yesOrNo, bad: 1.5 },
  poisson: { model: () => poisson(), reward: outOfNine, bad: 0.5 },
  normal: {
    model: () => normal(),
    reward: (random, better) => 1e6 + sampleNormal(random) + (better ? 1.5 : 0),
    bad: Number.NaN,
  },
  robustBernoulli: {
    model: () =>
      robustBernoulli({
        history: [
          [30, 70],
          [30, 70],
          [60, 40],
        ],
      }),
    reward: yesOrNo,
    bad: -0.5,
  },
  robustPoisson: {
    model: () =>
      robustPoisson({
        history: [
          [27, 10],
          [90, 10],
        ],
        vague: 0.3,
      }),
    reward: outOfNine,
    bad: -1,
  },
  categorical: {
    model: () => categorical({ values: [0, 5, 20] }),
    reward: (random, better) => (random.next() < 0.5 ? 0 : better ? 20 : 5),
    bad: 7,
  },
  hurdle: {
    model: () => hurdle({ typical: 20 }),
    reward: (random, better) => (random.next() < 0.4 ? sampleGamma(random, 3) * (better ? 20 : 8) : 0),
    bad: -1,
    // A log-normal amount of unknown variance has no mean; what is stated is the one at the variance's center.
    momentsWithin: 0.3,
  },
  linear: {
    model: () => linear({ features: [age] }),
    context: ages,
    reward: (random, better) => 0.2 * sampleNormal(random) + (better ? 1 : 0),
    bad: 1 / 0,
  },
  logistic: {
    model: () => logistic({ features: [age] }),
    context: ages,
    reward: clearly,
    bad: 2,
    // The mean of a logistic normal is MacKay's approximation.
    momentsWithin: 0.3,
  },
  factorial: {
    model: () => factorial({ segments }),
    factors: true,
    context: someSegment,
    reward: clearly,
    bad: 2,
    momentsWithin: 0.3,
  },
  hierarchical: {
    model: () => hierarchical({ segments }),
    context: someSegment,
    reward: clearly,
    bad: 2,
    momentsWithin: 0.3,
  },
};

const levels: readonly Arm["action"][] = [
  { hero: "story", cta: "buy" },
  { hero: "story", cta: "try" },
  { hero: "offer", cta: "try" },
];

/**
 * A bandit that has learned nothing, under a policy of essai or of others.
 * @param names  keys of its arms; default `a`, `b` and `c`
 */
export function trialState(
  trial: ModelTrial,
  policy: Policy,
  constraints: BanditOptions<never> = {},
  names: readonly string[] = ["a", "b", "c"],
): BanditState {
  const definition = defineExperiment({
    key: "trial",
    unit: "unit",
    control: "a",
    variants: Object.fromEntries(names.map((name) => [name, null])),
    policy: policy.name,
  });
  const parts: Parts<Policy> = { [policy.name]: () => policy };
  const plain = createBandit(definition, parts, { model: trial.model(), ...constraints });
  if (!trial.factors) return plain;
  const arms = plain.setup.arms.map((arm, i) => ({ ...arm, action: levels[i] ?? arm.action }));
  const model = plain.setup.model.bind?.(arms) ?? plain.setup.model;
  return { ...plain, setup: { ...plain.setup, arms, model }, sums: model.empty(arms.length) };
}

/** So many outcomes of a trial, each arm in turn. */
export function trialOutcomes({ reward, context }: ModelTrial, n: number, seed: string): Outcome[] {
  const random = randomSource(seed);
  return Array.from({ length: n }, (_, i) => {
    const variant = ["a", "b", "c"][i % 3] ?? "a";
    const where = context?.(random);
    return {
      variant,
      reward: reward(random, variant === "c"),
      ...(where === undefined ? {} : { context: where }),
    };
  });
}

/** One of a trial's contexts, as requests hold it. */
export function trialContext({ context }: ModelTrial): { readonly context?: Json } {
  const where = context?.(randomSource("context"));
  return where === undefined ? {} : { context: where };
}
