import { type NumberRange, numberProblem, type Problem } from "../../../errors/index.js";
import { addOuterProduct, packedLength } from "../../../linear/symmetric.js";
import type { Sums } from "../reward-model.js";
import { blockProblems } from "./block-sums.js";

// A regression block is [n, Σ r², packed XᵀX, Xᵀr].

/** Sums of many numbers may be off by this part. */
const ROUNDING = 1e-9;

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

/**
 * What is wrong with regression blocks from outside, numbers that no features and rewards can add up to among it.
 * @param constant  whether the first of the d features is 1, so that its square adds up to n
 */
export function regressionProblems(sums: Sums, empty: Sums, d: number, constant: boolean): Problem[] {
  const square = (i: number) => 2 + packedLength(i + 1) - 1;
  const squares = new Set(Array.from({ length: d }, (_, i) => square(i)));
  const problems = blockProblems(sums, empty, (place) =>
    place < 2 || squares.has(place) ? { atLeast: 0 } : {},
  );
  if (problems.length > 0) return problems;
  sums.forEach((block, arm) => {
    const holds = (place: number, range: NumberRange) => {
      const found = numberProblem(block[place], ["sums", arm, place], range);
      if (found) problems.push(found);
    };
    const within = (place: number, most: number) => holds(place, { atLeast: -most, atMost: most });
    const root = (place: number) => Math.sqrt(block[place]!) * (1 + ROUNDING);
    holds(0, { atLeast: 0, atMost: Number.MAX_SAFE_INTEGER });
    const n = block[0]!;
    if (constant) holds(square(0), { atLeast: n * (1 - ROUNDING), atMost: n * (1 + ROUNDING) });
    for (let i = 0, at = 2; i < d; i++) {
      for (let j = 0; j <= i; j++, at++) within(at, root(square(i)) * root(square(j)));
      const cross = 2 + packedLength(d) + i;
      within(cross, root(square(i)) * root(1));
    }
  });
  return problems;
}
