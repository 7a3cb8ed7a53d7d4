import type { Condition } from "../core/condition.js";
import type { CodedAttribute, Literal } from "./attribute.js";
import { byteAt, floatAt, placeAt } from "./number-at.js";

/** A side of a tree: one variant for all, or two by a test. */
interface Side {
  /** Absent where all get the same. */
  readonly literal?: Literal;
  /** Variant of those who pass, and of the others. */
  readonly pass: number;
  readonly fail: number;
  readonly total: number;
}

/** A tree of at most two tests on the way to a variant. */
export interface PolicyTree {
  readonly root?: Literal;
  readonly pass: Side;
  readonly fail: Side;
  readonly total: number;
}

/** Attributes that the exact search takes: those by which a single test gains most. */
const mostAttributes = 25;

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
function bestSide(attribute: CodedAttribute, sums: Float64Array, arms: number): Side {
  const all = Array.from({ length: arms }, (_, arm) => {
    let sum = 0;
    for (let bin = 0; bin < attribute.bins; bin++) sum += floatAt(sums, bin * arms + arm);
    return sum;
  });
  const [same, total] = largest(all);
  let best: Side = { pass: same, fail: same, total };
  for (const literal of attribute.literals) {
    const inside = all.map((_, arm) =>
      literal.bins.reduce((sum, is, bin) => (is ? sum + floatAt(sums, bin * arms + arm) : sum), 0),
    );
    const [pass, own] = largest(inside);
    const [fail, rest] = largest(all.map((sum, arm) => sum - (inside[arm] ?? 0)));
    // A test has to gain something, or the shorter side stays.
    if (own + rest > best.total + 1e-9 * Math.abs(best.total))
      best = { literal, pass, fail, total: own + rest };
  }
  return best;
}

/**
 * The tree of depth 2 that is worth most on some units: every pair of tests is tried.
 * @param units   places of the units to learn from
 * @param scores  of each variant, by unit: what it would be worth with it
 */
export function searchTree(
  attributes: readonly CodedAttribute[],
  units: Int32Array,
  scores: readonly Float64Array[],
): PolicyTree {
  const arms = scores.length;
  const gains = attributes.map((attribute) => {
    const sums = sumPairs(
      units,
      attribute,
      { ...attribute, bins: 1, codes: new Uint8Array(attribute.codes.length) },
      scores,
    );
    return { attribute, side: bestSide(attribute, sums, arms) };
  });
  const kept = gains
    .toSorted((a, b) => b.side.total - a.side.total)
    .slice(0, mostAttributes)
    .map(({ attribute }) => attribute);
  const totals = scores.map((own) => units.reduce((sum, i) => sum + floatAt(own, i), 0));
  const [same, total] = largest(totals);
  const leaf: Side = { pass: same, fail: same, total };
  let best: PolicyTree = { pass: leaf, fail: leaf, total };
  for (const a of kept) {
    const sides = a.literals.map((): { pass?: Side; fail?: Side } => ({}));
    for (const b of kept) {
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
    a.literals.forEach((root, l) => {
      const { pass, fail } = sides[l] ?? {};
      if (pass && fail && pass.total + fail.total > best.total + 1e-9 * Math.abs(best.total))
        best = { root, pass, fail, total: pass.total + fail.total };
    });
  }
  return best;
}

/** The variant that a tree gives each unit. */
export function treeChoices(
  tree: PolicyTree,
  attributes: ReadonlyMap<string, CodedAttribute>,
  n: number,
): Uint8Array {
  const passes = (literal: Literal | undefined, i: number) =>
    literal === undefined ||
    literal.bins[byteAt(attributes.get(literal.attribute)?.codes ?? new Uint8Array(n), i)] === true;
  return Uint8Array.from({ length: n }, (_, i) => {
    const side = passes(tree.root, i) ? tree.pass : tree.fail;
    return passes(side.literal, i) ? side.pass : side.fail;
  });
}

/** Who gets which variant: the first rule that a unit meets counts. */
export interface RuleList {
  readonly rules: readonly { readonly when: Condition; readonly variant: string }[];
  /** Of those who meet none. */
  readonly otherwise: string;
}

/** A tree as rules, in order. */
export function rulesOf(tree: PolicyTree, variants: readonly string[]): RuleList {
  const name = (arm: number) => variants[arm] ?? "";
  const both = (a: Condition | undefined, b: Condition | undefined): Condition[] => {
    if (a && b) return [{ all: [a, b] }];
    return a ? [a] : b ? [b] : [];
  };
  const ruleOf = (side: Side, root: Condition | undefined) => {
    if (!side.literal) return root ? [{ when: root, variant: name(side.pass) }] : [];
    const rest = root ? [{ when: root, variant: name(side.fail) }] : [];
    return [
      ...both(root, side.literal.condition).map((when) => ({ when, variant: name(side.pass) })),
      ...rest,
    ];
  };
  const rules = [
    ...(tree.root ? ruleOf(tree.pass, tree.root.condition) : []),
    ...(tree.fail.literal ? [{ when: tree.fail.literal.condition, variant: name(tree.fail.pass) }] : []),
  ];
  return { rules, otherwise: name(tree.fail.fail) };
}
