import type { Estimate } from "../../core/estimate.js";
import type { Quantity } from "../../core/quantity.js";
import type { CellLevels } from "../comparison.js";

/** What one arm was played and what came back. */
export interface PlayedArm {
  readonly arm: string;
  /** Level of every factor; `{ variant }` for a plain experiment. */
  readonly action: Readonly<Record<string, string>>;
  readonly decisions: number;
  /** Fraction of all decisions. */
  readonly share: number;
  /** Decisions whose reward is known. */
  readonly rewards: number;
  /** Plain mean of those rewards, null where there is none. The arm was played by its own outcomes, so it is biased. */
  readonly mean: number | null;
}

/** A stretch of time, and what was gained up to its end. */
export interface RunPeriod {
  /** ISO 8601: the first instant, and the first instant after it. */
  readonly from: string;
  readonly to: string;
  readonly decisions: number;
  readonly rewards: number;
  readonly mean: number | null;
  /** Fraction of the period's decisions that played each arm, in the order of `arms`; null in an empty period. */
  readonly served: readonly number[] | null;
  /** Mean recorded probability of each arm; null where no decision recorded its vector. */
  readonly recorded: readonly number[] | null;
  /** Expected reward gained over uniform play from the beginning to the end of this period. */
  readonly gain: Estimate;
  /** From the beginning to the end of this period, where the truth is known. */
  readonly known?: KnownRegret;
}

/** What was given up against always playing the best action, in expectation; known only in a simulation. */
export interface KnownRegret {
  readonly regret: number;
  /** Of playing all actions alike. */
  readonly uniform: number;
}

/** Whether the actions came as often as their recorded probabilities say. */
export type ServedCheck = {
  /** Arms compared; arms expected fewer than five times stand together as one, named by none. */
  readonly arms: readonly (string | null)[];
  readonly served: readonly number[];
  /** Sum of the recorded probabilities. */
  readonly expected: readonly number[];
} & (
  | {
      readonly status: "passed" | "failed";
      /** Quadratic form of served − expected in the inverse of its covariance; χ² when the record is true. */
      readonly statistic: number;
      readonly df: number;
      readonly pValue: number;
      /** The check fails below this p-value. */
      readonly threshold: number;
    }
  | { readonly status: "undefined"; readonly reason: string }
);

/** What is believed of one arm, and how often it is played for that reason. */
export interface ArmBelief {
  readonly arm: string;
  /** Probability with which the bandit plays it now. */
  readonly probability: number;
  /** Posterior probability of being the best. */
  readonly best: number;
  /** Posterior mean and standard deviation of what it earns; null where the posterior has none. */
  readonly mean: number;
  readonly sd: number | null;
  /** Credible interval at the run's level. */
  readonly interval: readonly [number, number];
  /** What each factor, interaction and segment adds, in the link's unit, if the model has terms. */
  readonly contributions?: Readonly<Record<string, number>>;
  /** Posterior density on the view's grid; the likeliest eight arms only. */
  readonly density?: readonly number[];
}

/** Beliefs in one cell: everywhere, or one level of a segment. */
export interface BeliefView {
  /** `{}` where the model reads no context, or no segment tells contexts apart. */
  readonly cell: CellLevels;
  /** Number of logged contexts that were averaged over; 0 where the model reads none. */
  readonly contexts: number;
  /** Where densities are evaluated: ascending, in the unit of the objective. */
  readonly grid: readonly number[];
  /** The likeliest best first. */
  readonly arms: readonly ArmBelief[];
}

/** What an arm earns more than control, in the reward's unit, by methods that hold although the policy learned. */
export interface ArmEffect {
  readonly arm: string;
  /** For one look at a planned end. */
  readonly fixed: Estimate;
  /** However often one looks. */
  readonly anytime: Estimate;
  /** The same by the design alone, where arms kept the chances of a mixture with uniform play. */
  readonly mixture?: Estimate;
}

/** A policy that is learned from contexts, against the arm that is best for everyone. */
export interface LearnedRun {
  /** Fields of the contexts that it reads. */
  readonly fields: readonly string[];
  /** The best single arm. */
  readonly single: string;
  /** Fraction of the last tenth of the rewards in which it would play another arm. */
  readonly differs: number;
  /** Mean reward per decision if it decided. */
  readonly value: Estimate;
  /** That less what the best single arm earns; both were learned and judged on this log, and are corrected for it. */
  readonly overSingle: Estimate;
}

/** What arms earn more than control among some of the decisions. */
export interface SegmentEffects {
  /**
   * The most played arms, 8 at most; `fixed` with the p-values and intervals that hold for all levels of the field together, `adaptive`
   * with the reason where the log cannot tell.
   */
  readonly effects: readonly ArmEffect[];
  /** Fraction of uniform play that would have given every arm a hundred of these rewards. */
  readonly readableShare: number;
}

/** What one level of a segment was played, and what arms earned there. */
export interface SegmentPlay extends SegmentEffects {
  readonly level: string;
  readonly decisions: number;
  readonly rewards: number;
  readonly mean: number | null;
  /** Fraction of the level's decisions that played each arm, in the order of `arms`. */
  readonly served: readonly number[];
}

/** A bandit's run as data: plain JSON, no NaN, no Infinity. */
export interface BanditRun {
  readonly experiment: string;
  /** Names of the policies that decided, in order of appearance. */
  readonly policies: readonly string[];
  /** Order of every list that has one number per arm. */
  readonly arms: readonly PlayedArm[];
  readonly control: string;
  readonly decisions: number;
  readonly units: number;
  readonly rewards: number;
  /** Decisions whose reward is not known yet. */
  readonly pending: number;
  /** Lines that told a decision again; the last one with a reward counts. */
  readonly repeated: number;
  readonly from: string;
  readonly to: string;
  readonly level: number;
  /** Whether every reward is 0 or 1. */
  readonly quantity: Quantity;
  readonly periods: readonly RunPeriod[];
  readonly served: ServedCheck;
  /** Expected reward gained over uniform play in the whole run. */
  readonly gain: Estimate;
  /** The most played arms, 23 at most, against control; `adaptive` with the reason where the log cannot tell. */
  readonly effects: readonly ArmEffect[];
  /** Fraction of uniform play that would have given every arm a hundred rewards. */
  readonly readableShare: number;
  /** Present where decisions have contexts, and at least 200 rewards are known. */
  readonly learned?: LearnedRun;
  /** Present where every decision tells what could be expected of it. */
  readonly known?: KnownRegret;
  readonly segments: readonly { readonly field: string; readonly levels: readonly SegmentPlay[] }[];
  /** What the given state believes; empty without a state. */
  readonly beliefs: readonly BeliefView[];
}
