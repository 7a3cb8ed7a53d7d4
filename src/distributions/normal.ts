import { square } from "../core/powers.js";
import { argument, probability } from "./argument.js";

const STEP = 0.5;
const POINTS = /* @__PURE__ */ Array.from({ length: 13 }, (_, i) => square((i + 0.5) * STEP));
const WEIGHTS = /* @__PURE__ */ POINTS.map((square) => (Math.exp(-square) * 2 * STEP) / Math.PI);

/** The smooth part of erfc(z) e^(z²), z ≥ 0: the midpoint rule on its integral representation. */
function smooth(z: number): number {
  const square = z * z;
  let sum = 0;
  for (let i = 12; i >= 0; i--) sum += WEIGHTS[i]! / (POINTS[i]! + square);
  return z * sum;
}

/** What the pole of that integrand adds to erfc(z). */
function pole(z: number): number {
  return z < 6 ? 2 / (1 + Math.exp((2 * Math.PI * z) / STEP)) : 0;
}

/** e^(−scale·x²), the square taken in two parts so that its rounding does not reach the exponent. */
function gaussian(x: number, scale: number): number {
  if (x > 1e3) return 0;
  const high = Math.fround(x);
  return Math.exp(-scale * high * high) * Math.exp(-scale * (x - high) * (x + high));
}

function upperTail(x: number): number {
  if (x < 0) return 1 - upperTail(-x);
  const z = x * Math.SQRT1_2;
  return x > 40 ? 0 : (gaussian(x, 0.5) * smooth(z) + pole(z)) / 2;
}

function logUpperTail(x: number): number {
  if (x < 0) return Math.log1p(-upperTail(-x));
  const z = x * Math.SQRT1_2;
  const log = Math.log(smooth(Math.min(z, 1e150)) + (z < 6 ? pole(z) * Math.exp(z * z) : 0));
  return log - Math.LN2 - (x / 2) * x;
}

/** Area under the normal density from 0 to x, over the density at x: a series of positive terms. */
function centralRatio(x: number): number {
  let sum = x;
  for (let k = 3, term = x; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) sum += term *= (x * x) / k;
  return sum;
}

/** z with upper tail p ≤ ½, where centre = ½ − p. */
function upperQuantile(p: number, centre: number): number {
  if (p === 0) return Infinity;
  const log = Math.log(p);
  const t = Math.sqrt(-2 * log);
  let x = t - (2.5155 + t * (0.8029 + t * 0.01033)) / (1 + t * (1.4328 + t * (0.1893 + t * 0.00131)));
  for (let i = 0; i < 2; i++) {
    let d: number;
    if (centre < 0.3) d = centre / normalPdf(x) - centralRatio(x);
    else {
      const tail = logUpperTail(x);
      d = -Math.expm1(log - tail) * Math.exp(tail + (x / 2) * x) * 2.5066282746310002;
    }
    x += d / (1 - (x * d) / 2);
  }
  return x;
}

/**
 * Complementary error function, 2/√π ∫ₓ^∞ e^(−t²) dt.
 * @param x  any number, ±Infinity included
 * @returns erfc(x), relative error about 1e-15 as far as it is representable
 * @throws ExperimentError `wrong_type`, `not_finite` at ["x"]
 * @source Matta and Reichel (1971), Mathematics of Computation 25: trapezoidal rule with the pole's residue
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * erfc(1); // 0.1573
 */
export function erfc(x: number): number {
  argument(x, "x");
  if (x < 0) return 2 - erfc(-x);
  return x > 40 ? 0 : gaussian(x, 1) * smooth(x) + pole(x);
}

/**
 * Standard normal density.
 * @param x  any number, ±Infinity included
 * @returns φ(x)
 * @throws ExperimentError `wrong_type`, `not_finite` at ["x"]
 * @source definition
 * @example
 * normalPdf(0); // 0.3989
 */
export function normalPdf(x: number): number {
  return gaussian(Math.abs(argument(x, "x")), 0.5) * 0.3989422804014327;
}

/**
 * Standard normal distribution function, P(Z ≤ x).
 * @param x  any number, ±Infinity included
 * @returns probability, relative error about 1e-15 in the lower tail down to 1e-300
 * @throws ExperimentError `wrong_type`, `not_finite` at ["x"]
 * @source Matta and Reichel (1971), Mathematics of Computation 25
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * normalCdf(1.96); // 0.975
 */
export function normalCdf(x: number): number {
  return upperTail(-argument(x, "x"));
}

/**
 * Standard normal survival function, P(Z > x).
 * @param x  any number, ±Infinity included
 * @returns probability, relative error about 1e-15 in the upper tail down to 1e-300
 * @throws ExperimentError `wrong_type`, `not_finite` at ["x"]
 * @source Matta and Reichel (1971), Mathematics of Computation 25
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * normalSurvival(10); // 7.62e-24
 */
export function normalSurvival(x: number): number {
  return upperTail(argument(x, "x"));
}

/**
 * log P(Z ≤ x), also where the probability itself underflows.
 * @param x  any number, ±Infinity included
 * @returns natural logarithm of the probability
 * @throws ExperimentError `wrong_type`, `not_finite` at ["x"]
 * @source Matta and Reichel (1971), Mathematics of Computation 25
 * @example
 * normalLogCdf(-40); // -804.6
 */
export function normalLogCdf(x: number): number {
  return logUpperTail(-argument(x, "x"));
}

/**
 * log P(Z > x), also where the probability itself underflows.
 * @param x  any number, ±Infinity included
 * @returns natural logarithm of the probability
 * @throws ExperimentError `wrong_type`, `not_finite` at ["x"]
 * @source Matta and Reichel (1971), Mathematics of Computation 25
 * @example
 * normalLogSurvival(40); // -804.6
 */
export function normalLogSurvival(x: number): number {
  return logUpperTail(argument(x, "x"));
}

/**
 * Standard normal quantile: the x with P(Z ≤ x) = p.
 * @param p  probability in [0, 1]
 * @returns x; ∓Infinity at 0 and 1
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["p"]
 * @source Abramowitz and Stegun 26.2.23 as a start, two steps of Halley's method on the logarithm
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * normalQuantile(0.975); // 1.96
 */
export function normalQuantile(p: number): number {
  probability(p);
  return p <= 0.5 ? 0 - upperQuantile(p, 0.5 - p) : upperQuantile(1 - p, p - 0.5);
}

/**
 * Standard normal quantile of the upper tail: the x with P(Z > x) = p, which reaches p = 1e-300.
 * @param p  probability in [0, 1]
 * @returns x; ±Infinity at 0 and 1
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["p"]
 * @source as `normalQuantile`
 * @example
 * normalSurvivalQuantile(1e-12); // 7.034
 */
export function normalSurvivalQuantile(p: number): number {
  return 0 - normalQuantile(p);
}
