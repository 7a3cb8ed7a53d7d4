import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { interval, normalTail, outside, pValueOf, type Tail } from "../inference/tail.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import type { ProportionStratum } from "../stratified/cochran-mantel-haenszel.js";
import { rateDifference } from "./proportion.js";
import { type RateTerm, rateContrast } from "./rate-contrast.js";
import {
  differenceDeviate,
  nobody,
  ratioDeviate,
  type WeightedTable,
  weightedDifference,
  weightedRate,
  weightedTables,
} from "./weighted-table.js";

type Bounds = readonly [lower: number, upper: number];

/** What both scales of one comparison start from. */
interface ScasInputs {
  readonly method: "scas" | "scas-stratified";
  readonly tables: readonly WeightedTable[];
  /** Treatment − control, as observed. */
  readonly value: number;
  /** Score of no difference, which is that of no lift. */
  readonly statistic: number;
  /** Differences whose score is ±critical. */
  bounds(critical: number): Bounds;
}

/** Large enough to stand for infinity where a root is looked for, small enough to interpolate with. */
const FAR = 1e9;

/** Both rates of a table as terms of a contrast. */
function termsOf({ control, treatment }: ProportionStratum, weight: number): readonly RateTerm[] {
  const n = control.n + treatment.n;
  const inflation = n / (n - 1);
  return [
    { x: treatment.x, n: treatment.n, weight, inflation },
    { x: control.x, n: control.n, weight: -weight, inflation },
  ];
}

/**
 * Differences whose deviate over all strata is ±critical. Strata that contradict each other can give a deviate that
 * turns; no difference is looked at first, so that the bound lies on the side of it that the test says.
 */
function stratifiedBounds(
  tables: readonly WeightedTable[],
  value: number,
  statistic: number,
  critical: number,
): Bounds {
  // Agresti & Caffo's interval is near; where it does not hold the bound, the rest of the scale does.
  let center = 0;
  let variance = 0;
  for (const { control, treatment, weight } of tables) {
    const p = (control.x + 1) / (control.n + 2);
    const q = (treatment.x + 1) / (treatment.n + 2);
    center += weight * (q - p);
    variance += weight * weight * ((p * (1 - p)) / (control.n + 2) + (q * (1 - q)) / (treatment.n + 2));
  }
  const error = Math.sqrt(variance);
  const near = error * Math.max(0.1, Math.abs(critical) / 4);
  const bound = (limit: number, least: number, most: number) => {
    const inside = least < 0 && most > 0;
    const low = inside && statistic > limit ? 0 : least;
    const high = inside && statistic <= limit ? 0 : most;
    const clamped = (difference: number) => Math.max(low, Math.min(high, difference));
    const f = (difference: number) =>
      Math.max(-FAR, Math.min(FAR, differenceDeviate(tables, value, difference))) - limit;
    const guess = center - limit * error;
    const from = clamped(guess - near);
    const to = clamped(guess + near);
    const atFrom = f(from);
    if (atFrom < 0) return bracketedRoot(f, low, from, 1e-13, [f(low), atFrom]);
    const atTo = f(to);
    if (atTo > 0) return bracketedRoot(f, to, high, 1e-13, [atTo, f(high)]);
    return bracketedRoot(f, from, to, 1e-13, [atFrom, atTo]);
  };
  return [value <= -1 ? -1 : bound(critical, -1, value), value >= 1 ? 1 : bound(-critical, value, 1)];
}

/** @returns what both scales need; counts were checked, there is at least one stratum */
export function scasInputs(strata: readonly ProportionStratum[]): ScasInputs {
  const tables = weightedTables(strata);
  const [only] = strata;
  if (only && strata.length === 1) {
    const value = rateDifference(only.control, only.treatment);
    const { statistic, bounds } = rateContrast(termsOf(only, 1), value);
    return { method: "scas", tables, value, statistic, bounds };
  }
  const value = weightedDifference(tables);
  const statistic = differenceDeviate(tables, value, 0);
  return {
    method: "scas-stratified",
    tables,
    value,
    statistic,
    bounds: (critical) => stratifiedBounds(tables, value, statistic, critical),
  };
}

/** An estimate by a score: its interval, and half of that interval's width over its critical value as standard error. */
function scoreEstimate(
  inputs: Pick<ScasInputs, "value" | "statistic" | "bounds"> & { readonly method: string },
  options: EstimateOptions,
  tail: Tail = normalTail,
): Extract<Estimate, { status: "ok" }> {
  const { method, value, statistic, bounds } = inputs;
  const level = readLevel(options);
  const alternative = readAlternative(options);
  const critical = tail.critical(outside(level, alternative));
  const [least, most] = bounds(critical);
  // Within one standard error a correction for skewness has no meaning: what was seen is never left out.
  const lower = Math.min(least, value);
  const upper = Math.max(most, value);
  // An interval of next to no width would say nothing of a standard error.
  const near = critical >= 1 ? undefined : bounds(1);
  const width = near ? near[1] - near[0] : upper - lower;
  return {
    status: "ok",
    method,
    value,
    standardError: width / (2 * Math.max(1, critical)),
    interval: interval(lower, upper, alternative),
    level,
    pValue: pValueOf(statistic, alternative, tail),
    statistic,
  };
}

/** The difference of two proportions, counts and options checked; a boundary as tail makes it one that holds at every look. */
export function differenceOf(inputs: ScasInputs, options: EstimateOptions, tail?: Tail): Estimate {
  return scoreEstimate(inputs, options, tail);
}

/** Ratios beyond e±SPAN are as good as 0 and ∞: rates lie in 1/n … 1, and n below 2⁵³. */
const SPAN = 80;

/** Lifts whose deviate is ±critical; −1 and ∞ where the scale ends first. */
function liftBounds(tables: readonly WeightedTable[], statistic: number, critical: number): Bounds {
  const none = nobody(tables, "treatment");
  const never = nobody(tables, "control");
  // Half a success more on each side: a ratio and an error to start from, whatever the counts.
  let up = 0;
  let down = 0;
  let upVariance = 0;
  let downVariance = 0;
  for (const { control, treatment, weight } of tables) {
    const q = (treatment.x + 0.5) / (treatment.n + 1);
    const p = (control.x + 0.5) / (control.n + 1);
    up += weight * q;
    down += weight * p;
    upVariance += (weight * weight * q * (1 - q)) / treatment.n;
    downVariance += (weight * weight * p * (1 - p)) / control.n;
  }
  const center = Math.log(up / down);
  const error = Math.sqrt(upVariance / up / up + downVariance / down / down);
  const near = error * Math.max(0.1, Math.abs(critical) / 4);
  const bound = (limit: number) => {
    const f = (log: number) => ratioDeviate(tables, Math.exp(log)) - limit;
    const guess = center - limit * error;
    // As for differences: on the side of no lift that the test says.
    const least = statistic > limit ? 0 : -2 * SPAN;
    const most = least + 2 * SPAN;
    let from = Math.max(least, Math.min(most, guess) - near);
    let to = Math.min(most, Math.max(least, guess) + near);
    let atFrom = f(from);
    let atTo = f(to);
    for (let step = near; from > least && from > -SPAN && atFrom < 0; step *= 2) {
      [from, to, atTo] = [Math.max(least, from - step), from, atFrom];
      atFrom = f(from);
    }
    for (let step = near; to < most && to < SPAN && atTo > 0; step *= 2) {
      [from, to, atFrom] = [to, Math.min(most, to + step), atTo];
      atTo = f(to);
    }
    // With few successes the deviate never reaches the critical value: then nothing bounds the ratio on that side.
    if (from <= -SPAN) return Number.NEGATIVE_INFINITY;
    return to >= SPAN ? Number.POSITIVE_INFINITY : bracketedRoot(f, from, to, 1e-13, [atFrom, atTo]);
  };
  return [
    none ? -1 : Math.expm1(bound(critical)),
    never ? Number.POSITIVE_INFINITY : Math.expm1(bound(-critical)),
  ];
}

/** The lift between two proportions, counts and options checked; the tail as for {@link differenceOf}. */
export function liftOf(inputs: ScasInputs, options: EstimateOptions, tail: Tail = normalTail): Estimate {
  const { method, tables, value, statistic } = inputs;
  const level = readLevel(options);
  const alternative = readAlternative(options);
  const pValue = pValueOf(statistic, alternative, tail);
  const never = nobody(tables, "control");
  if (never && nobody(tables, "treatment")) {
    const reason = "nobody succeeded on either side, so there is no lift";
    return { status: "undefined", method, reason, level, pValue };
  }
  const lift = never ? undefined : value / weightedRate(tables, "control");
  const critical = tail.critical(outside(level, alternative));
  const bounds = liftBounds(tables, statistic, critical);
  const wide = critical >= 1 ? bounds : liftBounds(tables, statistic, 1);
  if (lift === undefined || bounds[1] === Number.POSITIVE_INFINITY || wide[1] === Number.POSITIVE_INFINITY)
    return {
      status: "unbounded",
      method,
      reason: "too few successes in the control for an upper bound of the lift",
      ...(lift === undefined ? {} : { value: lift }),
      level,
      pValue,
      ...(alternative === "less" ? {} : { lower: bounds[0] }),
    };
  const found = scoreEstimate(
    { method, value: lift, statistic, bounds: (at) => (at === critical ? bounds : wide) },
    options,
    tail,
  );
  return alternative === "less" ? { ...found, interval: [-1, bounds[1]] } : found;
}

/**
 * The difference within some strata minus that within others, each averaged by its strata's shares, counts and options
 * checked: every rate is fitted under the hypothesis about that contrast.
 * @returns the estimate at any level
 */
export function scasApart(
  cell: readonly ProportionStratum[],
  rest: readonly ProportionStratum[],
): (options: EstimateOptions) => Estimate {
  const own = weightedTables(cell);
  const other = weightedTables(rest);
  const terms = [
    ...own.flatMap((table) => termsOf(table, table.weight)),
    ...other.flatMap((table) => termsOf(table, -table.weight)),
  ];
  const value = weightedDifference(own) - weightedDifference(other);
  const { statistic, bounds } = rateContrast(terms, value);
  const inputs = { method: "scas-cell-minus-rest", value, statistic, bounds };
  return (options) => scoreEstimate(inputs, options);
}
