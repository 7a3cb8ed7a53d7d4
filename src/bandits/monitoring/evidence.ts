import { logTotals } from "../posterior/laws/index.js";
import type { BanditState } from "../state/state.js";

const STEPS = 64;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The largest value of a concave function on an interval, part of which may lie outside its domain. */
function highest(f: (x: number) => number, low: number, high: number): number {
  const at = (x: number) => {
    const value = f(x);
    return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
  };
  let [best, place] = [Number.NEGATIVE_INFINITY, 0];
  for (let step = 0; step <= STEPS; step++) {
    const value = at(low + ((high - low) * step) / STEPS);
    if (value > best) [best, place] = [value, step];
  }
  let from = low + ((high - low) * Math.max(0, place - 1)) / STEPS;
  let to = low + ((high - low) * Math.min(STEPS, place + 1)) / STEPS;
  for (let i = 0; i < 60; i++) {
    const [x, y] = [to - GOLDEN * (to - from), from + GOLDEN * (to - from)];
    const [left, right] = [at(x), at(y)];
    best = Math.max(best, left, right);
    if (left < right) from = x;
    else to = y;
  }
  return best;
}

/**
 * The log e-value of "this arm is better than that one less `margin`": the likelihood of both arms' rewards averaged over the
 * prior, divided by the largest that they can have if it is not. Whatever the truth is and however units were sent to arms,
 * its chance of ever passing log(1/δ) where the arm is not better is at most δ.
 * @returns the log e-value of two arms, by index; undefined for a model that declares no likelihood, or whose prior is not
 *          conjugate to it
 */
export function evidenceOf({
  setup,
  sums,
}: BanditState): ((arm: number, other: number, margin?: number) => number) | undefined {
  const { model, arms } = setup;
  const likelihood = model.likelihood?.();
  if (!likelihood) return undefined;
  const { belief } = model.posterior(sums, null, 1);
  const prior = model.posterior(model.empty(arms.length), null, 1).belief;
  if (belief.law === "joint" || prior.law === "joint") return undefined;
  const logTotal = logTotals[belief.law];
  if (!logTotal) return undefined;
  const before = prior.parameters;
  const after = belief.parameters;
  const mixture = (arm: number) => logTotal(after[arm]!) - logTotal(before[arm]!);
  const best = (block: readonly number[]) => likelihood.log(likelihood.mean(block), block);
  /** Largest where the arm is not better: at its own means, or on the edge where it is exactly `margin` worse. */
  const largest = (own: readonly number[], others: readonly number[], margin: number) => {
    const [mean, otherMean] = [likelihood.mean(own), likelihood.mean(others)];
    if (mean <= otherMean - margin) return best(own) + best(others);
    if (margin === 0) return best(own.map((value, i) => value + others[i]!));
    const edge = (x: number) => likelihood.log(x, own) + likelihood.log(x + margin, others);
    return highest(edge, Math.min(mean, otherMean - margin), Math.max(mean, otherMean - margin));
  };
  return (arm, other, margin = 0) =>
    mixture(arm) + mixture(other) - largest(sums[arm]!, sums[other]!, margin);
}
