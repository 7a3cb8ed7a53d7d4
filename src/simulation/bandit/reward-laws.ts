import { type RandomSource, sampleNormal, samplePoisson } from "../../random/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { drawLaw } from "../laws/draw-law.js";
import { type Law, lawShape } from "../laws/index.js";
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
  /** Mean of an amount, > 0: one number, or one per arm. */
  readonly amount: number | Readonly<Record<string, number>>;
  /** How amounts spread about their mean, e.g. `{ kind: "lognormal", sigma: 0.8 }`. */
  readonly law: Law;
}

/** How one reward comes about. */
export type RewardLaw = BernoulliReward | PoissonReward | NormalReward | HurdleReward;

const positive = { kind: "number", above: 0 } as const;

/** What a reward may be: the settings of every kind. */
export const rewardShape = {
  kind: "choice",
  by: "kind",
  of: {
    bernoulli: {},
    poisson: {},
    normal: { sd: { kind: "number", above: 0 } } satisfies FieldsFor<Omit<NormalReward, "kind">>,
    hurdle: {
      amount: { kind: "either", of: [positive, { kind: "map", of: positive }] },
      law: lawShape,
    } satisfies FieldsFor<Omit<HurdleReward, "kind">>,
  },
} as const;

interface Kind<L> {
  /** The scale on which effects, drift and seasons add up. */
  readonly link: Link;
  /** Settings that may hold a number for each arm. */
  readonly byArm?: (law: L) => Readonly<Record<string, number | Readonly<Record<string, number>>>>;
  /** What a reward of this level is worth on average, for one arm. */
  expected(law: L, level: number, arm: string): number;
  draw(law: L, random: RandomSource, level: number, arm: string): number;
}

const amountOf = ({ amount }: HurdleReward, arm: string): number =>
  typeof amount === "number" ? amount : (amount[arm] ?? Number.NaN);

const bernoulliKind: Kind<BernoulliReward> = {
  link: binary,
  expected: (_, level) => level,
  draw: (_, random, level) => (random.next() < level ? 1 : 0),
};

const poissonKind: Kind<PoissonReward> = {
  link: logarithm,
  expected: (_, level) => level,
  draw: (_, random, level) => samplePoisson(random, level),
};

const normalKind: Kind<NormalReward> = {
  link: identity,
  expected: (_, level) => level,
  draw: ({ sd }, random, level) => level + sd * sampleNormal(random),
};

const hurdleKind: Kind<HurdleReward> = {
  link: binary,
  byArm: ({ amount }) => ({ amount }),
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
} as const satisfies { readonly [K in RewardLaw["kind"]]: unknown };

/** What a law's kind does. */
export const rewardKindOf = (law: RewardLaw) => rewardKinds[law.kind] as Kind<RewardLaw>;
