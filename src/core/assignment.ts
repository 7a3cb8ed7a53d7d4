import type { Json } from "./json.js";

/** Which variant a unit gets from an experiment, and why. Deciding it is not meeting it: see {@link Exposure}. */
export type Assignment<V extends string = string, P = Json> = {
  /** The experiment's key. */
  readonly experiment: string;
  readonly definitionVersion: number;
  readonly unitId: string;
  /** The variant's payload; control's where the unit is not enrolled. */
  readonly payload: P;
} & (
  | {
      readonly enrolled: true;
      readonly variant: V;
      /** `"decided"`: the policy of an experiment that learns chose it, and the call brought the decision. */
      readonly reason: "allocated" | "rule" | "override" | "sticky" | "rollout" | "decided";
      /** `hash / 2³²` of the unit in the experiment's variant domain, in [0, 1). */
      readonly point: number;
      /** Probability with which an enrolled unit of these attributes gets this variant, in (0, 1]. */
      readonly propensity: number;
      /** Key of the rule whose condition the unit meets. */
      readonly rule?: string;
      /** With `rule`: whether the unit was held back from it and allocated at random like any other. */
      readonly heldBack?: boolean;
      readonly awaits?: never;
    }
  | {
      readonly enrolled: false;
      readonly variant: null;
      /** `"fallback"`: a page had no assignment (`withFallbacks`), and the payload is the one that its code goes on with. */
      readonly reason:
        | "audience"
        | "coverage"
        | "layer"
        | "holdout"
        | "prerequisite"
        | "schedule"
        | "status"
        | "fallback";
      readonly awaits?: never;
    }
  | {
      readonly enrolled: false;
      readonly variant: null;
      /** The policy of an experiment that learns is to choose, by `decide` of `essai/bandits`. */
      readonly reason: "undecided";
      /** The experiment whose decision is needed: this one, or one of its prerequisites. */
      readonly awaits: string;
    }
);

/** What an assignment carries of a decision, as `decide` of `essai/bandits` made it. */
export interface Decided {
  readonly experiment: string;
  readonly definitionVersion: number;
  readonly unitId: string;
  readonly variant: string | null;
  readonly reason: string;
  /** Absent where nothing was drawn: 1. */
  readonly propensity?: number;
}

/** A unit met a variant: what is logged, and what analysis counts. */
export interface Exposure {
  /** 32 hex digits, determined by experiment, version, unit and variant. */
  readonly id: string;
  readonly experiment: string;
  readonly definitionVersion: number;
  readonly unitId: string;
  readonly variant: string;
  /** ISO 8601 in UTC, milliseconds. */
  readonly at: string;
  readonly propensity: number;
  /** Key of the rule whose condition the unit meets. */
  readonly rule?: string;
  /** With `rule`: whether the unit was held back from it and allocated at random like any other. */
  readonly heldBack?: boolean;
  /** Where the unit met it: channel, segment, page, touch number …; dimensions of the analysis, without a join. */
  readonly attributes?: Readonly<Record<string, string>>;
}
