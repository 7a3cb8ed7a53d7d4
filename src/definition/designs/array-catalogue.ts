import { type DifferenceScheme, differenceSchemes, groupSum } from "./difference-schemes.js";
import { paleyRows, plackettBurmanRows, sylvesterRows } from "./hadamard.js";

/** One column of an orthogonal array. */
export interface ArrayColumn {
  readonly levels: number;
  readonly values: readonly number[];
}

/** Columns in which every two hold every pair of levels equally often; the first run holds zeros only. */
export type OrthogonalColumns = readonly ArrayColumn[];

function columnsOf(rows: readonly (readonly number[])[]): ArrayColumn[] {
  return (rows[0] as readonly number[]).map((_, j) => {
    const values = rows.map((row) => row[j] as number);
    return { levels: Math.max(...values) + 1, values };
  });
}

/** One column of m levels beside c columns of s levels, in m · s runs, from an m × c scheme. */
function grown({ levels, rows }: DifferenceScheme): ArrayColumn[] {
  return columnsOf(
    rows.flatMap((row, i) =>
      Array.from({ length: levels }, (_, add) => [i, ...row.map((value) => groupSum(levels, value, add))]),
    ),
  );
}

const digits = (lines: string) => lines.split(/\s+/).map((line) => [...line].map(Number));

/** L12(3 × 2⁴) and L20(5 × 2⁸), found by search among columns balanced within each level of the first. */
const searched = [
  "00000 01001 00110 01111 11101 10011 10100 11010 20111 21010 20001 21100",
  `000000000 011110110 000111011 011001101 110011001 101110101 101000010 110101110 211101000 200010111
   210100011 201011100 311011011 301100001 300001110 310110100 400101101 401111010 410010000 411000111`,
];

/** Without the constant first column of a normalized Hadamard matrix. */
const withoutMean = (rows: readonly (readonly number[])[]) => rows.map((row) => row.slice(1));

let catalogue: readonly OrthogonalColumns[] | undefined;

/**
 * The arrays everything else is made of, 4 to 36 runs; made on first use.
 * @returns the arrays, fewest runs first
 */
export function parentArrays(): readonly OrthogonalColumns[] {
  if (catalogue) return catalogue;
  const twelve = plackettBurmanRows(12);
  const hadamard12 = twelve.map((row) => [0, ...row]);
  const parents = [
    ...[4, 8, 16, 32].map((order) => columnsOf(withoutMean(sylvesterRows(order)))),
    ...[12, 20, 24].map((runs) => columnsOf(plackettBurmanRows(runs))),
    ...[13, 17].map((q) => columnsOf(withoutMean(paleyRows(q)))),
    ...differenceSchemes(hadamard12).map(grown),
    ...searched.map((lines) => columnsOf(digits(lines))),
  ];
  catalogue = parents.sort((a, b) => runsOf(a) - runsOf(b));
  return catalogue;
}

/**
 * The number of runs of an array.
 * @param array  its columns
 * @returns the length of every column
 */
export function runsOf(array: OrthogonalColumns): number {
  return array[0]?.values.length ?? 0;
}

/** Arrays of as many runs as a column has levels, by which it can be replaced: from the catalogue, or full factorials. */
function replacements(levels: number): OrthogonalColumns[] {
  const parents = parentArrays().filter((array) => runsOf(array) === levels);
  const products: OrthogonalColumns[] = [];
  for (let a = 2; a * a <= levels; a++) {
    if (levels % a > 0) continue;
    const b = levels / a;
    const runs = Array.from({ length: levels }, (_, i) => [Math.floor(i / b), i % b]);
    products.push(columnsOf(runs));
  }
  return [...parents, ...products];
}

/**
 * Fits numbers of levels into an array, replacing columns of many levels by several of fewer where needed.
 * @param array   an orthogonal array
 * @param demand  how many columns of each number of levels are wanted
 * @returns an orthogonal array with at least the wanted columns, or nothing if it cannot be made this way
 */
export function fitted(
  array: OrthogonalColumns,
  demand: ReadonlyMap<number, number>,
): OrthogonalColumns | undefined {
  const missing = new Map(demand);
  const kept: ArrayColumn[] = [];
  const spare: ArrayColumn[] = [];
  for (const column of array) {
    const wanted = missing.get(column.levels) ?? 0;
    if (wanted > 0) missing.set(column.levels, wanted - 1);
    (wanted > 0 ? kept : spare).push(column);
  }
  const rest = new Map([...missing].filter(([, count]) => count > 0));
  if (rest.size === 0) return [...kept, ...spare];
  const i = spare.findIndex(({ levels }) => replacements(levels).length > 0);
  const column = spare[i];
  if (!column) return undefined;
  const others = spare.filter((_, at) => at !== i);
  for (const replacement of replacements(column.levels)) {
    const finer = replacement.map(({ levels, values }) => ({
      levels,
      values: column.values.map((value) => values[value] as number),
    }));
    const found = fitted([...others, ...finer], rest);
    if (found) return [...kept, ...found];
  }
  return undefined;
}
