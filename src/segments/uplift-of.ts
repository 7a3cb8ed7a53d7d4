import { ridgeOf } from "./baseline.js";
import { boostedOf } from "./boosted-trees.js";
import type { CodeTable } from "./code-table.js";
import { byteAt, floatAt } from "./number-at.js";

const folds = 5;

/** What one treatment is expected to bring each unit, by a fit that did not see it. */
export interface Uplift {
  /** As the learners say it: for ranks. */
  readonly ranked: Float64Array;
  /** As far from the mean as the other folds say that it may be trusted: for amounts. */
  readonly expected: Float64Array;
}

/**
 * Individual effects, cross-fitted: the mean of a ridge regression and of boosted trees, both of doubly robust scores, drawn to
 * the mean by the slope of scores on expectations in the other folds.
 * @param scores  of each unit: their mean over any group is the effect in it
 * @source Kennedy (2023), EJS 17, for regressions of doubly robust scores
 */
export function upliftOf(
  table: CodeTable,
  scores: Float64Array,
  { units, fold }: { readonly units: Int32Array; readonly fold: Uint8Array },
): Uplift {
  const lines = ridgeOf(table.attributes, scores, { units, fold, penalty: units.length / 100 });
  const trees = boostedOf(table, scores, { units, fold });
  const ranked = lines.map((line, i) => (line + floatAt(trees, i)) / 2);
  const expected = new Float64Array(scores.length);
  for (let held = 0; held < folds; held++) {
    let [n, mx, my] = [0, 0, 0];
    for (const i of units)
      if (byteAt(fold, i) !== held) {
        n++;
        mx += floatAt(ranked, i);
        my += floatAt(scores, i);
      }
    const [center, level] = [mx / n, my / n];
    let [xx, xy] = [0, 0];
    for (const i of units)
      if (byteAt(fold, i) !== held) {
        const x = floatAt(ranked, i) - center;
        xx += x * x;
        xy += x * (floatAt(scores, i) - level);
      }
    const slope = xx > 0 ? Math.max(0, Math.min(1, xy / xx)) : 0;
    for (const i of units)
      if (byteAt(fold, i) === held) expected[i] = level + slope * (floatAt(ranked, i) - center);
  }
  return { ranked, expected };
}
