import { byteAt, floatAt } from "./number-at.js";

/** What each unit would be worth with each variant, net of cost: means over any group are right whatever the baseline is. */
export interface PolicyScores {
  /** One list per variant, one score per unit. */
  readonly scores: readonly Float64Array[];
  readonly shares: readonly number[];
}

/**
 * Doubly robust scores: what the baseline expects with a variant, and for units that had it the rest, over its share.
 * @param variant   of each unit, as place in `costs` and `planned`
 * @param baseline  expected outcome whatever the variant, fitted without the unit
 * @param planned   share of each variant; undefined takes those that are there
 */
export function policyScores(
  {
    variant,
    outcome,
    baseline,
  }: {
    readonly variant: Uint8Array;
    readonly outcome: Float64Array;
    readonly baseline: Float64Array;
  },
  costs: readonly number[],
  planned: readonly number[] | undefined,
): PolicyScores {
  const n = variant.length;
  const sums = costs.map(() => 0);
  const counts = costs.map(() => 0);
  for (let i = 0; i < n; i++) {
    const arm = byteAt(variant, i);
    counts[arm] = (counts[arm] ?? 0) + 1;
    sums[arm] = (sums[arm] ?? 0) + floatAt(outcome, i) - floatAt(baseline, i);
  }
  const total = planned?.reduce((sum, each) => sum + each, 0) ?? n;
  const shares = costs.map((_, arm) => (planned ? (planned[arm] ?? 0) : (counts[arm] ?? 0)) / total);
  const scores = costs.map((cost, arm) => {
    const level = (sums[arm] ?? 0) / Math.max(1, counts[arm] ?? 0);
    const share = shares[arm] ?? 1;
    const own = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const expected = floatAt(baseline, i) + level;
      const rest = byteAt(variant, i) === arm ? (floatAt(outcome, i) - expected) / share : 0;
      own[i] = expected + rest - cost;
    }
    return own;
  });
  return { scores, shares };
}
