import type { Condition } from "../core/condition.js";
import type { CodedAttribute, Literal } from "./attribute.js";
import { byteAt, floatAt, placeAt } from "./number-at.js";

/** One variant for all. */
interface Leaf {
  readonly arm: number;
  readonly total: number;
}
interface Branch {
  readonly literal: Literal;
  readonly pass: PolicyTree;
  readonly fail: PolicyTree;
  readonly total: number;
}

/** Tests one after the other on the way to a variant. */
export type PolicyTree = Leaf | Branch;

/** Attributes that the exact search takes, by its depth: those by which a single test gains most. */
const mostAttributes: Readonly<Record<TreeDepth, number>> = { 2: 25, 3: 10 };

/** Tests on the way to a variant, at most. */
export type TreeDepth = 2 | 3;

function largest(sums: Float64Array | readonly number[]): readonly [arm: number, sum: number] {
  let [arm, most] = [0, -Infinity];
  sums.forEach((sum, k) => {
    if (sum > most) [arm, most] = [k, sum];
  });
  return [arm, most];
}

/** Sums of the scores of each variant in the bins of two attributes. */
function sumPairs(
  units: Int32Array,
  a: CodedAttribute,
  b: CodedAttribute,
  scores: readonly Float64Array[],
): Float64Array {
  const arms = scores.length;
  const sums = new Float64Array(a.bins * b.bins * arms);
  scores.forEach((own, arm) => {
    for (let k = 0; k < units.length; k++) {
      const i = placeAt(units, k);
      const at = (byteAt(a.codes, i) * b.bins + byteAt(b.codes, i)) * arms + arm;
      sums[at] = floatAt(sums, at) + floatAt(own, i);
    }
  });
  return sums;
}

/** The best single test on an attribute, from the sums of each variant in its bins. */
function bestSide(attribute: CodedAttribute, sums: Float64Array, arms: number): PolicyTree {
  const all = Array.from({ length: arms }, (_, arm) => {
    let sum = 0;
    for (let bin = 0; bin < attribute.bins; bin++) sum += floatAt(sums, bin * arms + arm);
    return sum;
  });
  const [same, total] = largest(all);
  let best: PolicyTree = { arm: same, total };
  for (const literal of attribute.literals) {
    const inside = all.map((_, arm) =>
      literal.bins.reduce((sum, is, bin) => (is ? sum + floatAt(sums, bin * arms + arm) : sum), 0),
    );
    const [pass, own] = largest(inside);
    const [fail, rest] = largest(all.map((sum, arm) => sum - (inside[arm] ?? 0)));
    // A test has to gain something, or the shorter side stays.
    if (own + rest > best.total + 1e-9 * Math.abs(best.total))
      best = {
        literal,
        pass: { arm: pass, total: own },
        fail: { arm: fail, total: rest },
        total: own + rest,
      };
  }
  return best;
}

/** The attributes by which a single test gains most. */
function bestAttributes(
  attributes: readonly CodedAttribute[],
  units: Int32Array,
  { scores, most }: { readonly scores: readonly Float64Array[]; readonly most: number },
): readonly CodedAttribute[] {
  return attributes
    .map((attribute) => {
      const one = { ...attribute, bins: 1, codes: new Uint8Array(attribute.codes.length) };
      const { total } = bestSide(attribute, sumPairs(units, attribute, one, scores), scores.length);
      return { attribute, total };
    })
    .toSorted((a, b) => b.total - a.total)
    .slice(0, most)
    .map(({ attribute }) => attribute);
}

const leafOf = (units: Int32Array, scores: readonly Float64Array[]): Leaf => {
  const [arm, total] = largest(scores.map((own) => units.reduce((sum, i) => sum + floatAt(own, i), 0)));
  return { arm, total };
};

/** What a branch has to be worth to be taken in place of a shorter tree. */
const enough = ({ total }: PolicyTree) => total + 1e-9 * Math.abs(total);

/** Of two tests: every pair of them is tried. */
function treeOfTwo(
  attributes: readonly CodedAttribute[],
  units: Int32Array,
  scores: readonly Float64Array[],
): PolicyTree {
  const arms = scores.length;
  let best: PolicyTree = leafOf(units, scores);
  for (const a of attributes) {
    const sides = a.literals.map((): { pass?: PolicyTree; fail?: PolicyTree } => ({}));
    for (const b of attributes) {
      const sums = sumPairs(units, a, b, scores);
      a.literals.forEach((literal, l) => {
        const inside = new Float64Array(b.bins * arms);
        const outside = new Float64Array(b.bins * arms);
        for (let bin = 0; bin < a.bins; bin++) {
          const into = literal.bins[bin] ? inside : outside;
          const from = bin * b.bins * arms;
          for (let j = 0; j < into.length; j++) into[j] = floatAt(into, j) + floatAt(sums, from + j);
        }
        const own = sides[l];
        if (!own) return;
        const [pass, fail] = [bestSide(b, inside, arms), bestSide(b, outside, arms)];
        if (!own.pass || pass.total > own.pass.total) own.pass = pass;
        if (!own.fail || fail.total > own.fail.total) own.fail = fail;
      });
    }
    a.literals.forEach((literal, l) => {
      const { pass, fail } = sides[l] ?? {};
      if (pass && fail && pass.total + fail.total > enough(best))
        best = { literal, pass, fail, total: pass.total + fail.total };
    });
  }
  return best;
}

/**
 * The tree of depth 2 or 3 that is worth most on some units: every first test is tried, with the best tree of each of its sides.
 * @param units   places of the units to learn from
 * @param scores  of each variant, by unit: what it would be worth with it
 * @param depth   tests on the way to a variant, at most; of many attributes, 25 are tried at depth 2, and 10 at depth 3
 */
export function searchTree(
  attributes: readonly CodedAttribute[],
  units: Int32Array,
  scores: readonly Float64Array[],
  depth: TreeDepth = 2,
): PolicyTree {
  const kept = bestAttributes(attributes, units, { scores, most: mostAttributes[depth] });
  let best = treeOfTwo(kept, units, scores);
  if (depth === 2) return best;
  for (const { codes, literals } of kept)
    for (const literal of literals) {
      const isIn = (i: number) => literal.bins[byteAt(codes, i)] === true;
      const [inside, outside] = [units.filter(isIn), units.filter((i) => !isIn(i))];
      const [pass, fail] = [treeOfTwo(kept, inside, scores), treeOfTwo(kept, outside, scores)];
      const total = pass.total + fail.total;
      if (total > enough(best)) best = { literal, pass, fail, total };
    }
  return best;
}

/** The variant that a tree gives each unit. */
export function treeChoices(
  tree: PolicyTree,
  attributes: ReadonlyMap<string, CodedAttribute>,
  n: number,
): Uint8Array {
  const choices = new Uint8Array(n);
  const give = (part: PolicyTree, units: Int32Array): void => {
    if (!("literal" in part)) {
      for (const i of units) choices[i] = part.arm;
      return;
    }
    const { bins, attribute } = part.literal;
    const codes = attributes.get(attribute)?.codes ?? new Uint8Array(n);
    give(
      part.pass,
      units.filter((i) => bins[byteAt(codes, i)] === true),
    );
    give(
      part.fail,
      units.filter((i) => bins[byteAt(codes, i)] !== true),
    );
  };
  give(
    tree,
    Int32Array.from({ length: n }, (_, i) => i),
  );
  return choices;
}

/** Who gets which variant: the first rule that a unit meets counts. */
export interface RuleList {
  readonly rules: readonly { readonly when: Condition; readonly variant: string }[];
  /** Of those who meet none. */
  readonly otherwise: string;
}

/** A tree as rules, in order: who passes a test is done with when those who fail it are told. */
export function rulesOf(tree: PolicyTree, variants: readonly string[]): RuleList {
  const leaves: { readonly passed: readonly Condition[]; readonly variant: string }[] = [];
  const walk = (part: PolicyTree, passed: readonly Condition[]): void => {
    if (!("literal" in part)) {
      leaves.push({ passed, variant: variants[part.arm] ?? "" });
      return;
    }
    walk(part.pass, [...passed, part.literal.condition]);
    walk(part.fail, passed);
  };
  walk(tree, []);
  const rules = leaves.flatMap(({ passed, variant }) => {
    const [only, ...more] = passed;
    if (only === undefined) return [];
    return [{ when: more.length > 0 ? { all: passed } : only, variant }];
  });
  return { rules, otherwise: leaves.at(-1)?.variant ?? "" };
}
