import { argument } from "./argument.js";

const HALF_LOG_TWO_PI = 0.9189385332046727;

const POSITIVE = { above: 0 };
const finite = (value: number, name: string) =>
  argument(value, name, value > 0 && value < Infinity, POSITIVE);

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
 * The error of Stirling's formula: log Γ(x + 1) − [(x + ½) log x − x + ½ log 2π]. Formulas in which large gamma
 * functions cancel stay accurate when they are written with it.
 * @param x  positive, finite
 * @returns the error: positive, falling in x, about 1 / (12 x) for large x
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"]
 * @source Stieltjes' continued fraction, DLMF 5.10.1, after shifting x to 6 or more
 * @example
 * stirlingError(10); // 0.008331
 */
export function stirlingError(x: number): number {
  finite(x, "x");
  let shift = 0;
  let y = x;
  for (; y < 6; y++) shift += (y + 0.5) * Math.log1p(1 / y) - 1;
  let error = 0;
  for (const coefficient of STIELTJES) error = coefficient / (y + error);
  return shift + error;
}

/**
 * log Γ(1 + z) for |z| ≤ ½ with full relative accuracy at its zero: Stirling's formula at 6 + z less that at 6,
 * every term of the difference found without cancellation.
 */
function logGammaOnePlus(z: number): number {
  let there = 0;
  let here = 0;
  let change = 0;
  for (const coefficient of STIELTJES) {
    there = 6 + z + there;
    here += 6;
    change = (-coefficient * (z + change)) / (there * here);
    there = coefficient / there;
    here = coefficient / here;
  }
  let log = 6.5 * Math.log1p(z / 6) + z * (Math.log(6 + z) - 1) + change;
  for (let j = 1; j < 7; j++) log -= Math.log1p(z / j);
  return log;
}

/**
 * Natural logarithm of the gamma function.
 * @param x  positive, finite
 * @returns log Γ(x), relative error about 1e-14, also beside its zeros at 1 and 2
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"]
 * @source Stirling's formula, its error by Stieltjes' continued fraction (DLMF 5.10.1)
 * @checked test/reference/distributions.json — mpmath 1.2.1, 50 digits
 * @example
 * logGamma(171); // 706.6
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
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["a"] or ["b"]
 * @source Stirling's formula with its error by Stieltjes' continued fraction, DLMF 5.10.1
 * @example
 * logBeta(2, 3); // -2.485
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
