import type { Constraint } from "../constraints/constraint.js";
import type { RewardModel } from "../models/reward-model.js";
import type { Objective } from "../objectives/objective.js";
import type { Policy } from "../policies/policy.js";
import type { Arm } from "./arm.js";
import type { Learning, Marks } from "./learning.js";

/** What a bandit is, apart from what it has learned. */
export interface Setup<V extends string = string, P = unknown> {
  readonly experiment: string;
  readonly definitionVersion: number;
  readonly salt: string;
  /** Key of the control arm. */
  readonly control: string;
  readonly arms: readonly Arm<V, P>[];
  /** Parts of the definition that only gates obey, where it has some. */
  readonly gates?: readonly string[];
  readonly policy: Policy;
  readonly model: RewardModel;
  readonly constraints: readonly Constraint[];
  /** What is maximised; absent: the reward itself. */
  readonly objective?: Objective;
}

/**
 * A bandit at one moment: immutable, and JSON by `JSON.stringify` (parts are written as name and settings);
 * `restoreBandit` reads it back.
 */
export interface BanditState<V extends string = string, P = unknown> extends Learning {
  readonly format: "essai.bandit/1";
  readonly setup: Setup<V, P>;
  /** Where it was learned, of states that are merged; no decision depends on it. */
  readonly marks?: Marks;
}
