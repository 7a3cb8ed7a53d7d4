import type { Json } from "./json.js";
import type { MetricDefinition } from "./metric-definition.js";

/** One variant: its key and what the application gets when a unit is assigned to it. */
export interface VariantDefinition<V extends string = string, P = Json> {
  readonly key: V;
  readonly payload: P;
}

/** Points `from … to` (integers in 0 … 2³², half-open) that belong to a variant. */
export interface PointRange<V extends string = string> {
  readonly from: number;
  readonly to: number;
  readonly variant: V;
}

/** How results are to be read; fixed before the data are seen. */
export interface Plan {
  /** Confidence level of every interval, fraction in (0, 1). */
  readonly level: number;
  /** Error-rate correction over metrics × contrasts of the whole programme. */
  readonly macro: string;
  /** Error-rate correction over the micro family. */
  readonly micro: string;
}

/**
 * An experiment as data: everything that assignment, learning and analysis need to agree on.
 * Plain JSON; made by `defineExperiment` or parsed by `essai/schema`.
 */
export interface Definition<V extends string = string, P = Json> {
  readonly format: "essai.experiment/1";
  readonly key: string;
  readonly version: number;
  readonly salt: string;
  readonly hash: "murmur3-1";
  /** Name of the attribute that identifies the unit, e.g. `"userId"`. */
  readonly unit: string;
  readonly control: V;
  readonly variants: readonly VariantDefinition<V, P>[];
  /** Sorted, disjoint, covering 0 … 2³². */
  readonly ranges: readonly PointRange<V>[];
  /** Fraction of the audience enrolled, in [0, 1]. */
  readonly coverage: number;
  /** `"fixed"` is a test; any other word names a bandit policy, and the variants are its arms. */
  readonly policy: string;
  readonly metrics: readonly MetricDefinition[];
  readonly plan: Plan;
}
