import {
  type ErrorPath,
  ExperimentError,
  type NumberRange,
  not_finite,
  numberProblem,
  type Problem,
  problem,
  wrong_length,
} from "../../../errors/index.js";
import type { Learned, Sums } from "../reward-model.js";

/**
 * Sums with rewards in, copying only the blocks that change.
 * @param add      adds a reward to its block, in place
 * @param indexOf  the block a reward goes to; default its arm's
 */
export function learnBlocks(
  sums: Sums,
  rewards: readonly Learned[],
  add: (block: number[], reward: Learned) => void,
  indexOf = ({ arm }: Learned): number => arm,
): Sums {
  const next = sums.slice() as number[][];
  for (const reward of rewards) {
    const i = indexOf(reward);
    if (next[i] === sums[i]) next[i] = next[i]!.slice();
    add(next[i]!, reward);
  }
  return next;
}

/** The blocks of both, combined pairwise; blocks that only one has are kept. */
export function mergeBlocks(
  a: Sums,
  b: Sums,
  combine = (x: readonly number[], y: readonly number[]): readonly number[] =>
    x.map((value, i) => value + y[i]!),
): Sums {
  const [long, short] = a.length < b.length ? [b, a] : [a, b];
  return long.map((block, i) => (short[i] ? combine(block, short[i]) : block));
}

/** Blocks with every number multiplied. */
export function scaleBlocks(sums: Sums, factor: number): Sums {
  return sums.map((block) => block.map((value) => value * factor));
}

/**
 * What is wrong with sums from outside: a shape other than that of `empty`, or an entry that is not a number or is out of range.
 * @param range  what a number may be, by place in its block; default: 0 or more
 */
export function blockProblems(
  sums: Sums,
  empty: Sums,
  range: (place: number) => NumberRange = () => ({ atLeast: 0 }),
): Problem[] {
  const lengths = (given: number, length: number, path: ErrorPath) =>
    given === length ? [] : [problem({ wrong_length }, path, given, { expected: { length } })];
  const wrong = lengths(sums.length, empty.length, ["sums"]);
  if (wrong[0]) return wrong;
  return sums.flatMap((block, i) => [
    ...lengths(block.length, empty[i]!.length, ["sums", i]),
    ...block.flatMap((value, j) => numberProblem(value, ["sums", i, j], range(j)) ?? []),
  ]);
}

/**
 * Sums in which every number is finite: rewards or contexts may be too large to be summed. Only new blocks are looked at.
 * @throws ExperimentError `not_finite` at ["sums", i]
 */
export function finiteSums(sums: Sums, before: Sums): Sums {
  sums.forEach((block, i) => {
    if (block !== before[i] && !block.every(Number.isFinite))
      throw new ExperimentError({ not_finite }, ["sums", i], block);
  });
  return sums;
}
