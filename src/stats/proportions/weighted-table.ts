import { square } from "../../core/powers.js";
import type { ProportionStratum } from "../stratified/cochran-mantel-haenszel.js";
import { type Proportion, rateDifference } from "./proportion.js";
import { restrictedRate } from "./restricted-rate.js";
import { deviate } from "./skew-score.js";

/** Two arms of one stratum, and the stratum's share of all units. */
export interface WeightedTable extends ProportionStratum {
  readonly weight: number;
}

/** @returns the strata with their shares of all units */
export function weightedTables(strata: readonly ProportionStratum[]): readonly WeightedTable[] {
  const units = strata.reduce((sum, { control, treatment }) => sum + control.n + treatment.n, 0);
  return strata.map(({ control, treatment }) => ({
    control,
    treatment,
    weight: (control.n + treatment.n) / units,
  }));
}

/** Σ weight × (treatment − control rate). */
export function weightedDifference(tables: readonly WeightedTable[]): number {
  let sum = 0;
  for (const { control, treatment, weight } of tables) sum += weight * rateDifference(control, treatment);
  return sum;
}

/** Σ weight × one side's rate. */
export function weightedRate(tables: readonly WeightedTable[], side: "control" | "treatment"): number {
  let sum = 0;
  for (const table of tables) sum += (table.weight * table[side].x) / table[side].n;
  return sum;
}

/** Whether nobody succeeded on a side. */
export function nobody(tables: readonly WeightedTable[], side: "control" | "treatment"): boolean {
  return tables.every((table) => table[side].x === 0);
}

/** Variance and third moment of treatment rate − factor × control rate, at the rates given. */
function spread(control: Proportion, treatment: Proportion, p: number, q: number, factor: number) {
  const n = control.n + treatment.n;
  const sp = Math.max(0, p * (1 - p));
  const sq = Math.max(0, q * (1 - q));
  return {
    variance: (sq / treatment.n + (square(factor) * sp) / control.n) * (n / (n - 1)),
    third:
      (sq * (1 - 2 * q)) / square(treatment.n) -
      (square(factor) * factor * sp * (1 - 2 * p)) / square(control.n),
  };
}

/**
 * Deviate of the observed weighted difference under the hypothesis of one difference in every stratum; falls as that
 * grows.
 * @param observed      Σ weight × (treatment − control rate)
 * @param hypothetical  in [−1, 1]
 */
export function differenceDeviate(
  tables: readonly WeightedTable[],
  observed: number,
  hypothetical: number,
): number {
  let variance = 0;
  let third = 0;
  for (const { control, treatment, weight } of tables) {
    const p = restrictedRate(control, treatment, hypothetical);
    const q = Math.min(1, Math.max(0, p + hypothetical));
    const own = spread(control, treatment, p, q, 1);
    variance += weight * weight * own.variance;
    third += weight * weight * weight * own.third;
  }
  return deviate(observed - hypothetical, variance, third);
}

/**
 * Deviate of the observed rates under the hypothesis of one ratio in every stratum; falls as that grows.
 * @param ratio  treatment over control, in (0, ∞)
 */
export function ratioDeviate(tables: readonly WeightedTable[], ratio: number): number {
  let gap = 0;
  let variance = 0;
  let third = 0;
  for (const { control, treatment, weight } of tables) {
    const n = control.n + treatment.n;
    const x = control.x + treatment.x;
    const b = (treatment.n + control.x) * ratio + treatment.x + control.n;
    // Of the quadratic n·ratio·p² − b·p + x the root that does not cancel.
    const p = (2 * x) / (b + Math.sqrt(Math.max(0, b * b - 4 * n * ratio * x)));
    const q = Math.min(1, p * ratio);
    const own = spread(control, treatment, p, q, ratio);
    gap += weight * (treatment.x / treatment.n - (control.x / control.n) * ratio);
    variance += weight * weight * own.variance;
    third += weight * weight * weight * own.third;
  }
  return deviate(gap, variance, third);
}
