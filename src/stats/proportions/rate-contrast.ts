import { risingRoot } from "../numeric/rising-root.js";
import { skewCorrected } from "./skew-score.js";

/** One rate of a contrast Σ weight · rate. */
export interface RateTerm {
  readonly x: number;
  readonly n: number;
  readonly weight: number;
  /** Factor of its variance: N/(N − 1), N the units of its table. */
  readonly inflation: number;
}

/** What `hold` found last; in one list of numbers, since a variable or field would box each: reports ask a million times. */
const held = new Float64Array(3);
/** Observed − hypothetical contrast. */
const GAP = 0;
const VARIANCE = 1;
const THIRD = 2;

/**
 * The rates of largest likelihood when their contrast is held at some value, by the constraint's multiplier: each
 * solves x − n·p = multiplier · weight · p · (1 − p). One root then serves however many rates there are.
 */
function hold(terms: readonly RateTerm[], multiplier: number): void {
  let gap = 0;
  let variance = 0;
  let third = 0;
  for (const { x, n, weight, inflation } of terms) {
    const pull = multiplier * weight;
    const up = n + pull;
    const down = n - pull;
    const root = Math.sqrt(pull < 0 ? up * up - 4 * pull * x : down * down + 4 * pull * (n - x));
    // Rate and complement, each in the form that does not cancel.
    const p = up > 0 ? (2 * x) / (up + root) : (root - up) / (-2 * pull);
    const q = down > 0 ? (2 * (n - x)) / (down + root) : (root - down) / (2 * pull);
    const part = (weight * weight * p * q) / n;
    gap += part;
    variance += part * inflation;
    third += (part * weight * (q - p)) / n;
  }
  held[GAP] = gap * multiplier;
  held[VARIANCE] = variance;
  held[THIRD] = third;
}

/** The observed contrast's corrected score under that hypothesis. */
function deviateAt(terms: readonly RateTerm[], multiplier: number): number {
  hold(terms, multiplier);
  const variance = held[VARIANCE] ?? 0;
  if (!(variance > 0)) return 0;
  const error = Math.sqrt(variance);
  return skewCorrected((held[GAP] ?? 0) / error, (held[THIRD] ?? 0) / (variance * error));
}

function gapAt(terms: readonly RateTerm[], multiplier: number): number {
  hold(terms, multiplier);
  return held[GAP] ?? 0;
}

/** A contrast's test of zero, and its intervals, by one score. */
export interface RateContrast {
  /** The corrected score of a contrast of zero. */
  readonly statistic: number;
  /** @returns the contrasts whose score is ±critical */
  bounds(critical: number): readonly [lower: number, upper: number];
}

/**
 * A contrast of independent rates by the skewness-corrected score test: of two rates, SCAS; of four, a difference of
 * differences with every rate fitted under the hypothesis, which keeps the size of SCAS where arms are unequal and thin.
 * @param terms  weights of both signs
 * @param value  the contrast as observed
 * @source Laud (2017), Pharmaceutical Statistics 16; Gart & Nam (1990), Biometrics 46
 */
export function rateContrast(terms: readonly RateTerm[], value: number): RateContrast {
  let least = 0;
  let most = 0;
  let scale = 0;
  for (const { x, n, weight } of terms) {
    // One success and one failure more: an error to start from where nobody or everybody succeeded.
    scale += (weight * weight * (x + 1) * (n - x + 1)) / (n + 2) / (n + 2) / (n + 2);
    least += Math.min(0, weight);
    most += Math.max(0, weight);
  }
  const error = Math.sqrt(scale);
  const bound = (target: number): number => {
    const beyond = (multiplier: number) => deviateAt(terms, multiplier) - target;
    const multiplier = risingRoot(beyond, target / error, error);
    // A score that its skewness keeps from the critical value leaves out nothing but what is impossible.
    if (!Number.isFinite(multiplier)) return multiplier > 0 ? least : most;
    return value - gapAt(terms, multiplier);
  };
  const gap = (multiplier: number) => gapAt(terms, multiplier) - value;
  return {
    statistic: deviateAt(terms, value === 0 ? 0 : risingRoot(gap, value / scale, scale)),
    bounds: (critical) => [value <= least ? least : bound(critical), value >= most ? most : bound(-critical)],
  };
}
