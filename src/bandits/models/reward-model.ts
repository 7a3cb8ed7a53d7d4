import type { Json } from "../../core/json.js";
import type { ErrorPath, Problem } from "../../errors/index.js";
import type { Part } from "../part.js";
import type { Sharpest } from "../policies/sharpness-limits.js";
import type { Posterior } from "../posterior/posterior.js";
import type { Arm } from "../state/arm.js";

/** Additive sufficient statistics: blocks of numbers, by convention one per arm, or one for all. */
export type Sums = readonly (readonly number[])[];

/** One reward as a model learns it. */
export interface Learned {
  /** Index of the action. */
  readonly arm: number;
  readonly reward: number;
  readonly context: Json;
}

/** How likely rewards are that depend on nothing but their mean. */
export interface Likelihood {
  /** Mean reward of an arm's block of sums, finite also where there are none. */
  mean(block: readonly number[]): number;
  /** Log of how likely the block is under a mean, up to what all means share. */
  log(mean: number, block: readonly number[]): number;
}

/** A member of the reward-model family: what is summed, and what is believed given the sums. */
export interface RewardModel extends Part {
  /** The model for these arms; absent: their number is all that matters. */
  bind?(arms: readonly Arm[]): RewardModel;
  /** How sharply the posterior may be believed on the way to a known horizon. Absent: nothing is named. */
  sharpest?(): Sharpest;
  /** Sums of nothing, for a number of actions. */
  empty(actions: number): Sums;
  /** Whether a reward lies in the model's support. */
  supports(reward: number): boolean;
  /** New sums with the rewards in; the given sums stay as they are. */
  learn(sums: Sums, rewards: readonly Learned[]): Sums;
  /** Sums of both, commutative and associative; absent: block by block, number by number. */
  merge?(a: Sums, b: Sums): Sums;
  /** Sums that weigh `factor` times as much; absent: every number is multiplied. */
  scale?(sums: Sums, factor: number): Sums;
  /** What is wrong with sums from outside, paths starting at ["sums"]; absent: shape of `empty`, none negative. */
  problems?(sums: Sums, actions: number): Problem[];
  /** How many rewards an arm's block holds, each as heavy as the block has it; absent: its numbers add up to that. */
  count?(block: readonly number[]): number;
  /**
   * Of the settings, what decides which numbers are summed for these arms; the rest says what is believed about them, and
   * may be another in a bandit that these sums are carried over to. Compared as JSON. Absent: all settings.
   */
  gathers?(arms: readonly Arm[]): unknown;
  /** Text under which a vector may be kept for a context; absent: the context is not read. */
  contextKey?(context: Json): string;
  /** What the evidence rule of `bestArm` needs; absent: the model has no such bound. */
  likelihood?(): Likelihood;
  /** The model without its history, of a model that doubts one; absent: it has none. */
  base?(): RewardModel;
  /** For each action, what each term adds to its linear predictor; absent: the model has no terms. */
  contributions?(sums: Sums, context: Json): Readonly<Record<string, number>>[];
  /** What is wrong with a context; paths start at `path`. Absent: any context will do. */
  contextProblems?(context: Json, path: ErrorPath): Problem[];
  /**
   * @param sharpness  prior and data count this many times; 1 is honest
   */
  posterior(sums: Sums, context: Json, sharpness: number): Posterior;
}
