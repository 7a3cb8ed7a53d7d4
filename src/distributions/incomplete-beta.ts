import { stirlingError } from "./log-gamma.js";
import { normalQuantile } from "./normal.js";
import { findRoot } from "./root.js";
import { trapezoid } from "./trapezoid.js";

// One kernel serves beta, gamma, χ², t, F, binomial, negative binomial and Poisson. Its coordinate is the
// variance ratio r = (x/a) / (y/b) of the incomplete beta function I_x(a, b), y = 1 − x: near the mean r is
// near 1, so callers pass r − 1 and log r as well, each computed without cancellation.

/** The second shape that turns the beta into the gamma distribution (error of the order 1/GAMMA). */
export const GAMMA = 1e99;

/** u − log(1 + u), without cancellation. */
function excess(u: number, logOnePlus?: number): number {
  if (Math.abs(u) > 0.5) return u - (logOnePlus ?? Math.log1p(u));
  const s = u / (2 + u);
  const square = s * s;
  let sum = 0;
  let power = square;
  for (let k = 3; power > 1e-17 * Math.abs(u); k += 2) {
    sum += power / k;
    power *= square;
  }
  return s * (u - 2 * sum);
}

/** Loader's deviance: −log of x^a y^b over its maximum; d = r − 1, w = log r. */
function deviance(a: number, b: number, r: number, d: number, w: number): number {
  const q = a * r + b;
  const u = (b / q) * d;
  return a * excess(u, u < -0.5 ? w + Math.log((a + b) / q) : undefined) + b * excess((-a / q) * d);
}

/**
 * log of x^a y^b / B(a, b), which is the density of log r.
 * @source Loader (2000), Fast and accurate computation of binomial probabilities
 */
export function logBetaPower(a: number, b: number, r: number, d = r - 1, w = Math.log(r)): number {
  if (Math.abs(w) === Infinity) return -Infinity;
  if (r > 1) return logBetaPower(b, a, 1 / r, r > 2 ? 1 / r - 1 : -d / r, -w);
  return logScale(a, b) - deviance(a, b, r, d, w);
}

function logScale(a: number, b: number): number {
  const n = a + b;
  return (
    0.5 * Math.log(((a / n) * b) / (2 * Math.PI)) + stirlingError(n) - stirlingError(a) - stirlingError(b)
  );
}

/** log of x^a y^b / B(a, b) where a tail was found last. In a list of numbers: a pair would be made for each of thousands of tails. */
const lastPower = new Float64Array(1);

/**
 * I_x(a, b) over its power by quadrature of the density of log r, both shapes being large. A function of its own: variables
 * of a closure would be boxed at every call of the other branch, too.
 */
function lowerArea(
  a: number,
  b: number,
  r: number,
  d: number,
  w: number,
  top: number,
  scale: number,
): number {
  return trapezoid(
    (t) => {
      // v = scale·exp(t − e^(−t)) makes the half line a whole one (Takahasi and Mori's double exponential)
      const down = Math.exp(-t);
      const v = scale * Math.exp(t - down);
      const e = r * Math.expm1(-v);
      return v * (1 + down) * Math.exp(top - deviance(a, b, r + e, d + e, w - v));
    },
    -3.6,
    3.8,
    0.12,
  );
}

/** log I_x(a, b) for r up to a little more than 1; leaves log of x^a y^b / B(a, b) in `lastPower`. */
function logLower(a: number, b: number, r: number, d: number, w: number): number {
  const n = a + b;
  const q = a * r + b;
  const x = (a * r) / q;
  const y = b / q;
  const lambda = y * a * d;
  const top = deviance(a, b, r, d, w);
  const log = logScale(a, b) - top;
  lastPower[0] = log;
  if (Math.min(a, b) > 3e3) {
    const scale = 2 / (Math.sqrt(lambda * lambda + 4 * n * x * y) - lambda);
    return log + Math.log(lowerArea(a, b, r, d, w, top, scale));
  }
  let c = (a * (1 - lambda)) / (a + 1);
  let value = c;
  let inverse = 0;
  for (let m = 1, ratio = 0; m < 1e5 && Math.abs(ratio - 1) > 2e-16; m++) {
    const e = a + (2 * m - 1);
    const numerator = ((a + (m - 1)) / e) * (n + (m - 1)) * x * m * ((b - m) / e) * x;
    const denominator = m + m * ((b - m) / e) * x + ((a + m) * (m * (1 + y) + 1 - lambda)) / (e + 2);
    c = denominator + numerator / c;
    inverse = 1 / (denominator + numerator * inverse);
    ratio = c * inverse;
    value *= ratio;
  }
  return log - Math.log(value);
}

/** log(1 − e^l) for l ≤ 0. */
export function logComplement(l: number): number {
  return l > -0.7 ? Math.log(-Math.expm1(l)) : Math.log1p(-Math.exp(l));
}

/**
 * log of the incomplete beta ratio I_x(a, b), or of 1 − I_x(a, b) if `upper`, at variance ratio r.
 * @param d  r − 1
 * @param w  log r (so that r may under- or overflow)
 * @source continued fraction of Didonato and Morris (1992), ACM TOMS 18, equation 9, with Loader's deviance;
 *         quadrature of the density of log r when both shapes are large
 */
export function logBetaTail(
  upper: boolean,
  a: number,
  b: number,
  r: number,
  d = r - 1,
  w = Math.log(r),
): number {
  if (Math.abs(w) === Infinity) {
    lastPower[0] = -Infinity;
    return w < 0 === upper ? 0 : -Infinity;
  }
  if (r > 1) return logBetaTail(!upper, b, a, 1 / r, r > 2 ? 1 / r - 1 : -d / r, -w);
  const swap = a * r > b && (b / (a * r + b)) * a * d > -0.25;
  const log = Math.min(swap ? logLower(b, a, 1 / r, -d / r, -w) : logLower(a, b, r, d, w), 0);
  return swap === upper ? log : logComplement(log);
}

/**
 * log of the variance ratio r at which I_x(a, b) = lower and 1 − I_x(a, b) = upper, of which the smaller counts.
 * @param start  a first guess, where one is known
 * @source Newton's method on log(−log tail), bracketed
 */
export function logRatioQuantile(a: number, b: number, lower: number, upper: number, start?: number): number {
  const isUpper = upper < lower;
  const p = isUpper ? upper : lower;
  const sign = isUpper ? -1 : 1;
  if (p === 0) return -sign * Infinity;
  const target = Math.log(p);
  // each gamma variable of the ratio: the way up is exponential, the way down a power
  const z = -normalQuantile(p);
  const rise = z / Math.sqrt(isUpper ? a : b);
  const fall = z / Math.sqrt(isUpper ? b : a);
  const guess = Math.hypot(Math.log1p(rise + (rise * rise) / 2), fall + (fall * fall) / 2);
  return findRoot(
    (w) => {
      const log = logBetaTail(isUpper, a, b, Math.exp(w), Math.expm1(w), w);
      const power = lastPower[0] ?? 0;
      // far beyond any target the difference of the logarithms has no digits left
      const step = log < -1e5 ? Number.NaN : sign * log * Math.log(log / target) * Math.exp(log - power);
      return [sign * (log - target), step];
    },
    start ?? -sign * guess,
    -1500,
    1500,
    1e-7 * Math.min(Math.sqrt(1 / a + 1 / b), 1),
  );
}
