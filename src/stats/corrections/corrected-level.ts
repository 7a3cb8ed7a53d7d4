import { requireNumber, requireWord } from "../../errors/index.js";
import { correctionNames } from "./adjust.js";
import { type Correction, corrections } from "./index.js";
import { requirePValues } from "./require-p-values.js";
import { ascending } from "./step.js";

/** What a family of tests came to. */
interface Rejections {
  /** p-values from the smallest up. */
  readonly sorted: Float64Array;
  readonly rejected: number;
  readonly alpha: number;
}

const of = ({ sorted }: Rejections) => sorted.length;
/** Tests still in play at the last step that rejected; at the first where none did. */
const remaining = (found: Rejections) => of(found) - Math.max(found.rejected, 1) + 1;
/** Share of the tests that are rejected; of one where none is. */
const selected = (found: Rejections) => Math.max(found.rejected, 1) / of(found);
const apart = (alpha: number, tests: number) => -Math.expm1(Math.log1p(-alpha) / tests);

/** Hommel rejects what is at most α / j, with j the largest number of p-values that Simes' test does not reject. */
function hommelBound({ sorted, alpha }: Rejections): number {
  const n = sorted.length;
  for (let j = n; j > 0; j--)
    if (sorted.subarray(n - j).every((p, k) => p > ((k + 1) * alpha) / j)) return alpha / j;
  return alpha;
}

/** How small a p-value a correction asked of the last test that it rejected. */
const bounds: Readonly<Record<Correction, (found: Rejections) => number>> = {
  bonferroni: (found) => found.alpha / of(found),
  sidak: (found) => apart(found.alpha, of(found)),
  holm: (found) => found.alpha / remaining(found),
  "holm-sidak": (found) => apart(found.alpha, remaining(found)),
  hochberg: (found) => found.alpha / remaining(found),
  hommel: hommelBound,
  "benjamini-hochberg": (found) => found.alpha * selected(found),
  "benjamini-yekutieli": (found) =>
    (found.alpha * selected(found)) / found.sorted.reduce((sum, _, i) => sum + 1 / (i + 1), 0),
  none: ({ alpha }) => alpha,
};

/**
 * The level at which a family's intervals are read so that they agree with its adjusted p-values: an interval leaves zero
 * out exactly where its adjusted p-value is below 1 − level. It is one level for the whole family, that of the last
 * step at which the correction rejected: α/m for Bonferroni (1 − (1 − α)^(1/m) for Šidák), whose intervals all hold
 * together; α/(m − R + 1) for Holm and Hochberg after R rejections; αR/m for Benjamini–Hochberg, the level at which
 * the expected share of intervals that miss, among those that leave zero out, is at most α (false coverage rate).
 * @param pValues     p-values in [0, 1], any order, at least one
 * @param correction  name of the correction, see `corrections`
 * @param level       level of the family, a fraction in (0, 1); default 0.95
 * @returns the level of each interval, a fraction in (0, 1), never below the family's
 * @throws ExperimentError `missing_value`, `wrong_type`, `not_finite` or `out_of_range` at ["pValues"] or ["pValues", i];
 *         `unknown_name` at ["correction"]; `out_of_range` at ["level"]
 * @source Benjamini & Yekutieli (2005), JASA 100; Šidák (1967), JASA 62
 * @example
 * correctedLevel([0.001, 0.03, 0.4, 0.6], "benjamini-hochberg"); // 0.9875
 * correctedLevel([0.001, 0.03, 0.4, 0.6], "holm"); // 0.9875
 */
export function correctedLevel(pValues: readonly number[], correction: Correction, level = 0.95): number {
  requirePValues(pValues);
  requireWord(correction, ["correction"], correctionNames);
  requireNumber(level, ["level"], { above: 0, below: 1 });
  if (correction === "none" || pValues.length === 0) return level;
  const alpha = 1 - level;
  const rejected = corrections[correction](pValues).filter((p) => p < alpha).length;
  return 1 - bounds[correction]({ sorted: ascending(pValues), rejected, alpha });
}
