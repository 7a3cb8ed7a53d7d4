import type { Attributes, Condition } from "./condition.js";
import type { MetricDefinition } from "./metric-definition.js";
import type { Plan } from "./plan.js";

/** One variant: its key and what the application gets when a unit is assigned to it. */
export interface VariantDefinition<V extends string = string, P = unknown> {
  readonly key: V;
  readonly payload: P;
}

/** Points `from … to` (integers in 0 … 2³², half-open) that belong to a variant. */
export interface PointRange<V extends string = string> {
  readonly from: number;
  readonly to: number;
  readonly variant: V;
}

/** Units that meet a condition get one variant, but for a share held back at random to measure what that is worth. */
export interface Rule<V extends string = string> {
  /** Names the rule in assignments and reports. */
  readonly key: string;
  readonly when: Condition;
  readonly variant: V;
  /** Share of the rule's units that is allocated at random like everyone else, in (0, 1). */
  readonly holdback: number;
}

/** The unit must be enrolled in another experiment, in one of these variants (default: any). */
export interface Prerequisite {
  readonly experiment: string;
  readonly variants?: readonly string[];
}

/** When the experiment runs: from `from` up to, not including, `until`; ISO 8601 with a zone, or a bare day (UTC). */
export interface Schedule {
  readonly from?: string;
  readonly until?: string;
}

/** Points of a layer that belong to the experiment: integers in 0 … 2³², half-open. */
export interface LayerSlot {
  readonly key: string;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** Keys of a definition's variants. */
export type VariantOf<D extends Definition<string, unknown>> = D["variants"][number]["key"];

/** Payloads of a definition's variants. */
export type PayloadOf<D extends Definition<string, unknown>> = D["variants"][number]["payload"];

/** One setting of a factor. */
export type Level = string | number | boolean | null;

/** A factor of a multivariate experiment; its first level is its baseline. */
export interface FactorDefinition {
  readonly name: string;
  readonly levels: readonly Level[];
}

/** How the combinations of a multivariate experiment were chosen. */
export interface DesignRecord {
  readonly kind: string;
  /** Of a fractional factorial, in factor names, e.g. `"price=hero:cta:channel"`. */
  readonly generators?: readonly string[];
  /** Of an orthogonal array, e.g. `"L18"`. */
  readonly array?: string;
  /** Effects an optimal design was made for. */
  readonly effects?: readonly string[];
}

/** What a call has to bring: the unit's id under the name that the definition gives it. Anything where no code knows the name. */
export type ContextOf<U extends string> = string extends U ? object : { readonly [N in U]: string };

/**
 * An experiment as data: everything that assignment, learning and analysis need to agree on.
 * Plain JSON; made by `defineExperiment` or parsed by `essai/schema`. Typed by its variants and their payloads, its key, its
 * unit and its policy.
 */
export interface Definition<
  V extends string = string,
  P = unknown,
  K extends string = string,
  U extends string = string,
  O extends string = string,
> {
  readonly format: "essai.experiment/1";
  readonly key: K;
  readonly version: number;
  readonly salt: string;
  readonly hash: "murmur3-1";
  /** Name of the attribute that identifies the unit, e.g. `"userId"`. */
  readonly unit: U;
  readonly control: V;
  readonly variants: readonly VariantDefinition<V, P>[];
  /** Sorted, disjoint, covering 0 … 2³². */
  readonly ranges: readonly PointRange<V>[];
  /** The shares of a field test that nobody recorded: it is analysed, its shares are not checked, and it enrolls nobody. */
  readonly allocation?: "unknown";
  /** Fraction of the audience enrolled, in [0, 1]. */
  readonly coverage: number;
  /** `"fixed"` is a test; any other word names a bandit policy, and the variants are its arms. */
  readonly policy: O;
  readonly metrics: readonly MetricDefinition[];
  readonly plan: Plan;
  /** Attributes the conditions may name; without it any name is allowed. */
  readonly attributes?: Attributes;
  /** Named conditions, for `{ segment }`; a catalogue may hold more. */
  readonly segments?: { readonly [name: string]: Condition };
  /** Who may enter; default everyone. */
  readonly audience?: Condition;
  /** In order; their conditions may not overlap unless `ruleOrder` is `"first"`. */
  readonly rules?: readonly Rule<V>[];
  /** `"disjoint"` (default): overlapping rules are refused; `"first"`: the first rule a unit meets counts. */
  readonly ruleOrder?: "disjoint" | "first";
  readonly layer?: LayerSlot;
  readonly prerequisites?: readonly Prerequisite[];
  readonly schedule?: Schedule;
  /** Default `"running"`. Draft and paused enroll nobody; stopped gives everyone `rollout`, if there is one. */
  readonly status?: "draft" | "running" | "paused" | "stopped";
  /** The winner: the variant every unit of the audience gets once the experiment is stopped. */
  readonly rollout?: V;
  /** Units with a fixed variant, for trying things; they are no evidence and are never exposed. */
  readonly overrides?: readonly { readonly unitId: string; readonly variant: V }[];
  /** Of a multivariate experiment: every variant's payload holds one level of each factor. */
  readonly factors?: readonly FactorDefinition[];
  readonly design?: DesignRecord;
}
