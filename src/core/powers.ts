// `**` and `Math.pow` differ in the last bit between versions of V8, even x³; products, exp and log do not.

/** @returns x² */
export const square = (x: number): number => x * x;

/** @returns x³ */
export const cube = (x: number): number => x * x * x;

/**
 * A power of a positive number, the same on every version of V8.
 * @param base      ≥ 0
 * @param exponent  any; of base 0: > 0
 * @returns baseᵉˣᵖᵒⁿᵉⁿᵗ, to a relative error of about |exponent · log base| · 2⁻⁵³
 */
export const power = (base: number, exponent: number): number => Math.exp(exponent * Math.log(base));

/**
 * A power of two, exactly.
 * @param exponent  integer ≥ −1023
 * @returns 2ᵉˣᵖᵒⁿᵉⁿᵗ
 */
export function powerOfTwo(exponent: number): number {
  let result = 1;
  for (let i = Math.abs(exponent); i > 0 && Number.isFinite(result); i--) result *= 2;
  return exponent < 0 ? 1 / result : result;
}
