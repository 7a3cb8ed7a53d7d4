import { addOuterProduct, cholesky, packedIndex, packedLength, solve } from "../linear/index.js";
import type { CodedAttribute } from "./attribute.js";
import { byteAt, floatAt } from "./number-at.js";

const folds = 5;
const mostColumns = 48;

/** Columns of a baseline: numbers standardized, and the bins of the others, the first left out; where many, those that tell most. */
function columnsOf(attributes: readonly CodedAttribute[], outcome: Float64Array): readonly Float64Array[] {
  const n = outcome.length;
  let mean = 0;
  for (const y of outcome) mean += y / n;
  const columns = attributes.flatMap(({ codes, bins, numbers }): Float64Array[] =>
    numbers
      ? [numbers]
      : Array.from({ length: bins - 1 }, (_, bin) =>
          Float64Array.from(codes, (code) => (code === bin + 1 ? 1 : 0)),
        ),
  );
  return columns
    .map((column) => {
      let [sum, squares, cross] = [0, 0, 0];
      for (let i = 0; i < n; i++) {
        const x = floatAt(column, i);
        sum += x;
        squares += x * x;
        cross += x * (floatAt(outcome, i) - mean);
      }
      const center = sum / n;
      const variance = squares / n - center * center;
      return {
        column,
        center,
        scale: Math.sqrt(Math.max(variance, 0)),
        told: variance > 0 ? (cross * cross) / variance : 0,
      };
    })
    .filter(({ scale }) => scale > 1e-12)
    .sort((a, b) => b.told - a.told)
    .slice(0, mostColumns)
    .map(({ column, center, scale }) => column.map((x) => (x - center) / scale));
}

/**
 * What each unit's outcome was to be expected as, whatever its variant: ridge regression on the attributes, fitted without
 * the unit's own fold. It only takes noise away: effects are right whether or not it is.
 * @param fold  of each unit, below 5: units that belong together in the same
 */
export function baselineOf(
  attributes: readonly CodedAttribute[],
  outcome: Float64Array,
  fold: Uint8Array,
): Float64Array {
  const columns = columnsOf(attributes, outcome);
  const size = columns.length + 1;
  const grams = Array.from({ length: folds }, () => new Float64Array(packedLength(size)));
  const moments = Array.from({ length: folds }, () => new Float64Array(size));
  const row = new Float64Array(size);
  row[0] = 1;
  const fill = (i: number) => {
    for (let j = 1; j < size; j++) row[j] = floatAt(columns[j - 1] ?? row, i);
  };
  for (let i = 0; i < outcome.length; i++) {
    fill(i);
    const [gram, moment] = [grams[byteAt(fold, i)], moments[byteAt(fold, i)]];
    if (!gram || !moment) continue;
    addOuterProduct(gram, row, 1);
    for (let j = 0; j < size; j++) moment[j] = floatAt(moment, j) + floatAt(row, j) * floatAt(outcome, i);
  }
  const coefficients = grams.map((_, left) => {
    const gram = new Float64Array(packedLength(size));
    const moment = new Float64Array(size);
    grams.forEach((own, k) => {
      if (k === left) return;
      for (let j = 0; j < gram.length; j++) gram[j] = floatAt(gram, j) + floatAt(own, j);
      for (let j = 0; j < size; j++) moment[j] = floatAt(moment, j) + floatAt(moments[k] ?? moment, j);
    });
    gram[0] = Math.max(1e-9, floatAt(gram, 0));
    for (let j = 1; j < size; j++) {
      const at = packedIndex(j, j);
      gram[at] = floatAt(gram, at) + 10;
    }
    return solve(cholesky(gram, size), moment);
  });
  return Float64Array.from(outcome, (_, i) => {
    fill(i);
    const own = coefficients[byteAt(fold, i)] ?? row;
    let sum = 0;
    for (let j = 0; j < size; j++) sum += floatAt(own, j) * floatAt(row, j);
    return sum;
  });
}
