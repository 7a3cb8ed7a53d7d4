import type { Estimate, EstimateOptions } from "../core/estimate.js";
import type { Problem } from "../core/experiment-error.js";
import type { Moments, ScalarMoments } from "../core/moments.js";
import type { Quantity } from "../core/numbers.js";

/** One number per unit that a metric needs, and where it comes from. */
export interface Aggregate {
  /** Name of the value within the metric's {@link Moments}. */
  readonly name: string;
  /** Over a unit's events: 1 if there is `any`, else 0; the `sum` of amounts; the `count`. No event gives 0. */
  readonly of: "any" | "sum" | "count";
  /** Column of a wide table that holds the value ready-made. */
  readonly column: string;
  /** Name of the events that are aggregated. */
  readonly event: string;
  /** Column of the events' amount; absent: the mapping's. */
  readonly value?: string;
  /** Where this aggregate is declared within the metric, for messages. */
  readonly path: readonly string[];
}

/** One per-unit value as a metric type declares it. */
export interface MetricValue {
  readonly name: string;
  readonly of: Aggregate["of"];
  /** What the definition may ask for with `of` instead; absent: nothing else. */
  readonly choice?: readonly Aggregate["of"][];
}

/** What a metric estimates between two variants. */
export interface MetricEstimates {
  /** Treatment − control. */
  readonly difference: Estimate;
  /** Treatment / control − 1, a fraction. */
  readonly lift: Estimate;
  /** Further tests of the same contrast by name, e.g. `"pooled-z"`. */
  readonly named?: Readonly<Record<string, Estimate>>;
}

/** A member of the metric family. */
export interface MetricType {
  /** One sentence for people. */
  readonly description: string;
  /**
   * The per-unit values it needs; a value named `"value"` is declared by the metric's own `column`, `event` and
   * `value`, any other by an object of that name.
   */
  readonly values: readonly MetricValue[];
  /** What its value is: a share of units, or an amount in the metric's own unit. */
  readonly quantity: Quantity;
  /** Whether n, mean and m2 are enough, or cross-moments are needed too (then units need all values). */
  readonly joint: boolean;
  /** Whether third moments are wanted too, for amounts whose skewness a comparison allows for. */
  readonly third: boolean;
  /**
   * Looks at one cell's moments for values this metric cannot have.
   * @returns problems, empty when there are none
   */
  check(moments: Moments, path: readonly (string | number)[]): readonly Problem[];
  /**
   * The metric's value in one arm, to first order a mean of one number a unit.
   * @returns moments whose mean is the value and whose m2/(n − 1)/n is that value's variance; undefined where the
   *          value does not exist
   */
  linear(moments: Moments): ScalarMoments | undefined;
  /**
   * @param control   moments of the metric's values among control units, n ≥ 2
   * @param treatment the same among treatment units
   * @returns difference and lift; a stated reason where there is none
   */
  estimate(control: Moments, treatment: Moments, options?: EstimateOptions): MetricEstimates;
}
