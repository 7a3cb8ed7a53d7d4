import type { Alternative } from "../../core/estimate.js";
import { ExperimentError, too_many, unknown_name } from "../../errors/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkOptions } from "../inference/check-options.js";
import { alternativeFields } from "../inference/estimate-fields.js";
import { readAlternative } from "../inference/read-options.js";
import { normalTail, pValueOf } from "../inference/tail.js";
import { sortedValues } from "../quantiles/quantile.js";

/** Options of {@link mannWhitney}. */
export interface RankOptions {
  /** Default `"two-sided"`; `"greater"`: treatment values tend to be larger. */
  readonly alternative?: Alternative;
  /** Default: `"exact"` without ties up to 2,500 pairs, else `"asymptotic"`. */
  readonly method?: "exact" | "asymptotic";
}

const rankFields = {
  ...alternativeFields,
  method: { kind: "word", of: ["exact", "asymptotic"], optional: true },
} as const satisfies FieldsFor<RankOptions>;

/** What a rank test says. */
export interface RankResult {
  readonly method: "mann-whitney-exact" | "mann-whitney";
  /** Pairs in which the treatment value is larger, ties half. */
  readonly u: number;
  /** The same as a share of all pairs: the chance that a treatment value is the larger one. */
  readonly probability: number;
  readonly pValue: number;
}

/** Share of all splits that reach each U: subsets of the ranks counted one rank after the other, nothing subtracted. */
function distribution(smaller: number, larger: number): Float64Array {
  const size = smaller * larger + 1;
  const ways = Array.from({ length: smaller + 1 }, () => new Float64Array(size));
  (ways[0] as Float64Array)[0] = 1;
  for (let rank = 1; rank <= smaller + larger; rank++)
    for (let k = Math.min(rank, smaller); k >= 1; k--) {
      const gain = rank - k;
      const [to, from] = [ways[k] as Float64Array, ways[k - 1] as Float64Array];
      for (let u = gain; u < size; u++) to[u] = (to[u] as number) + (from[u - gain] as number);
    }
  const last = ways[smaller] as Float64Array;
  const total = last.reduce((a, b) => a + b, 0);
  return last.map((count) => count / total);
}

/**
 * Mann–Whitney (Wilcoxon rank-sum) test that neither arm's values tend to be larger.
 * @param control    one value per unit, finite, at least one
 * @param treatment  the same of the other arm
 * @param options    alternative; method: `"exact"` (no ties) or `"asymptotic"` (ties and continuity corrected)
 * @returns U of the treatment, the share of pairs it wins, pValue; 1 when all values are equal
 * @throws ExperimentError `insufficient_data` at [arm, "length"]; `not_finite` at [arm, i]; `unknown_key` at
 *         ["options", …]; `unknown_name` at ["options", "alternative"] or ["options", "method"], there for `"exact"` with
 *         ties too; `too_many` at ["pairs"] for `"exact"` beyond 10,000
 * @source Mann & Whitney (1947), Annals of Mathematical Statistics 18
 * @checked test/reference/ranks.json — SciPy 1.10.1, exact enumeration
 * @example
 * mannWhitney([1, 4, 5, 9], [6, 7, 11, 12, 15]).pValue; // 0.06349
 */
export function mannWhitney(
  control: ArrayLike<number>,
  treatment: ArrayLike<number>,
  options: RankOptions = {},
): RankResult {
  checkOptions(options, rankFields);
  const [a, b] = [sortedValues(control, ["control"]), sortedValues(treatment, ["treatment"])];
  const alternative = readAlternative(options);
  const [n0, n1] = [a.length, b.length];
  let [below, same, ties] = [0, 0, 0];
  let u = 0;
  for (const x of b) {
    while (below < n0 && (a[below] as number) < x) below++;
    same = Math.max(same, below);
    while (same < n0 && (a[same] as number) === x) same++;
    u += below + (same - below) / 2;
  }
  const all = Float64Array.from([...a, ...b]).sort();
  for (let i = 0; i < all.length; ) {
    let j = i;
    while (j < all.length && all[j] === all[i]) j++;
    const t = j - i;
    ties += t * t * t - t;
    i = j;
  }
  const pairs = n0 * n1;
  const exact = options.method ?? (ties === 0 && pairs <= 2500 ? "exact" : "asymptotic");
  if (exact === "exact") {
    if (ties > 0)
      throw new ExperimentError({ unknown_name }, ["options", "method"], "exact", { known: ["asymptotic"] });
    if (pairs > 10_000)
      throw new ExperimentError({ too_many }, ["pairs"], pairs, { expected: { atMost: 10_000 } });
    const ways = distribution(Math.min(n0, n1), Math.max(n0, n1));
    let [greater, less] = [0, 0];
    ways.forEach((share, value) => {
      if (value >= u) greater += share;
      if (value <= u) less += share;
    });
    const pValue =
      alternative === "greater" ? greater : alternative === "less" ? less : 2 * Math.min(greater, less);
    return { method: "mann-whitney-exact", u, probability: u / pairs, pValue: Math.min(1, pValue) };
  }
  const n = n0 + n1;
  const spread = Math.sqrt((pairs / 12) * (n + 1 - ties / (n * (n - 1))));
  if (!(spread > 0)) return { method: "mann-whitney", u, probability: u / pairs, pValue: 1 };
  const gap = u - pairs / 2;
  const corrected =
    alternative === "two-sided"
      ? Math.max(0, Math.abs(gap) - 0.5)
      : alternative === "greater"
        ? gap - 0.5
        : gap + 0.5;
  return {
    method: "mann-whitney",
    u,
    probability: u / pairs,
    pValue: pValueOf(corrected / spread, alternative, normalTail),
  };
}
