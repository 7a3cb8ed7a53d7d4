import type { Condition } from "../../core/condition.js";
import { shortBetween } from "../attribute.js";
import { byteAt, floatAt, placeAt } from "../number-at.js";

/** A column that a tree may ask for: NaN where unknown, which passes no test. */
export interface TreeColumn {
  readonly attribute: string;
  readonly values: Float64Array;
}

/** Whether a column is at least a cut. */
interface Ask {
  readonly column: number;
  readonly cut: number;
}

interface Leaf {
  readonly units: Int32Array;
  /** Tests on the way, and whether they hold. */
  readonly path: readonly (readonly [Ask, boolean])[];
}

/** A tree's leaf: the label that most of its units have, and the tests that lead there. */
export interface LabelLeaf {
  readonly label: number;
  readonly path: Leaf["path"];
}

/** Share of all units that a test must tell apart better than chance, to be made. */
const leastGain = 1 / 200;

/** n × Gini impurity of counts. */
function impurity(counts: Float64Array, n: number): number {
  let squares = 0;
  for (const count of counts) squares += count * count;
  return n === 0 ? 0 : n - squares / n;
}

/** Every cut of every column is tried. */
function bestSplit(
  { units }: Leaf,
  columns: readonly TreeColumn[],
  labels: Uint8Array,
  { kinds, least }: { readonly kinds: number; readonly least: number },
) {
  const all = new Float64Array(kinds);
  for (const i of units) all[byteAt(labels, i)] = floatAt(all, byteAt(labels, i)) + 1;
  const before = impurity(all, units.length);
  let best: { readonly ask: Ask; readonly gain: number } | undefined;
  for (const [column, { values }] of columns.entries()) {
    const known = units.filter((i) => !Number.isNaN(floatAt(values, i)));
    const sorted = known.sort((a, b) => floatAt(values, b) - floatAt(values, a));
    const above = new Float64Array(kinds);
    const below = all.slice();
    for (let k = 0; k + 1 < sorted.length; k++) {
      const [i, next] = [placeAt(sorted, k), placeAt(sorted, k + 1)];
      const label = byteAt(labels, i);
      above[label] = floatAt(above, label) + 1;
      below[label] = floatAt(below, label) - 1;
      const [high, low] = [floatAt(values, i), floatAt(values, next)];
      if (high === low || k + 1 < least || units.length - k - 1 < least) continue;
      const gain = before - impurity(above, k + 1) - impurity(below, units.length - k - 1);
      if (gain > (best?.gain ?? 0))
        best = { ask: { column, cut: shortBetween(low, (low + high) / 2) }, gain };
    }
  }
  return best;
}

interface Labelled extends Leaf, LabelLeaf {}

/** Two halves of one test that have the same label are one leaf. */
function joined(leaves: readonly Labelled[]): readonly Labelled[] {
  for (const [k, one] of leaves.entries()) {
    const last = one.path.at(-1)?.[0];
    const other = leaves.findIndex(
      ({ label, path }, at) =>
        at > k && label === one.label && last !== undefined && path.at(-1)?.[0] === last,
    );
    if (other < 0) continue;
    const whole = { ...one, path: one.path.slice(0, -1) };
    return joined(leaves.map((leaf, at) => (at === k ? whole : leaf)).filter((_, at) => at !== other));
  }
  return leaves;
}

/**
 * A tree of tests that tells labels apart, the most telling test first.
 * @param columns         of the units that it is learned from
 * @param limits.kinds    how many labels there are
 * @param limits.leaves   at most
 * @param limits.least    units of a leaf
 */
export function labelTree(
  columns: readonly TreeColumn[],
  labels: Uint8Array,
  limits: { readonly kinds: number; readonly leaves: number; readonly least: number },
): readonly LabelLeaf[] {
  const open: Leaf[] = [{ units: Int32Array.from(labels.keys()), path: [] }];
  const splits = open.map((leaf) => bestSplit(leaf, columns, labels, limits));
  while (open.length < limits.leaves) {
    let at = -1;
    for (const [k, split] of splits.entries())
      if (split && split.gain > (splits[at]?.gain ?? labels.length * leastGain)) at = k;
    const [leaf, split] = [open[at], splits[at]];
    if (!leaf || !split) break;
    const { column, cut } = split.ask;
    const values = columns[column]?.values ?? new Float64Array();
    const parts = [true, false].map((holds) => ({
      units: leaf.units.filter((i) => floatAt(values, i) >= cut === holds),
      path: [...leaf.path, [split.ask, holds] as const],
    }));
    open.splice(at, 1, ...parts);
    splits.splice(at, 1, ...parts.map((part) => bestSplit(part, columns, labels, limits)));
  }
  return joined(
    open.map(({ units, path }) => {
      const counts = new Float64Array(limits.kinds);
      for (const i of units) counts[byteAt(labels, i)] = floatAt(counts, byteAt(labels, i)) + 1;
      return { label: counts.indexOf(Math.max(...counts)), units, path };
    }),
  );
}

/** @returns whether a unit is in a leaf */
export const isIn = ({ path }: LabelLeaf, columns: readonly TreeColumn[], i: number): boolean =>
  path.every(([{ column, cut }, holds]) => (columns[column]?.values[i] ?? Number.NaN) >= cut === holds);

/**
 * A leaf as an audience says it: bounds of one attribute become one test; where some values are unknown, these are below.
 * @returns undefined for the only leaf, which everyone is in
 */
export function leafCondition({ path }: LabelLeaf, columns: readonly TreeColumn[]): Condition | undefined {
  const hasUnknown = (attribute: string) =>
    columns.some((column) => column.attribute === attribute && column.values.some(Number.isNaN));
  const tests = new Map<string, { gte?: number; below?: number }>();
  for (const [{ column, cut }, holds] of path) {
    const attribute = columns[column]?.attribute ?? "";
    const known = tests.get(attribute) ?? {};
    if (holds) known.gte = Math.max(known.gte ?? -Infinity, cut);
    else known.below = Math.min(known.below ?? Infinity, cut);
    tests.set(attribute, known);
  }
  const all = [...tests].map(([attribute, { gte, below }]): Condition => {
    if (gte === undefined && below !== undefined && hasUnknown(attribute))
      return { not: { attribute, gte: below } };
    return {
      attribute,
      ...(gte === undefined ? {} : { gte }),
      ...(below === undefined ? {} : { lt: below }),
    };
  });
  const [only, other] = all;
  return other === undefined ? only : { all };
}
