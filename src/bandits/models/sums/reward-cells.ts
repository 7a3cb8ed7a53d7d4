import { once } from "../../../core/once.js";
import { powerOfTwo } from "../../../core/powers.js";
import {
  type NumberRange,
  numberProblem,
  out_of_range,
  type Problem,
  problem,
  wrong_length,
} from "../../../errors/index.js";
import { murmur3 } from "../../../hash/murmur3.js";
import type { Sums } from "../reward-model.js";

// A block of cells is [level, then for each cell: n, Σ r, count of entries, (index, code) an entry]: contexts whose
// encoded numbers round to the same codes are one cell. Zeros are left out; cells are sorted by their text.

/** Codes are sixteenths at level 0, eighths at 1, quarters at 2; each level above halves the contexts kept. */
const PARTS = 16;
const COARSEST = 2;
const LARGEST_CODE = 2_147_483_648;
const HIGHEST = COARSEST + 31;

/** Rewards of one arm in one rounded context. */
export interface Cell {
  readonly n: number;
  readonly sum: number;
  /** Places that are not zero, ascending, and their codes. */
  readonly indices: readonly number[];
  readonly codes: readonly number[];
}

interface Cells {
  readonly level: number;
  readonly cells: ReadonlyMap<string, Cell>;
}

const keyOf = ({ indices, codes }: Cell): string => indices.map((index, i) => `${index}:${codes[i]}`).join();

/** A cell's rounded numbers: code times this. */
export const cellUnit = (level: number): number => (1 << Math.min(level, COARSEST)) / PARTS;

/** Puts a cell into a map, joined with what is there. */
function put(cells: Map<string, Cell>, cell: Cell): void {
  const key = keyOf(cell);
  const present = cells.get(key);
  cells.set(key, present ? { ...cell, n: cell.n + present.n, sum: cell.sum + present.sum } : cell);
}

/**
 * A cell as it is at a higher level, or undefined where the level does not keep it. Levels are nested (codes lose a bit,
 * towards zero; then contexts are kept by a threshold on their hash that halves), so what a set of cells becomes does
 * not depend on the order in which it was gathered.
 */
function raise(cell: Cell, from: number, to: number): Cell | undefined {
  const shift = Math.min(to, COARSEST) - Math.min(from, COARSEST);
  let raised = cell;
  if (shift > 0) {
    const indices: number[] = [];
    const codes: number[] = [];
    cell.codes.forEach((code, i) => {
      const coarse = Math.trunc(code / (1 << shift));
      if (coarse === 0) return;
      indices.push(cell.indices[i]!);
      codes.push(coarse);
    });
    raised = { ...cell, indices, codes };
  }
  return to <= COARSEST || murmur3(keyOf(raised), 0) >>> 0 < powerOfTwo(32 - (to - COARSEST))
    ? raised
    : undefined;
}

/** Brings cells to the lowest level, from `level` on, at which at most `most` are left. */
function settle(start: Cells, most: number): Cells {
  let { level, cells } = start;
  while (cells.size > most && level < HIGHEST) {
    const coarser = new Map<string, Cell>();
    for (const cell of cells.values()) {
      const raised = raise(cell, level, level + 1);
      if (raised) put(coarser, raised);
    }
    level += 1;
    cells = coarser;
  }
  return { level, cells };
}

/** The cells of a block, read once. */
export const cellsOf = (block: readonly number[]): Cells =>
  once(block, () => {
    const cells = new Map<string, Cell>();
    for (let at = 1; at < block.length; ) {
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
    return { level: block[0]!, cells };
  });

function blockOf({ level, cells }: Cells): readonly number[] {
  const block = [level];
  for (const key of [...cells.keys()].sort()) {
    const { n, sum, indices, codes } = cells.get(key)!;
    if (n === 0) continue;
    block.push(n, sum, indices.length);
    for (let i = 0; i < indices.length; i++) block.push(indices[i]!, codes[i]!);
  }
  return block;
}

/** The cells of both blocks, at the level that `most` asks for. */
export function mergeCells(a: readonly number[], b: readonly number[], most: number): readonly number[] {
  const [x, y] = [cellsOf(a), cellsOf(b)];
  const level = Math.max(x.level, y.level);
  const cells = new Map<string, Cell>();
  for (const side of [x, y]) {
    for (const cell of side.cells.values()) {
      const raised = raise(cell, side.level, level);
      if (raised) put(cells, raised);
    }
  }
  return blockOf(settle({ level, cells }, most));
}

/** The cell of one reward, with the features `u` from `first` on, at level 0. */
export function rewardCell(u: Float64Array, first: number, reward: number): Cell {
  const indices: number[] = [];
  const codes: number[] = [];
  for (let i = first; i < u.length; i++) {
    const code = Math.round(u[i]! * PARTS);
    if (code === 0) continue;
    indices.push(i - first);
    codes.push(code);
  }
  return { n: 1, sum: reward, indices, codes };
}

/** A block with more cells of level 0 in. */
export function addCells(block: readonly number[], added: readonly Cell[], most: number): readonly number[] {
  const { level, cells } = cellsOf(block);
  const all = new Map(cells);
  for (const cell of added) {
    const raised = raise(cell, 0, level);
    if (raised) put(all, raised);
  }
  return blockOf(settle({ level, cells: all }, most));
}

/** A block whose cells weigh `factor` times as much. */
export function scaleCells(block: readonly number[], factor: number): readonly number[] {
  const { level, cells } = cellsOf(block);
  const scaled = new Map<string, Cell>();
  cells.forEach((cell, key) => {
    scaled.set(key, { ...cell, n: cell.n * factor, sum: cell.sum * factor });
  });
  return blockOf({ level, cells: scaled });
}

/** How many rewards the cells of a block hold. */
export function cellCount(block: readonly number[]): number {
  let count = 0;
  for (const { n } of cellsOf(block).cells.values()) count += n;
  return count;
}

/**
 * What is wrong with blocks of cells from outside.
 * @param actions  how many blocks there have to be
 * @param size     how many features a cell may have
 */
export function cellProblems(sums: Sums, actions: number, size: number): Problem[] {
  if (sums.length !== actions)
    return [problem({ wrong_length }, ["sums"], sums.length, { expected: { length: actions } })];
  return sums.flatMap((block, i) => {
    const problems: Problem[] = [];
    const number = (place: number, range: NumberRange): boolean => {
      const found = numberProblem(block[place], ["sums", i, place], range);
      if (found) problems.push(found);
      return !found;
    };
    if (!number(0, { atLeast: 0, atMost: HIGHEST, whole: true })) return problems;
    for (let at = 1; at < block.length; ) {
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
