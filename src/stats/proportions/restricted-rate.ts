import { cube, square } from "../../core/powers.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import type { Proportion } from "./proportion.js";

/**
 * The control rate of largest likelihood when the treatment rate is held at control + `difference`.
 * The likelihood's slope falls monotonically, so its zero is bracketed by the rates that are possible.
 * @returns the rate, within [max(0, −difference), min(1, 1 − difference)]
 */
export function restrictedRate(control: Proportion, treatment: Proportion, difference: number): number {
  const low = Math.max(0, -difference);
  const high = Math.min(1, 1 - difference);
  if (difference === 0) return (control.x + treatment.x) / (control.n + treatment.n);
  // Farrington & Manning's cubic a p³ + b p² + c p + d in the treatment rate's place of the control rate.
  const theta = control.n / treatment.n;
  const p1 = treatment.x / treatment.n;
  const p0 = control.x / control.n;
  const a = 1 + theta;
  const b = -(1 + theta + p1 + theta * p0 + difference * (theta + 2));
  const c = difference * difference + difference * (2 * p1 + theta + 1) + p1 + theta * p0;
  const d = -p1 * difference * (1 + difference);
  const v = cube(b / (3 * a)) - (b * c) / (6 * a * a) + d / (2 * a);
  const radicand = square(b / (3 * a)) - c / (3 * a);
  const u = Math.sign(v || 1) * Math.sqrt(Math.max(0, radicand));
  const cosine = u === 0 ? 0 : Math.max(-1, Math.min(1, v / (u * u * u)));
  const closed = 2 * u * Math.cos((Math.PI + Math.acos(cosine)) / 3) - b / (3 * a) - difference;
  const slope = (p: number) => {
    const q = p + difference;
    return (
      (control.x === 0 ? 0 : control.x / p) -
      (control.x === control.n ? 0 : (control.n - control.x) / (1 - p)) +
      (treatment.x === 0 ? 0 : treatment.x / q) -
      (treatment.x === treatment.n ? 0 : (treatment.n - treatment.x) / (1 - q))
    );
  };
  // The closed form loses digits where its roots meet; Newton's steps on the slope give them back, and end at once elsewhere.
  let p = closed;
  for (let i = 0; i < 6; i++) {
    if (!(p > low && p < high)) break;
    const q = p + difference;
    const bend =
      control.x / (p * p) +
      (control.n - control.x) / ((1 - p) * (1 - p)) +
      treatment.x / (q * q) +
      (treatment.n - treatment.x) / ((1 - q) * (1 - q));
    const step = slope(p) / bend;
    p += step;
    if (Math.abs(step) <= 4 * Number.EPSILON * p)
      return p > low && p < high ? p : slopeZero(slope, low, high);
  }
  return slopeZero(slope, low, high);
}

function slopeZero(slope: (p: number) => number, low: number, high: number): number {
  const inset = 1e-15 * (high - low);
  const from = low + inset;
  const to = high - inset;
  if (!(slope(from) > 0)) return low;
  if (!(slope(to) < 0)) return high;
  return bracketedRoot(slope, from, to);
}

/**
 * Standard error of a difference between two rates under a hypothesis about it.
 * @param correction  factor of the variance: N/(N − 1) for Miettinen & Nurminen, 1 for Farrington & Manning
 */
export function restrictedError(
  control: Proportion,
  treatment: Proportion,
  hypothetical: number,
  correction: number,
): number {
  const p = restrictedRate(control, treatment, hypothetical);
  const q = p + hypothetical;
  return Math.sqrt(
    (Math.max(0, p * (1 - p)) / control.n + Math.max(0, q * (1 - q)) / treatment.n) * correction,
  );
}

/** (observed − hypothetical difference) in standard errors under the hypothesis; ±Infinity where that is zero. */
export function differenceScore(
  control: Proportion,
  treatment: Proportion,
  observed: number,
  hypothetical: number,
  correction: number,
): number {
  const gap = observed - hypothetical;
  if (gap === 0) return 0;
  return gap / restrictedError(control, treatment, hypothetical, correction);
}
