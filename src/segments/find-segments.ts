import type { CodeTable } from "./code-table.js";
import { contrastP, type HeldOut, heldOutOf } from "./held-out.js";
import { byteAt, floatAt, placeAt } from "./number-at.js";
import { membersOf, type Rule, type SearchLimits, searchRule } from "./search-rule.js";
import { type Split, unitsOf } from "./splits.js";

/** A rule that one split found, and what the units say that it did not see. */
interface Finding {
  readonly rule: Rule;
  readonly key: string;
  readonly members: Uint8Array;
  readonly pValue: number;
}

/** A segment that repeated splits agree on. */
export interface AgreedSegment {
  readonly rule: Rule;
  /** Rules of segments found before, whose units are not in it. */
  readonly without: readonly Rule[];
  /** Twice the median of the splits' p-values, where those that found another segment count as 1. */
  readonly pValue: number;
  /** Share of the splits that found it, or nearly it. */
  readonly support: number;
  readonly heldOut: HeldOut;
}

/** What the splits say together. */
export interface Agreement {
  /** Of "the effect is the same for everyone": twice the median over the splits. */
  readonly pValue: number;
  readonly splits: number;
  readonly segments: readonly AgreedSegment[];
}

/** From this share of common units on, two rules mean the same segment. */
const same = 0.8;
const mostCompared = 20_000;

/** Twice the median: a p-value, however the single ones depend on each other. */
function combinedP(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  // The upper of two middle ones, so that half of the splits at least say so.
  return Math.min(1, 2 * (sorted[sorted.length >> 1] ?? 1));
}

function overlap(a: Uint8Array, b: Uint8Array, units: Int32Array): number {
  const step = Math.max(1, Math.floor(units.length / mostCompared));
  let [both, either] = [0, 0];
  for (let k = 0; k < units.length; k += step) {
    const i = placeAt(units, k);
    const [inA, inB] = [byteAt(a, i), byteAt(b, i)];
    both += inA & inB;
    either += inA | inB;
  }
  return either === 0 ? 0 : both / either;
}

/** What the search reads. */
export interface Evidence {
  readonly table: CodeTable;
  /** Of each unit; their mean over any group is the effect in it. */
  readonly scores: Float64Array;
  readonly clusters: Int32Array | undefined;
  /** Places of the units that the scores are of. */
  readonly units: Int32Array;
}

/** For each split, the units that segments found before have taken. */
type Taken = readonly (Uint8Array | undefined)[];

/** A round of searches, one in each split. */
export interface SearchRound {
  readonly evidence: Evidence;
  readonly splits: readonly Split[];
  readonly taken: Taken;
  readonly limits: SearchLimits;
}

/** What one search found: tests of the table, and the p-value of the rule that they are together; null where no rule has units enough. */
export interface SplitFinding {
  readonly tests: readonly number[];
  readonly pValue: number;
}

const ruleOf = ({ tests }: CodeTable, found: SplitFinding): Rule => ({
  literals: found.tests.flatMap((place) => tests[place]?.literal ?? []),
});

/** Finds a rule on a split's training units and judges it on the others. */
export function searchSplit(
  { evidence: { table, scores, clusters, units }, limits }: Pick<SearchRound, "evidence" | "limits">,
  split: Split,
  gone: Uint8Array | undefined,
): SplitFinding | null {
  const open = (some: Int32Array) => (gone ? some.filter((i) => byteAt(gone, i) === 0) : some);
  const learned = open(unitsOf(split, units, "training"));
  const rule = searchRule(table, learned, scores, limits);
  if (!rule) return null;
  const members = membersOf(rule, table.attributes, scores.length);
  let [own, rest, owns, rests] = [0, 0, 0, 0];
  for (let k = 0; k < learned.length; k++) {
    const i = placeAt(learned, k);
    if (members[i] === 1) {
      own += floatAt(scores, i);
      owns++;
    } else {
      rest += floatAt(scores, i);
      rests++;
    }
  }
  const sign = own / owns > rest / rests ? 1 : -1;
  const judged = open(unitsOf(split, units, "heldOut"));
  return {
    tests: rule.literals.map((each) => table.tests.findIndex(({ literal }) => literal === each)),
    pValue: contrastP(scores, judged, members, sign, clusters),
  };
}

/** @returns what every split of a round finds, one after the other */
export const searchRound = (round: SearchRound): readonly (SplitFinding | null)[] =>
  round.splits.map((split, j) => searchSplit(round, split, round.taken[j]));

function findingOf({ table, scores }: Evidence, found: SplitFinding | null): Finding | undefined {
  if (!found) return undefined;
  const rule = ruleOf(table, found);
  const key = rule.literals
    .map(({ condition }) => JSON.stringify(condition))
    .sort()
    .join();
  return { rule, key, members: membersOf(rule, table.attributes, scores.length), pValue: found.pValue };
}

/** Rules this close to the one that is most like all others are as good; then the shortest is named, and the most frequent. */
const close = 0.9;

/** The finding that is most like all others. */
function mostLike(findings: readonly Finding[], units: Int32Array): Finding | undefined {
  const kinds = new Map<string, { readonly finding: Finding; count: number }>();
  for (const finding of findings) {
    const known = kinds.get(finding.key);
    if (known) known.count++;
    else kinds.set(finding.key, { finding, count: 1 });
  }
  const liked = [...kinds.values()].map((kind) => {
    let likeness = 0;
    for (const other of kinds.values())
      likeness += other.count * overlap(kind.finding.members, other.finding.members, units);
    return { ...kind, likeness };
  });
  const most = Math.max(...liked.map(({ likeness }) => likeness));
  const length = ({ rule }: Finding) => rule.literals.length;
  return liked
    .filter(({ likeness }) => likeness >= close * most)
    .sort((a, b) => length(a.finding) - length(b.finding) || b.count - a.count || b.likeness - a.likeness)[0]
    ?.finding;
}

/**
 * Counts how often each unit was held out inside, outside and elsewhere, over all splits: by the rule that the split found
 * where it is nearly the named one, else by the named one. Leaving the others out would leave out the splits whose held-out
 * units were good to it, since those that were bad to it in training are the others.
 */
function weightsOf(
  n: number,
  { splits, taken, evidence: { units } }: SearchRound,
  agreeing: readonly (Finding | undefined)[],
  best: Finding,
) {
  const [inside, outside, elsewhere] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  splits.forEach(({ part, held }, j) => {
    const { members } = agreeing[j] ?? best;
    const gone = taken[j];
    for (let k = 0; k < units.length; k++) {
      const i = placeAt(units, k);
      if (byteAt(part, i) !== held) continue;
      const list = gone?.[i] ? elsewhere : members[i] ? inside : outside;
      list[i] = floatAt(list, i) + 1;
    }
  });
  return { inside, outside, elsewhere };
}

/**
 * Finds segments one after the other, each among the units that those before have left: every split finds a rule on its
 * training units and judges it on the others. A segment is named where half of the splits found it and the held-out units of
 * each say that its effect differs; the next is only looked for after that, so that the error is that of all together.
 * Yields rounds of searches, and is told what they found: who searches, and where, is the caller's to say.
 * @param alpha  of the whole family
 * @param cost   of treating a unit
 */
export function* findSegments(
  evidence: Evidence,
  splits: readonly Split[],
  {
    alpha,
    most,
    cost,
    ...limits
  }: SearchLimits & { readonly alpha: number; readonly most: number; readonly cost: number },
): Generator<SearchRound, Agreement, readonly (SplitFinding | null)[]> {
  const { scores, units, clusters } = evidence;
  const segments: AgreedSegment[] = [];
  let taken: Taken = splits.map(() => undefined);
  let overall = 1;
  while (segments.length < most) {
    const round: SearchRound = { evidence, splits, taken, limits };
    const findings = (yield round).map((each) => findingOf(evidence, each));
    const pValue = combinedP(findings.map((each) => each?.pValue ?? 1));
    if (segments.length === 0) overall = pValue;
    if (pValue > alpha) break;
    const found = findings.filter((each) => each !== undefined);
    const best = mostLike(found, units);
    if (!best) break;
    const agreeing = findings.map((each) =>
      each && overlap(each.members, best.members, units) >= same ? each : undefined,
    );
    const named = combinedP(agreeing.map((each) => each?.pValue ?? 1));
    if (named > alpha) break;
    const weights = weightsOf(scores.length, round, agreeing, best);
    const before = segments.map(({ rule }) => rule);
    segments.push({
      ...{ rule: best.rule, without: before },
      pValue: Math.max(named, segments.at(-1)?.pValue ?? 0),
      support: agreeing.filter((each) => each !== undefined).length / splits.length,
      heldOut: heldOutOf(scores, weights, cost, clusters),
    });
    taken = taken.map((gone, j) => {
      const own = findings[j];
      if (!own) return gone;
      return gone ? gone.map((each, i) => each | byteAt(own.members, i)) : own.members;
    });
  }
  return { pValue: overall, splits: splits.length, segments };
}
