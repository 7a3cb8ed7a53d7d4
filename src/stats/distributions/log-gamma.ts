import { argument } from "./argument.js";

const HALF_LOG_TWO_PI = 0.9189385332046727;

const finite = (value: number, name: string) => argument(value, name, value > 0 && value < Infinity);

let zeta: number[] | undefined;

/** ζ(k) − 1 for k = 0 … 26 (from 2 on), by Euler–Maclaurin from 20 on. */
function zetaLessOne(): number[] {
  return Array.from({ length: 27 }, (_, k) => {
    let term = 20 ** -k;
    let sum = term * (0.5 + 20 / (k - 1));
    term *= k / 20;
    [12, -720, 30240, -1209600].forEach((divisor, j) => {
      sum += term / divisor;
      term *= ((k + 2 * j + 1) * (k + 2 * j + 2)) / 400;
    });
    for (let n = 19; n > 1; n--) sum += n ** -k;
    return sum;
  });
}

/** log Γ(1 + z) for |z| ≤ ½, with full relative accuracy at its zero. */
function logGammaOnePlus(z: number): number {
  zeta ??= zetaLessOne();
  let sum = 0;
  for (let k = 26; k > 1; k--) sum = -z * (zeta[k]! / k + sum);
  return z * (0.42278433509846713 - sum) - Math.log1p(z);
}

// Stieltjes' continued fraction for the error of Stirling's formula, innermost coefficient first
const STIELTJES = [
  4.026887192343901,
  3.009917383259398,
  2.26948897420496,
  1.5174736491532874,
  1.0115230681268417,
  0.5256064690026954,
  0.2523809523809524,
  1 / 30,
  1 / 12,
];

/**
 * The error of Stirling's formula: log Γ(x + 1) − [(x + ½) log x − x + ½ log 2π].
 * @source Stieltjes' continued fraction, DLMF 5.10.1, after shifting x to 6 or more
 */
export function stirlingError(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < 6; y++) shift += (y + 0.5) * Math.log1p(1 / y) - 1;
  let error = 0;
  for (const coefficient of STIELTJES) error = coefficient / (y + error);
  return shift + error;
}

/**
 * Natural logarithm of the gamma function.
 * @param x  positive, finite
 * @returns log Γ(x), relative error about 1e-14, also beside its zeros at 1 and 2
 * @throws ExperimentError `not_finite`, `out_of_range` at ["x"]
 * @source Stieltjes' continued fraction (DLMF 5.10.1); zeta series beside 1 and 2 (DLMF 5.7.3)
 * @checked test/reference/distributions.json — mpmath 1.2.1, 50 digits
 */
export function logGamma(x: number): number {
  finite(x, "x");
  if (x < 0.5) return logGammaOnePlus(x) - Math.log(x);
  if (x <= 1.5) return logGammaOnePlus(x - 1);
  if (x <= 2.5) return logGammaOnePlus(x - 2) + Math.log1p(x - 2);
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingError(x);
}

/**
 * Natural logarithm of the beta function, Γ(a) Γ(b) / Γ(a + b).
 * @param a  positive, finite
 * @param b  positive, finite
 * @returns log B(a, b)
 * @throws ExperimentError `not_finite`, `out_of_range` at ["a"] or ["b"]
 * @source Stirling's formula with its error by Stieltjes' continued fraction, DLMF 5.10.1
 */
export function logBeta(a: number, b: number): number {
  if (finite(a, "a") > finite(b, "b")) return logBeta(b, a);
  const n = a + b;
  return (
    a * Math.log(a / n) -
    b * Math.log1p(a / b) +
    HALF_LOG_TWO_PI -
    0.5 * Math.log((a / n) * b) +
    stirlingError(a) +
    stirlingError(b) -
    stirlingError(n)
  );
}
