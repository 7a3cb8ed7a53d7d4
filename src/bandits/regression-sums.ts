import type { Problem } from "../core/experiment-error.js";
import { addOuterProduct, packedLength } from "../linear/symmetric.js";
import { blockProblems } from "./block-sums.js";
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
