import { normalSurvival, normalSurvivalQuantile } from "../../distributions/index.js";
import { gaussPanels } from "./gauss-panels.js";

/**
 * What is left of a trial's score after a look: its density under no effect where the trial goes on, as points and
 * masses. The score is z√t, a random walk with independent normal steps; t is the fraction of the planned information.
 */
export interface SubDensity {
  readonly fraction: number;
  /** Scores, rising. */
  readonly at: Float64Array;
  /** Density × weight of the quadrature at each. */
  readonly mass: Float64Array;
}

/** Where the trial goes on at a look, as z; an end is ∓Infinity where nothing stops it. */
export interface Continuation {
  readonly fraction: number;
  readonly lower: number;
  readonly upper: number;
}

/** Standard deviations beyond which a normal density is left out: 3e-14 of it within a step, 1e-12 at an open end. */
const BAND = 7.6;
const OPEN = 7;
/** Widest panel, in standard deviations of what is integrated: for an error of about 1e-14, and one of about 4e-8 at two fifths of the time. */
const FINE = 5;
export const COARSE = 8;
/** A z that no density is followed beyond: 1e-284 of it, what double precision still holds. */
const FURTHEST = 36;
const ROOT_TAU = Math.sqrt(2 * Math.PI);

/** Before the first look the score is 0. */
export const atStart: SubDensity = {
  fraction: 0,
  at: new Float64Array(1),
  mass: new Float64Array([1]),
};

/** How far a step spreads. */
const stepOf = (density: SubDensity, fraction: number): number => Math.sqrt(fraction - density.fraction);

/**
 * The density after the next look. Its points suit the step that follows: panels narrow enough for the 16-point rule to
 * be exact to about 1e-14 for a product of both steps' densities.
 * @param look   the region of going on
 * @param next   the fraction of the look that follows
 * @param drift  largest |drift| under which it will be read ({@link exitAbove}): open ends reach as far
 * @param panel  the widest panel, in standard deviations
 */
export function grow(
  density: SubDensity,
  look: Continuation,
  next: number,
  drift = 0,
  panel = FINE,
): SubDensity {
  const { fraction } = look;
  const root = Math.sqrt(fraction);
  const far = Math.min(OPEN + Math.abs(drift) * root, FURTHEST) * root;
  const low = look.lower === Number.NEGATIVE_INFINITY ? -far : Math.max(look.lower, -FURTHEST) * root;
  const high = look.upper === Number.POSITIVE_INFINITY ? far : Math.min(look.upper, FURTHEST) * root;
  const step = stepOf(density, fraction);
  const after = next - fraction;
  const width = panel / Math.sqrt(1 / (step * step) + 1 / after);
  const { at, weight } = gaussPanels(low, high, width);
  const mass = new Float64Array(at.length);
  const { at: from, mass: had } = density;
  // Given the score at this look, the score at the last one is normal around `share` of it.
  const share = density.fraction / fraction;
  const band = BAND * step * Math.sqrt(share) + Number.MIN_VALUE;
  const first = from[0] ?? 0;
  const last = from.at(-1) ?? 0;
  const scale = -0.5 / (step * step);
  let begin = 0;
  for (let j = 0; j < at.length; j++) {
    const y = at[j] as number;
    const centre = Math.min(Math.max(y * share, first), last);
    while (begin < from.length && (from[begin] as number) < centre - band) begin++;
    let sum = 0;
    for (let i = begin; i < from.length; i++) {
      const x = from[i] as number;
      if (x > centre + band) break;
      sum += (had[i] as number) * Math.exp(scale * (y - x) * (y - x));
    }
    mass[j] = ((weight[j] as number) * sum) / (ROOT_TAU * step);
  }
  return { fraction, at, mass };
}

/** Given the score at the next look, the scores before it that matter: normal around their share of it. */
function bridge({ fraction, at }: SubDensity, next: number, score: number): readonly [number, number] {
  const share = fraction / next;
  const centre = Math.min(Math.max(score * share, at[0] ?? 0), at.at(-1) ?? 0);
  const band = BAND * Math.sqrt((next - fraction) * share) + Number.MIN_VALUE;
  return [centre - band, centre + band];
}

/** Sum over a part of the density as it is under a drift: e^(drift·x − drift²t/2) times that under none. */
function tilted(
  { at, mass, fraction }: SubDensity,
  drift: number,
  [low, high]: readonly [number, number],
  value: (x: number) => number,
): number {
  const constant = (drift * drift * fraction) / 2;
  let sum = 0;
  for (let i = 0; i < at.length; i++) {
    const x = at[i] as number;
    if (x < low) continue;
    if (x > high) break;
    const tilt = drift === 0 ? 1 : Math.exp(drift * x - constant);
    sum += (mass[i] as number) * tilt * value(x);
  }
  return sum;
}

/**
 * Probability of going on until the next look and then being above a score.
 * @param score  z√t at the next look
 * @param drift  expected z at the full information: what no effect's density is tilted to
 */
export function exitAbove(density: SubDensity, fraction: number, score: number, drift = 0): number {
  if (score === Number.POSITIVE_INFINITY) return 0;
  const step = stepOf(density, fraction);
  const to = score - drift * (fraction - density.fraction);
  const [low] = bridge(density, fraction, score);
  return tilted(density, drift, [low, Number.POSITIVE_INFINITY], (x) => normalSurvival((to - x) / step));
}

/** Probability of going on until the next look and then being below a score. */
export function exitBelow(density: SubDensity, fraction: number, score: number, drift = 0): number {
  if (score === Number.NEGATIVE_INFINITY) return 0;
  const step = stepOf(density, fraction);
  const to = score - drift * (fraction - density.fraction);
  const [, high] = bridge(density, fraction, score);
  return tilted(density, drift, [Number.NEGATIVE_INFINITY, high], (x) => normalSurvival((x - to) / step));
}

/** Density of the score at the next look. */
function densityAt(density: SubDensity, fraction: number, score: number, drift: number): number {
  const step = stepOf(density, fraction);
  const to = score - drift * (fraction - density.fraction);
  return tilted(density, drift, bridge(density, fraction, score), (x) => {
    const z = (to - x) / step;
    return Math.exp(-0.5 * z * z) / (ROOT_TAU * step);
  });
}

/**
 * The score beyond which the next look exits with a probability: Newton's method on its logarithm, which is concave, so
 * that it comes in from outside without ever passing the root.
 * @param side         1 for above, −1 for below
 * @param probability  ≥ 0
 * @returns side × Infinity for a probability too small for a double, and −side × Infinity where no score has as much
 */
export function scoreBeyond(
  side: 1 | -1,
  density: SubDensity,
  fraction: number,
  probability: number,
  drift = 0,
): number {
  const everywhere = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
  if (probability < 1e-300) return side * Number.POSITIVE_INFINITY;
  if (!(probability < tilted(density, drift, everywhere, () => 1))) return side * Number.NEGATIVE_INFINITY;
  const exit = side === 1 ? exitAbove : exitBelow;
  const root = Math.sqrt(fraction);
  let score = side * root * normalSurvivalQuantile(probability) + drift * fraction;
  for (let i = 0; i < 60; i++) {
    const beyond = exit(density, fraction, score, drift);
    const slope = densityAt(density, fraction, score, drift);
    if (!(beyond > 0) || !(slope > 0)) score -= (side * root) / 4;
    else {
      const step = (Math.log(beyond / probability) * beyond) / slope;
      score += side * step;
      // It converges quadratically: the next step would be the square of this one.
      if (Math.abs(step) <= 1e-8 * root) break;
    }
  }
  return score;
}
