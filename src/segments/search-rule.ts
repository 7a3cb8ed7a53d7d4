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
  readonly count: number;
  /** What its last test is of, and the shorter rule that it was added to. */
  readonly attribute: CodedAttribute;
  readonly parent: Node;
}

/** Units that a rule leaves, and how they spread over the bins of all attributes. */
interface Node {
  readonly units: Int32Array;
  readonly histograms: Float64Array;
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

/** The units whose bins are marked. */
function passing(units: Int32Array, codes: Uint8Array, passes: Uint8Array): Int32Array {
  const found = new Int32Array(units.length);
  let count = 0;
  for (let k = 0; k < units.length; k++) {
    const i = placeAt(units, k);
    found[count] = i;
    count += byteAt(passes, byteAt(codes, i));
  }
  return found.slice(0, count);
}

/** Bins that the same literals accept, and how many units are in them. */
interface Part {
  readonly accepted: readonly boolean[];
  readonly bins: Uint8Array;
}

/** Bins of an attribute, those together that no literal tells apart. */
function partsOf(attribute: CodedAttribute, literals: readonly Literal[]): readonly Part[] {
  const parts = new Map<string, Part>();
  for (let bin = 0; bin < attribute.bins; bin++) {
    const accepted = literals.map(({ bins }) => bins[bin] === true);
    const part = parts.get(accepted.join()) ?? { accepted, bins: new Uint8Array(attribute.bins) };
    part.bins[bin] = 1;
    parts.set(accepted.join(), part);
  }
  return [...parts.values()];
}

/**
 * Histograms of the units that pass each of some tests of one attribute. The units of every part of its bins are counted once,
 * those of the largest part not at all: they are what is left of all.
 */
function childrenOf(
  table: CodeTable,
  scores: Float64Array,
  { units, histograms }: Node,
  { attribute, literals }: { readonly attribute: CodedAttribute; readonly literals: readonly Literal[] },
): readonly Float64Array[] {
  const parts = partsOf(attribute, literals).map((part) => ({
    ...part,
    units: passing(units, attribute.codes, part.bins),
  }));
  parts.sort((a, b) => a.units.length - b.units.length);
  const largest = parts.pop();
  const rest = histograms.slice();
  const told = parts.map((part) => {
    const own = histogramsOf(table, part.units, scores);
    for (let j = 0; j < rest.length; j++) rest[j] = floatAt(rest, j) - floatAt(own, j);
    return { accepted: part.accepted, own };
  });
  if (largest) told.push({ accepted: largest.accepted, own: rest });
  return literals.map((_, l) => {
    const sums = new Float64Array(rest.length);
    for (const { accepted, own } of told)
      if (accepted[l]) for (let j = 0; j < sums.length; j++) sums[j] = floatAt(sums, j) + floatAt(own, j);
    return sums;
  });
}

/** The nodes of some rules: those that add a test of one attribute to the same shorter rule are counted together. */
function nodesOf(
  table: CodeTable,
  scores: Float64Array,
  candidates: readonly Candidate[],
): ReadonlyMap<Candidate, Node> {
  const nodes = new Map<Candidate, Node>();
  const groups = new Map<Node, Map<CodedAttribute, Candidate[]>>();
  for (const candidate of candidates) {
    const { parent, attribute } = candidate;
    const own = groups.get(parent) ?? new Map<CodedAttribute, Candidate[]>();
    groups.set(parent, own);
    own.set(attribute, [...(own.get(attribute) ?? []), candidate]);
  }
  for (const [parent, byAttribute] of groups)
    for (const [attribute, group] of byAttribute) {
      const literals = group.flatMap((each) => each.literals.slice(-1));
      const found = childrenOf(table, scores, parent, { attribute, literals });
      group.forEach((candidate, l) => {
        const passes = Uint8Array.from(literals[l]?.bins ?? [], Number);
        let units: Int32Array | undefined;
        nodes.set(candidate, {
          histograms: found[l] ?? parent.histograms,
          // Only rules that are made longer once more need their units.
          get units() {
            units ??= passing(parent.units, attribute.codes, passes);
            return units;
          },
        });
      });
    }
  return nodes;
}

const keyOf = (literals: readonly Literal[]): string =>
  literals
    .map(({ condition }) => JSON.stringify(condition))
    .sort()
    .join();

interface Extension {
  readonly parent: Candidate | undefined;
  readonly node: Node;
  readonly test: TableTest;
  readonly count: number;
  readonly z: number;
}

/** Keeps the best few of many. */
class Best {
  readonly kept: Extension[] = [];
  #least = 0;

  offer(extension: Extension): void {
    if (Math.abs(extension.z) <= this.#least) return;
    this.kept.push(extension);
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
  let parents = new Map<Candidate | undefined, Node>([
    [undefined, { units, histograms: histogramsOf(table, units, scores) }],
  ]);
  let found: Candidate | undefined;
  let foundScore = 0;
  let choices = 1;
  for (let level = 1; level <= depth; level++) {
    choices *= tests / level;
    const best = new Best();
    for (const [parent, node] of parents)
      for (const test of table.tests) {
        const { count, sum } = passedBy(test, node.histograms);
        if (count < least || n - count < least || count === parent?.count) continue;
        best.offer({ parent, node, test, count, z: zOf(count, sum) });
      }
    best.trim();
    const next = new Map<string, Candidate>();
    for (const { parent, node, test, count, z } of best.kept) {
      if (next.size >= beam) break;
      const literals = [...(parent?.literals ?? []), test.literal];
      const key = keyOf(literals);
      if (!next.has(key)) next.set(key, { literals, key, z, count, attribute: test.attribute, parent: node });
    }
    for (const candidate of next.values()) {
      // Of a rule and its opposite, that of the larger effect says it.
      const size = Math.abs(candidate.z) + (candidate.z > 0 ? 1e-6 : 0);
      const score = size * size - 2 * Math.log(choices);
      if (!found || score > foundScore) [found, foundScore] = [candidate, score];
    }
    if (level === depth || next.size === 0) break;
    const longer = [...next.values()].slice(0, level === 1 ? beam : longBeam);
    parents = new Map<Candidate | undefined, Node>(nodesOf(table, scores, longer));
  }
  return found && { literals: found.literals };
}

/** @returns whether each unit passes every test of a rule */
export function membersOf(rule: Rule, attributes: readonly CodedAttribute[], n: number): Uint8Array {
  const members = new Uint8Array(n).fill(1);
  for (const { attribute, bins } of rule.literals) {
    const codes = attributes.find(({ name }) => name === attribute)?.codes ?? new Uint8Array(n);
    const passes = Uint8Array.from(bins, Number);
    for (let i = 0; i < n; i++) members[i] = byteAt(members, i) & byteAt(passes, byteAt(codes, i));
  }
  return members;
}
