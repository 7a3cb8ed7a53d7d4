import { addOuterProduct, cholesky, packedIndex, packedLength, solve } from "../linear/index.js";
import type { CodedAttribute } from "./attribute.js";
import { byteAt, floatAt, placeAt, shortAt } from "./number-at.js";

const folds = 5;
const mostColumns = 48;
/** Units that a fit of so few columns learns from, at most. */
export const mostLearned = 200_000;

/** A column of a regression: a number, or whether a unit is in a bin. */
interface Column {
  readonly of: CodedAttribute;
  /** Undefined where the attribute's number is meant. */
  readonly bin: number | undefined;
  readonly center: number;
  readonly scale: number;
}

const cellOf = ({ of, bin }: Pick<Column, "of" | "bin">, i: number): number =>
  bin === undefined ? shortAt(of.numbers ?? new Float32Array(0), i) : byteAt(of.codes, i) === bin ? 1 : 0;

/** What a column sums to, in squares, and with the outcome less its mean. */
interface Sums {
  sum: number;
  squares: number;
  cross: number;
}

function numberSums(numbers: Float32Array, units: Int32Array, centered: Float64Array): Sums {
  let [sum, squares, cross] = [0, 0, 0];
  for (let k = 0; k < units.length; k++) {
    const x = shortAt(numbers, placeAt(units, k));
    sum += x;
    squares += x * x;
    cross += x * floatAt(centered, k);
  }
  return { sum, squares, cross };
}

/** Of whether a unit is in each bin. */
function binSums(
  { codes, bins }: CodedAttribute,
  units: Int32Array,
  centered: Float64Array,
): readonly Sums[] {
  const [counts, crosses] = [new Float64Array(bins), new Float64Array(bins)];
  for (let k = 0; k < units.length; k++) {
    const bin = byteAt(codes, placeAt(units, k));
    counts[bin] = floatAt(counts, bin) + 1;
    crosses[bin] = floatAt(crosses, bin) + floatAt(centered, k);
  }
  return Array.from(counts, (count, bin) => ({ sum: count, squares: count, cross: floatAt(crosses, bin) }));
}

/** Columns, standardized: numbers, and the bins of other attributes, the first left out; where many, those that tell most. */
function columnsOf(
  attributes: readonly CodedAttribute[],
  outcome: Float64Array,
  units: Int32Array,
): readonly Column[] {
  const n = units.length;
  let mean = 0;
  for (let k = 0; k < n; k++) mean += floatAt(outcome, placeAt(units, k)) / n;
  const centered = new Float64Array(n);
  for (let k = 0; k < n; k++) centered[k] = floatAt(outcome, placeAt(units, k)) - mean;
  return attributes
    .flatMap((of): (Pick<Column, "of" | "bin"> & Sums)[] =>
      of.numbers
        ? [{ of, bin: undefined, ...numberSums(of.numbers, units, centered) }]
        : binSums(of, units, centered)
            .map((sums, bin) => ({ of, bin, ...sums }))
            .slice(1),
    )
    .map(({ of, bin, sum, squares, cross }) => {
      const center = sum / n;
      const variance = squares / n - center * center;
      const told = variance > 0 ? (cross * cross) / variance : 0;
      return { of, bin, center, scale: Math.sqrt(Math.max(variance, 0)), told };
    })
    .filter(({ scale }) => scale > 1e-12)
    .sort((a, b) => b.told - a.told)
    .slice(0, mostColumns);
}

/** Some of the units, evenly, where they are more than so many. */
export function atMost(units: Int32Array, most: number): Int32Array {
  if (units.length <= most) return units;
  return Int32Array.from({ length: most }, (_, k) => placeAt(units, Math.floor((k * units.length) / most)));
}

/**
 * Ridge regression on the attributes, for each fold fitted on the units of the others: what each unit's outcome was to be
 * expected as.
 * @param units    places to learn from and to tell of
 * @param fold     of each unit, below 5: units that belong together in the same
 * @param penalty  on the squares of the coefficients of standardized columns
 */
export function ridgeOf(
  attributes: readonly CodedAttribute[],
  outcome: Float64Array,
  { units, fold, penalty }: { units: Int32Array; fold: Uint8Array; penalty: number },
): Float64Array {
  const expected = new Float64Array(outcome.length);
  for (let held = 0; held < folds; held++) {
    const others = units.filter((i) => byteAt(fold, i) !== held);
    const learned = atMost(others, mostLearned);
    const columns = columnsOf(attributes, outcome, learned);
    const size = columns.length + 1;
    const row = new Float64Array(size);
    row[0] = 1;
    const fill = (i: number) => {
      for (let j = 1; j < size; j++) {
        const column = columns[j - 1];
        row[j] = column ? (cellOf(column, i) - column.center) / column.scale : 0;
      }
    };
    const gram = new Float64Array(packedLength(size));
    const moment = new Float64Array(size);
    for (const i of learned) {
      fill(i);
      addOuterProduct(gram, row, 1);
      for (let j = 0; j < size; j++) moment[j] = floatAt(moment, j) + floatAt(row, j) * floatAt(outcome, i);
    }
    gram[0] = Math.max(1e-9, floatAt(gram, 0));
    for (let j = 1; j < size; j++) {
      const at = packedIndex(j, j);
      gram[at] = floatAt(gram, at) + penalty;
    }
    const own = solve(cholesky(gram, size), moment);
    for (const i of units) {
      if (byteAt(fold, i) !== held) continue;
      fill(i);
      let sum = 0;
      for (let j = 0; j < size; j++) sum += floatAt(own, j) * floatAt(row, j);
      expected[i] = sum;
    }
  }
  return expected;
}

/** What each unit's outcome was to be expected as, whatever its variant. It only takes noise away: effects are right whether or not it is. */
export function baselineOf(
  attributes: readonly CodedAttribute[],
  outcome: Float64Array,
  fold: Uint8Array,
): Float64Array {
  const units = Int32Array.from(outcome.keys());
  return ridgeOf(attributes, outcome, { units, fold, penalty: 10 });
}
