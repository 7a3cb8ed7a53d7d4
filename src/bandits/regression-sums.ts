import type { Problem } from "../core/experiment-error.js";
import { cholesky, invertLower, solve } from "../linear/cholesky.js";
import { addOuterProduct, packedLength } from "../linear/symmetric.js";
import { blockProblems } from "./block-sums.js";
import { once } from "./known.js";
import type { Sums } from "./reward-model.js";

// A regression block is [n, Σ r², packed XᵀX, Xᵀr].

/** Length of the block of a regression on d numbers. */
export const regressionLength = (d: number): number => 2 + packedLength(d) + d;

/** Adds a reward with its features, in place. */
export function addRegression(block: number[], x: Float64Array, reward: number): void {
  block[0]! += 1;
  block[1]! += reward * reward;
  addOuterProduct(block, x, 1, 2);
  const at = 2 + packedLength(x.length);
  for (let i = 0; i < x.length; i++) block[at + i]! += x[i]! * reward;
}

/** What is wrong with regression blocks from outside. */
export function regressionProblems(sums: Sums, empty: Sums, d: number): Problem[] {
  const diagonal = new Set(Array.from({ length: d }, (_, i) => 2 + packedLength(i + 1) - 1));
  return blockProblems(sums, empty, (place) => (place < 2 || diagonal.has(place) ? 0 : -1 / 0));
}

/** A fitted ridge regression. */
export interface Fit {
  /** Rewards fitted. */
  readonly n: number;
  /** Packed inverse of the Cholesky factor L of the ridge plus XᵀX: |L⁻¹x|² is xᵀ(ridge + XᵀX)⁻¹x. */
  readonly inverseFactor: Float64Array;
  readonly coefficients: Float64Array;
  /** Residual sum of squares plus the ridge's penalty. */
  readonly loss: number;
}

/**
 * The ridge regression of a block.
 * @param ridge  what is added to the diagonal, one number a feature
 */
export function fitRegression(block: readonly number[], ridge: ArrayLike<number>): Fit {
  const d = ridge.length;
  const length = packedLength(d);
  const precision = Float64Array.from({ length }, (_, i) => block[2 + i]!);
  for (let i = 0, at = 0; i < d; i++, at += i + 1) precision[at]! += ridge[i]!;
  const factor = cholesky(precision, d);
  const target = block.slice(2 + length);
  const coefficients = solve(factor, target);
  let loss = block[1]!;
  for (let i = 0; i < d; i++) loss -= coefficients[i]! * target[i]!;
  return { n: block[0]!, inverseFactor: invertLower(factor, d), coefficients, loss: Math.max(0, loss) };
}

/** The fit of a block under one ridge for all features, worked out once a block: blocks never change. */
export const knownFit = (block: readonly number[], d: number, ridge: number): Fit =>
  once(block, () => fitRegression(block, new Float64Array(d).fill(ridge)));

/** Noise variance over several fits, worth one observation of `prior` at the start. */
export function noiseVariance(fits: readonly Fit[], prior: number): number {
  const n = fits.reduce((sum, fit) => sum + fit.n, 1);
  return fits.reduce((sum, fit) => sum + fit.loss, prior) / n;
}
