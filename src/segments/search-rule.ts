import type { CodedAttribute, Literal } from "./attribute.js";
import { type CodeTable, histogramsOf, passedBy, type TableTest } from "./code-table.js";
import { byteAt, floatAt, placeAt } from "./number-at.js";

/** A conjunction of tests. */
export interface Rule {
  readonly literals: readonly Literal[];
}

interface Candidate extends Rule {
  readonly key: string;
  readonly z: number;
  /** Units that pass, as places. */
  readonly units: Int32Array;
}

/** What the search may do. */
export interface SearchLimits {
  readonly depth: number;
  /** Units that a segment, and the rest, must have. */
  readonly least: number;
}

/** Rules of each length that are made longer. */
const beam = 24;
const longBeam = 12;

/** The units that pass a test. */
function passing(units: Int32Array, codes: Uint8Array, bins: readonly boolean[]): Int32Array {
  const passes = Uint8Array.from(bins, Number);
  const found = new Int32Array(units.length);
  let count = 0;
  for (let k = 0; k < units.length; k++) {
    const i = placeAt(units, k);
    found[count] = i;
    count += byteAt(passes, byteAt(codes, i));
  }
  return found.slice(0, count);
}

const keyOf = (literals: readonly Literal[]): string =>
  literals
    .map(({ condition }) => JSON.stringify(condition))
    .sort()
    .join();

interface Extension {
  readonly parent: Candidate | undefined;
  readonly attribute: CodedAttribute;
  readonly literal: Literal;
  readonly z: number;
}

/** Keeps the best few of many. */
class Best {
  readonly kept: Extension[] = [];
  #least = 0;

  offer(parent: Candidate | undefined, { attribute, literal }: TableTest, z: number): void {
    if (Math.abs(z) <= this.#least) return;
    this.kept.push({ parent, attribute, literal, z });
    if (this.kept.length < 8 * beam) return;
    this.trim();
  }

  trim(): void {
    this.kept.sort((a, b) => Math.abs(b.z) - Math.abs(a.z));
    this.kept.length = Math.min(this.kept.length, 4 * beam);
    this.#least = Math.abs(this.kept.at(-1)?.z ?? 0);
  }
}

/**
 * The rule whose units differ most from all others of those given: a beam search over conjunctions, histograms of scores by
 * bin at each step. A longer rule has to differ by as much more as the best of so many longer ones would by chance.
 * @param units   places of the units to learn from
 * @param scores  of each unit; their mean over any group is the effect in it
 * @returns undefined where no rule has units enough
 */
export function searchRule(
  table: CodeTable,
  units: Int32Array,
  scores: Float64Array,
  { depth, least }: SearchLimits,
): Rule | undefined {
  const n = units.length;
  let [total, squares] = [0, 0];
  for (let k = 0; k < n; k++) total += floatAt(scores, placeAt(units, k));
  const mean = total / n;
  for (let k = 0; k < n; k++) {
    const d = floatAt(scores, placeAt(units, k)) - mean;
    squares += d * d;
  }
  const deviation = Math.sqrt(squares / n);
  if (!(deviation > 0)) return undefined;
  const zOf = (count: number, sum: number) =>
    // (mean inside − mean outside) over its standard error is (mean inside − mean of all) √(n count / rest).
    ((sum / count - mean) * Math.sqrt((n * count) / (n - count))) / deviation;
  const tests = table.tests.length;
  let parents: readonly (Candidate | undefined)[] = [undefined];
  let found: Candidate | undefined;
  let foundScore = 0;
  let choices = 1;
  for (let level = 1; level <= depth; level++) {
    choices *= tests / level;
    const best = new Best();
    for (const parent of parents) {
      const own = parent?.units ?? units;
      const histograms = histogramsOf(table, own, scores);
      for (const test of table.tests) {
        const { count, sum } = passedBy(test, histograms);
        if (count < least || n - count < least || count === parent?.units.length) continue;
        best.offer(parent, test, zOf(count, sum));
      }
    }
    best.trim();
    const next = new Map<string, Candidate>();
    for (const { parent, attribute, literal, z } of best.kept) {
      if (next.size >= beam) break;
      const literals = [...(parent?.literals ?? []), literal];
      const key = keyOf(literals);
      if (next.has(key)) continue;
      const members = passing(parent?.units ?? units, attribute.codes, literal.bins);
      next.set(key, { literals, key, z, units: members });
    }
    for (const candidate of next.values()) {
      // Of a rule and its opposite, that of the larger effect says it.
      const size = Math.abs(candidate.z) + (candidate.z > 0 ? 1e-6 : 0);
      const score = size * size - 2 * Math.log(choices);
      if (!found || score > foundScore) [found, foundScore] = [candidate, score];
    }
    parents = [...next.values()].slice(0, level === 1 ? beam : longBeam);
    if (parents.length === 0) break;
  }
  return found && { literals: found.literals };
}

/** @returns whether each unit passes every test of a rule */
export function membersOf(
  rule: Rule,
  attributes: ReadonlyMap<string, CodedAttribute>,
  n: number,
): Uint8Array {
  const members = new Uint8Array(n).fill(1);
  for (const { attribute, bins } of rule.literals) {
    const codes = attributes.get(attribute)?.codes ?? new Uint8Array(n);
    for (let i = 0; i < n; i++) if (!bins[byteAt(codes, i)]) members[i] = 0;
  }
  return members;
}
