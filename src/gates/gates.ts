import type { Decided } from "../core/assignment.js";
import type { DecidedOccasion } from "../core/decided-occasion.js";
import type { Definition } from "../core/definition.js";
import type { Json } from "../core/json.js";

/** The decision that is to be made. */
export type PendingDecision = Pick<DecidedOccasion, "id" | "experiment" | "definitionVersion" | "at">;

/** One occasion of a unit at the gates of an experiment. */
export interface Entrant {
  readonly unitId: string;
  readonly occasion: string;
  readonly now: Date | number;
  readonly context?: Json;
  /** What audiences, rules and other experiments read of the unit. */
  readonly attributes?: object;
  /** Variant by experiment, for trying things. */
  readonly overrides?: { readonly [experiment: string]: string };
  /** Decisions of experiments that this one depends on. */
  readonly decisions?: readonly Decided[];
}

/**
 * What an occasion gets past the policy: control's payload where the unit may not enter, or what an override, a rule or a
 * rollout gives it. It is no evidence of how the policy plays, and nothing learns from it.
 */
export type BypassedDecision<V extends string = string, P = unknown> = DecidedOccasion & {
  readonly payload: P;
} & (
    | { readonly variant: V; readonly reason: "override" | "rule" | "rollout" }
    | {
        readonly variant: null;
        readonly reason:
          | "audience"
          | "coverage"
          | "layer"
          | "holdout"
          | "prerequisite"
          | "schedule"
          | "status";
      }
  );

/** Who may enter one experiment, for `decide`: what `gatesOf` makes. */
export interface Gates<V extends string = string, P = unknown> {
  readonly definition: Definition<V, P>;
  /**
   * @param entrant  the occasion, as `decide` is asked for it
   * @param pending  what `decide` knows of the decision
   * @returns what the occasion gets past the policy; undefined where the policy is to choose
   * @throws ExperimentError as `assigner.enter`; `unknown_key` at a key that a request does not have; `needs_decision` at
   *   ["decisions"] where the policy of a prerequisite is to choose first; `invalid_argument` at ["attributes", unit] for the
   *   id of another unit; `other_definition` at ["gates"] when they are of another experiment or version than the bandit
   */
  enter(entrant: Entrant, pending: PendingDecision): BypassedDecision<V, P> | undefined;
}
