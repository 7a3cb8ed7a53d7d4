import { type RandomSource, sampleNormal, samplePoisson } from "../../random/index.js";
import { drawLaw } from "../laws/draw-law.js";
import type { Law } from "../laws/index.js";
import { binary, identity, type Link, logarithm } from "./links.js";

/** Rewards of 0 or 1; an arm's level is its chance. */
export interface BernoulliReward {
  readonly kind: "bernoulli";
}

/** Counts; an arm's level is their mean. */
export interface PoissonReward {
  readonly kind: "poisson";
}

/** Amounts of any sign; an arm's level is their mean. */
export interface NormalReward {
  readonly kind: "normal";
  /** Standard deviation of one reward, > 0. */
  readonly sd: number;
}

/** Revenue: nothing, or an amount; an arm's level is the chance of an amount. */
export interface HurdleReward {
  readonly kind: "hurdle";
  /** Mean of an amount, > 0: one number, or one an arm. */
  readonly amount: number | Readonly<Record<string, number>>;
  /** How amounts spread about their mean, e.g. `{ kind: "lognormal", sigma: 0.8 }`. */
  readonly law: Law;
}

/** How one reward comes about. */
export type RewardLaw = BernoulliReward | PoissonReward | NormalReward | HurdleReward;

interface Kind<L> {
  /** The scale on which effects, drift and seasons add up. */
  readonly link: Link;
  /** Numbers that must be positive, with their places. */
  readonly positive: (
    law: L,
    arms: readonly string[],
  ) => readonly (readonly [path: readonly string[], value: unknown])[];
  /** The law of what a reward amounts to, where that is one of the family. */
  readonly amountLaw?: (law: L) => Law;
  /** What a reward of this level is worth on average, for one arm. */
  expected(law: L, level: number, arm: string): number;
  draw(law: L, random: RandomSource, level: number, arm: string): number;
}

const amountOf = ({ amount }: HurdleReward, arm: string): number =>
  typeof amount === "number" ? amount : (amount[arm] ?? Number.NaN);

const bernoulliKind: Kind<BernoulliReward> = {
  link: binary,
  positive: () => [],
  expected: (_, level) => level,
  draw: (_, random, level) => (random.next() < level ? 1 : 0),
};

const poissonKind: Kind<PoissonReward> = {
  link: logarithm,
  positive: () => [],
  expected: (_, level) => level,
  draw: (_, random, level) => samplePoisson(random, level),
};

const normalKind: Kind<NormalReward> = {
  link: identity,
  positive: ({ sd }) => [[["sd"], sd]],
  expected: (_, level) => level,
  draw: ({ sd }, random, level) => level + sd * sampleNormal(random),
};

const hurdleKind: Kind<HurdleReward> = {
  link: binary,
  positive: ({ amount }, arms) => [
    ...(typeof amount === "object"
      ? arms.map((arm) => [["amount", arm], amount?.[arm]] as const)
      : [[["amount"], amount] as const]),
  ],
  amountLaw: ({ law }) => law,
  expected: (law, level, arm) => level * amountOf(law, arm),
  draw(law, random, level, arm) {
    const buys = random.next() < level;
    return buys ? amountOf(law, arm) * drawLaw(law.law, random) : 0;
  },
};

/** The kinds of reward a world can give. */
export const rewardKinds = {
  bernoulli: bernoulliKind,
  poisson: poissonKind,
  normal: normalKind,
  hurdle: hurdleKind,
} as const;

/** What a law's kind does. */
export const rewardKindOf = (law: RewardLaw) => rewardKinds[law.kind] as Kind<RewardLaw>;
