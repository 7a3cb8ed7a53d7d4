import { once } from "../../../core/once.js";
import {
  type NumberRange,
  numberProblem,
  out_of_range,
  type Problem,
  problem,
  wrong_length,
} from "../../../errors/index.js";
import { packedLength } from "../../../linear/symmetric.js";
import type { Sums } from "../reward-model.js";
import { mergeBlocks } from "./block-sums.js";

// A block of cells is [length of what is folded, folded: n, Σ r, packed H, target; then for each cell: n, Σ r, count of
// entries, (index, code) an entry]: contexts whose encoded numbers round to the same codes are one cell. Zeros are left
// out; cells are sorted by their text. Folded cells are a log-likelihood's quadratic, target·θ − θᵀHθ/2.

/** Codes are sixteenths. */
export const CELL_UNIT = 1 / 16;
const LARGEST_CODE = 2_147_483_648;

/** Rewards of one arm in one rounded context. */
export interface Cell {
  readonly n: number;
  readonly sum: number;
  /** Places that are not zero, ascending, and their codes. */
  readonly indices: readonly number[];
  readonly codes: readonly number[];
}

/** What a block holds. */
export interface Cells {
  /** [n, Σ r, packed H, target], or empty. */
  readonly folded: readonly number[];
  readonly cells: ReadonlyMap<string, Cell>;
}

/** Length of what is folded, for u coefficients. */
export const foldedLength = (u: number): number => 2 + packedLength(u) + u;

const keyOf = ({ indices, codes }: Cell): string => indices.map((index, i) => `${index}:${codes[i]}`).join();

/** Puts a cell into a map, joined with what is there. */
function put(cells: Map<string, Cell>, cell: Cell): void {
  const key = keyOf(cell);
  const present = cells.get(key);
  cells.set(key, present ? { ...cell, n: cell.n + present.n, sum: cell.sum + present.sum } : cell);
}

/** The cells of a block, read once. */
export const cellsOf = (block: readonly number[]): Cells =>
  once(block, () => {
    const cells = new Map<string, Cell>();
    const start = 1 + (block[0] ?? 0);
    for (let at = start; at < block.length; ) {
      const count = block[at + 2]!;
      const entries = block.slice(at + 3, at + 3 + 2 * count);
      put(cells, {
        n: block[at]!,
        sum: block[at + 1]!,
        indices: entries.filter((_, i) => i % 2 === 0),
        codes: entries.filter((_, i) => i % 2 === 1),
      });
      at += 3 + 2 * count;
    }
    return { folded: block.slice(1, start), cells };
  });

/** The block of cells and of what is folded. */
export function blockOf({ folded, cells }: Cells): readonly number[] {
  const block = [folded.length, ...folded];
  for (const key of [...cells.keys()].sort()) {
    const { n, sum, indices, codes } = cells.get(key)!;
    if (n === 0) continue;
    block.push(n, sum, indices.length);
    for (let i = 0; i < indices.length; i++) block.push(indices[i]!, codes[i]!);
  }
  return block;
}

/** What is folded in both. */
export const joinFolded = (a: readonly number[], b: readonly number[]): readonly number[] =>
  mergeBlocks(a.length > 0 ? [a] : [], b.length > 0 ? [b] : []).flat();

/** The cells of both blocks, and what is folded in both. */
export function joinCells(a: readonly number[], b: readonly number[]): readonly number[] {
  const [x, y] = [cellsOf(a), cellsOf(b)];
  const cells = new Map(x.cells);
  for (const cell of y.cells.values()) put(cells, cell);
  return blockOf({ folded: joinFolded(x.folded, y.folded), cells });
}

/** The cell of one reward, with the features `u` from `first` on. */
export function rewardCell(u: Float64Array, first: number, reward: number): Cell {
  const indices: number[] = [];
  const codes: number[] = [];
  for (let i = first; i < u.length; i++) {
    const code = Math.round(u[i]! / CELL_UNIT);
    if (code === 0) continue;
    indices.push(i - first);
    codes.push(code);
  }
  return { n: 1, sum: reward, indices, codes };
}

/** A block with more cells in. */
export function addCells(block: readonly number[], added: readonly Cell[]): readonly number[] {
  const { folded, cells } = cellsOf(block);
  const all = new Map(cells);
  for (const cell of added) put(all, cell);
  return blockOf({ folded, cells: all });
}

/** A block whose rewards weigh `factor` times as much. */
export function scaleCells(block: readonly number[], factor: number): readonly number[] {
  const { folded, cells } = cellsOf(block);
  const scaled = new Map<string, Cell>();
  cells.forEach((cell, key) => {
    scaled.set(key, { ...cell, n: cell.n * factor, sum: cell.sum * factor });
  });
  return blockOf({ folded: factor > 0 ? folded.map((value) => value * factor) : [], cells: scaled });
}

/** How many rewards a block holds. */
export function cellCount(block: readonly number[]): number {
  const { folded, cells } = cellsOf(block);
  let count = folded[0] ?? 0;
  for (const { n } of cells.values()) count += n;
  return count;
}

/** A range, and whether a number at a place of a block is in it; if not, that becomes a problem. */
type Check = (place: number, range: NumberRange) => boolean;

/** Checks what is folded: a count, a sum within it, and a matrix that squares of features could add up to. */
function checkFolded(block: readonly number[], u: number, check: Check): void {
  check(1, { atLeast: 0, atMost: Number.MAX_SAFE_INTEGER });
  check(2, { atLeast: 0, atMost: (block[1] ?? 0) * (1 + 1e-9) });
  const square = (i: number) => block[3 + packedLength(i + 1) - 1] ?? 0;
  for (let i = 0, at = 3; i < u; i++)
    for (let j = 0; j <= i; j++, at++) {
      const most = Math.sqrt(square(i)) * Math.sqrt(square(j)) * (1 + 1e-9);
      check(at, i === j ? { atLeast: 0 } : { atLeast: -most, atMost: most });
    }
  for (let i = 0; i < u; i++) check(3 + packedLength(u) + i, {});
}

/**
 * What is wrong with blocks of cells from outside.
 * @param actions  how many blocks there have to be
 * @param u        how many coefficients an arm has
 * @param size     how many features a cell may have
 */
export function cellProblems(sums: Sums, actions: number, u: number, size: number): Problem[] {
  if (sums.length !== actions)
    return [problem({ wrong_length }, ["sums"], sums.length, { expected: { length: actions } })];
  return sums.flatMap((block, i) => {
    const problems: Problem[] = [];
    const number: Check = (place, range) => {
      const found = numberProblem(block[place], ["sums", i, place], range);
      if (found) problems.push(found);
      return !found;
    };
    const folded = block[0];
    if (folded !== 0 && !number(0, { atLeast: foldedLength(u), atMost: foldedLength(u) })) return problems;
    if (folded) checkFolded(block, u, number);
    for (let at = 1 + (folded ?? 0); at < block.length; ) {
      number(at, { atLeast: 0, atMost: Number.MAX_SAFE_INTEGER });
      // Rounding of many fractional rewards may overshoot.
      number(at + 1, { atLeast: 0, atMost: (block[at] ?? 0) * (1 + 1e-9) });
      const room = Math.floor((block.length - at - 3) / 2);
      if (!number(at + 2, { atLeast: 0, atMost: Math.max(0, Math.min(size, room)), whole: true })) break;
      const end = at + 3 + 2 * block[at + 2]!;
      let least = 0;
      for (let entry = at + 3; entry < end; entry += 2) {
        number(entry, { atLeast: least, atMost: size - 1, whole: true });
        if (
          number(entry + 1, { atLeast: -LARGEST_CODE, atMost: LARGEST_CODE, whole: true }) &&
          !block[entry + 1]
        )
          problems.push(problem({ out_of_range }, ["sums", i, entry + 1], 0, { expected: { above: 0 } }));
        least = block[entry]! + 1;
      }
      at = end;
    }
    return problems;
  });
}
