import { cholesky, invertLower, solve } from "../linear/cholesky.js";
import { packedLength } from "../linear/symmetric.js";

/** Numbers of coefficients: rewards are x·δ + z·γ, where each arm has a δ of its own and all share γ. */
export interface Terms {
  /** Length of x. */
  readonly own: number;
  /** Length of z. */
  readonly shared: number;
}

/** What is known of one arm's own coefficients. */
export interface ArmFit {
  /** Posterior means of δ. */
  readonly own: Float64Array;
  /** Packed L⁻¹, where L Lᵀ = XᵀX + precision: `noise`·|L⁻¹x|² is the variance of x·δ given γ. */
  readonly inverseFactor: Float64Array;
  /** ZᵀX·(XᵀX + precision)⁻¹, row by row: how δ moves with γ. */
  readonly link: Float64Array;
  /** Noise variance. */
  readonly noise: number;
}

/** A fitted regression over arms: a joint normal belief about all coefficients. */
export interface SharedFit {
  readonly terms: Terms;
  readonly arms: readonly ArmFit[];
  /** Posterior means of γ. */
  readonly shared: Float64Array;
  /** Packed Cholesky factor of the posterior precision of γ. */
  readonly factor: Float64Array;
}

/**
 * Ridge regression over arms: one joint Bayesian regression, solved by eliminating each arm's own coefficients first, so
 * that its cost grows with the number of arms, not with its cube.
 * @param blocks           one per arm: [n, Σ r², packed uuᵀ, u·r] over u = (x, z)
 * @param noise            noise variance of each arm
 * @param ownPrecision     prior precision of each coefficient of each arm's δ, > 0
 * @param sharedPrecision  prior precision of γ, > 0
 * @returns the posterior
 */
export function fitShared(
  blocks: readonly ArrayLike<number>[],
  terms: Terms,
  noise: ArrayLike<number>,
  ownPrecision: readonly ArrayLike<number>[],
  sharedPrecision: ArrayLike<number>,
): SharedFit {
  const { own: d, shared: s } = terms;
  const moments = 2 + packedLength(d + s);
  const cross = (i: number) => 2 + packedLength(d + i);
  const precision = new Float64Array(packedLength(s));
  const target = new Float64Array(s);
  for (let i = 0, at = 0; i < s; i++, at += i + 1) precision[at] = sharedPrecision[i]!;
  const arms = blocks.map((block, arm): ArmFit => {
    const weight = 1 / noise[arm]!;
    const matrix = new Float64Array(packedLength(d));
    for (let i = 0; i < matrix.length; i++) matrix[i] = block[2 + i]!;
    for (let i = 0, at = 0; i < d; i++, at += i + 1) matrix[at]! += noise[arm]! * ownPrecision[arm]![i]!;
    const factor = cholesky(matrix, d);
    const own = new Float64Array(d);
    for (let i = 0; i < d; i++) own[i] = block[moments + i]!;
    solve(factor, own, own);
    const link = new Float64Array(s * d);
    for (let i = 0; i < s; i++) {
      const row = link.subarray(i * d, i * d + d);
      for (let j = 0; j < d; j++) row[j] = block[cross(i) + j]!;
      solve(factor, row, row);
    }
    // The Schur complement: what is known of γ once δ is eliminated.
    for (let i = 0, at = 0; i < s; i++) {
      let sum = block[moments + d + i]!;
      for (let j = 0; j < d; j++) sum -= link[i * d + j]! * block[moments + j]!;
      target[i]! += weight * sum;
      for (let l = 0; l <= i; l++) {
        let entry = block[cross(i) + d + l]!;
        for (let j = 0; j < d; j++) entry -= link[i * d + j]! * block[cross(l) + j]!;
        precision[at++]! += weight * entry;
      }
    }
    return { own, inverseFactor: invertLower(factor, d), link, noise: noise[arm]! };
  });
  const factor = cholesky(precision, s);
  const shared = solve(factor, target);
  for (const { own, link } of arms)
    for (let k = 0; k < s; k++) for (let i = 0; i < d; i++) own[i]! -= link[k * d + i]! * shared[k]!;
  return { terms, arms, shared, factor };
}
