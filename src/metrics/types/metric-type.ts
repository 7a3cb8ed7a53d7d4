import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import type { MetricDefinition } from "../../core/metric-definition.js";
import type { Distribution, Moments, ScalarMoments } from "../../core/moments.js";
import type { Quantity } from "../../core/quantity.js";
import type { Problem } from "../../errors/index.js";
import type { RandomSource } from "../../random/index.js";
import type { Fields, FieldsType } from "../../shapes/index.js";
import type { EffectScale, LevelPart, LevelsTest } from "../../stats/heterogeneity/index.js";
import type { AggregateName } from "../aggregates/index.js";
import type { PercentileCap, ValueSource } from "../settings/index.js";

/** One number per unit that a metric needs. */
export interface WantedValue {
  /** Name of the value within the metric's {@link Moments}. */
  readonly name: string;
  /** What is made of a unit's events. */
  readonly of: AggregateName;
  readonly source: ValueSource;
  /** Largest value of a unit that counts. */
  readonly cap?: number | PercentileCap | undefined;
  /** Whether it exists only once the source's window is over for a unit. */
  readonly over?: true;
  /** Where the source is declared within the metric, for messages. */
  readonly path: readonly string[];
}

/** One number per unit that is the weighted sum of other metrics' values. */
export interface CombinedValue {
  readonly name: string;
  /** Weights, by the other metrics' keys. */
  readonly weights: Readonly<Record<string, number>>;
  /** Largest value of a unit that counts. */
  readonly cap?: number | PercentileCap | undefined;
}

/** Both sides of a contrast among units that were allocated alike, e.g. under one definition version; n ≥ 2 on each. */
export interface MetricStratum {
  readonly control: Moments;
  readonly treatment: Moments;
}

/** How many units there are, and the means of their values. */
export interface Means {
  readonly n: number;
  readonly mean: readonly number[];
  /** Where the type is read off it. */
  readonly distribution?: Distribution;
}

/** Both sides of a contrast among units that were allocated alike, by their means alone. */
export interface MeansStratum {
  readonly control: Means;
  readonly treatment: Means;
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

/** A comparison to be read at any level: what does not depend on it was found once. */
export interface MetricReading {
  /** @returns difference and lift, one test for both */
  at(options: EstimateOptions): Omit<MetricEstimates, "named">;
  /** @returns further tests of the same contrast by name; undefined where there is none to tell */
  named(options: EstimateOptions): MetricEstimates["named"];
}

/** How far a cell is from everyone else, at any level. */
export type ApartReading = (options: EstimateOptions) => Estimate;

/** A member of the metric family: everything that is particular to one type of metric. */
export interface MetricType<S extends Fields = Fields, M extends MetricDefinition = MetricDefinition> {
  /** One sentence for people, in each language. */
  readonly words: { readonly en: string; readonly fr: string };
  /** What a definition may, or must, say besides what every metric says. */
  readonly settings: S;
  /** What its value is: a share of units, or an amount in the metric's own unit. */
  readonly quantity: Quantity;
  /** Whether n, mean and m2 are enough, or cross-moments are needed too (then units need all values). */
  readonly joint: boolean;
  /** Whether third moments and the number of values that are not zero are wanted too, for skewed amounts. */
  readonly third: boolean;
  /** Whether it is read off how many units have which value. */
  readonly distribution?: true;
  /** Whether its spread is not that of a unit's value, so that only past data say it. */
  readonly ownSpread?: true;
  /** What it answers for one metric, where that depends on the metric's own settings. */
  answersFor?(metric: M): Partial<MetricType>;
  /** What units without a value are counted under, before the metric's key; default `"missing"`. */
  readonly missing?: "too_recent_for";
  /**
   * @param metric  as the definition declares it
   * @returns the per-unit values it needs, in the order of its moments
   */
  values(metric: M): readonly (WantedValue | CombinedValue)[];
  /**
   * Looks at one cell's moments for values this metric cannot have.
   * @returns problems, empty when there are none
   */
  check(moments: Moments, path: readonly (string | number)[]): readonly Problem[];
  /**
   * The metric's value in one arm.
   * @param arm  means of its values per unit, in their order
   * @returns undefined where there is no such value, e.g. of a ratio over nothing
   */
  value(arm: Means): number | undefined;
  /**
   * The metric's value on both sides of a comparison.
   * @returns undefined where a side has none
   */
  sides(stratum: MeansStratum): readonly [control: number | undefined, treatment: number | undefined];
  /**
   * The metric's value in one arm, to first order, as a weighted sum of its values per unit.
   * @param mean  means of its values per unit
   * @returns one weight per value; undefined where the metric has no value
   */
  weights(mean: readonly number[]): readonly number[] | undefined;
  /**
   * Whether an arm has enough for its mean to be read as a normal one, so that it can be adjusted for covariates.
   * @returns undefined where it has, else the reason
   */
  unadjustable(arm: Means): string | undefined;
  /** Whether too few units of an arm have a value to know the spread of the mean by, so that levels cannot be compared. */
  sparse(arm: Moments): boolean;
  /**
   * The metric's value in one arm, to first order a mean of one number per unit.
   * @returns moments whose mean is the value and whose m2/(n − 1)/n is that value's variance; undefined where the
   *          value does not exist
   */
  linear(moments: Moments): ScalarMoments | undefined;
  /**
   * Whether one side of a comparison has too little to show anything by: fewer than ten successes or non-successes, or
   * fewer than thirty units with a value.
   * @param arms  moments of that side's units, one per definition version
   */
  thin(arms: readonly Moments[]): boolean;
  /**
   * Compares two variants, stratum by stratum, averaged by the strata's share of the units: a change of the variants'
   * shares from one stratum to the next cannot pass for an effect.
   * @param strata  at least one
   * @returns difference and lift, one test for both; a stated reason where there is none
   */
  estimate(strata: readonly MetricStratum[], options?: EstimateOptions): MetricEstimates;
  /**
   * The same comparison, to be read at several levels.
   * @param strata  at least one
   */
  reads(strata: readonly MetricStratum[]): MetricReading;
  /**
   * How far the difference within a cell is from the difference among everyone else.
   * @param cell  strata of the cell, at least one
   * @param rest  strata of the other units; none where there are no others
   * @returns the cell's difference minus the rest's, in the metric's unit
   */
  apart(cell: readonly MetricStratum[], rest: readonly MetricStratum[], options?: EstimateOptions): Estimate;
  /** The same, to be read at several levels. */
  readsApart(cell: readonly MetricStratum[], rest: readonly MetricStratum[]): ApartReading;
  /**
   * The difference averaged over strata that units fell into by chance (a dimension's levels), by share.
   * @param strata  may be none
   * @returns the difference two equal mixes of strata would have
   */
  stratified(strata: readonly MetricStratum[], options?: EstimateOptions): Estimate;
  /**
   * Whether the metric's effect is the same in every level of a dimension.
   * @param parts   moments of both arms in each level and definition version, n ≥ 2
   * @param scale   one difference in all levels, or one lift
   * @param random  source of resamples where levels are thin
   */
  levels(parts: readonly LevelPart<Moments>[], scale: EffectScale, random: RandomSource): LevelsTest;
}

/** A metric of a definition whose type has such settings. */
export type MetricWith<S extends Fields> = MetricDefinition & FieldsType<S>;

/**
 * Types a member of the metric family by its own settings.
 * @param member  the metric type
 * @returns the same
 */
export const metricType = <const S extends Fields>(
  member: MetricType<S, MetricWith<S>>,
): MetricType<S, MetricWith<S>> => member;
