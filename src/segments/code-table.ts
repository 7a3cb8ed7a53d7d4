import type { CodedAttribute, Literal } from "./attribute.js";
import { byteAt, floatAt, placeAt } from "./number-at.js";

/** The bins of all attributes, unit after unit: one pass over some units then fills the histograms of all attributes. */
export interface CodeTable {
  readonly attributes: readonly CodedAttribute[];
  /** Of unit i and attribute a, at i × attributes + a: twice the place of its bin among the bins of all attributes. */
  readonly codes: Uint16Array;
  readonly bins: number;
  /** Every test of every attribute. */
  readonly tests: readonly TableTest[];
}

/** A test of an attribute of the table. */
export interface TableTest {
  readonly attribute: CodedAttribute;
  readonly literal: Literal;
  /** Where the bins that pass are in histograms. */
  readonly passing: Int32Array;
}

/** Units whose bins are copied at once: as many as stay in a processor's cache. */
const block = 256;

/** Every test of some attributes, and the first bin of each. */
export function testsOf(attributes: readonly CodedAttribute[]): Pick<CodeTable, "bins" | "tests"> & {
  readonly first: readonly number[];
} {
  const tests: TableTest[] = [];
  const first: number[] = [];
  let bins = 0;
  for (const attribute of attributes) {
    const start = bins;
    for (const literal of attribute.literals) {
      const passing = literal.bins.flatMap((is, bin) => (is ? [2 * (start + bin)] : []));
      tests.push({ attribute, literal, passing: Int32Array.from(passing) });
    }
    first.push(start);
    bins += attribute.bins;
  }
  return { tests, bins, first };
}

/** @param bytesOf  memory of so many bytes, where threads are to share it */
export function codeTableOf(
  attributes: readonly CodedAttribute[],
  n: number,
  bytesOf: (bytes: number) => ArrayBufferLike = (bytes) => new ArrayBuffer(bytes),
): CodeTable {
  const { tests, bins, first } = testsOf(attributes);
  const width = attributes.length;
  const codes = new Uint16Array(bytesOf(2 * n * width));
  for (let from = 0; from < n; from += block) {
    const to = Math.min(n, from + block);
    attributes.forEach((attribute, a) => {
      const start = first[a] ?? 0;
      for (let i = from; i < to; i++) codes[i * width + a] = 2 * (start + byteAt(attribute.codes, i));
    });
  }
  return { attributes, codes, bins, tests };
}

/**
 * How many of some units are in each bin, and the sum of their scores.
 * @returns of bin b, at 2b and 2b + 1
 */
export function histogramsOf(
  { attributes, codes, bins }: CodeTable,
  units: Int32Array,
  scores: Float64Array,
): Float64Array {
  const width = attributes.length;
  const found = new Float64Array(2 * bins);
  for (let k = 0; k < units.length; k++) {
    const i = placeAt(units, k);
    const score = floatAt(scores, i);
    const end = (i + 1) * width;
    for (let j = i * width; j < end; j++) {
      const at = codes[j] ?? 0;
      found[at] = floatAt(found, at) + 1;
      found[at + 1] = floatAt(found, at + 1) + score;
    }
  }
  return found;
}

/** How many units pass a test, and the sum of their scores, as `histogramsOf` gives them. */
export function passedBy({ passing }: TableTest, histograms: Float64Array): PassedSums {
  let count = 0;
  let sum = 0;
  for (let k = 0; k < passing.length; k++) {
    const at = placeAt(passing, k);
    count += floatAt(histograms, at);
    sum += floatAt(histograms, at + 1);
  }
  return { count, sum };
}

interface PassedSums {
  readonly count: number;
  readonly sum: number;
}
