import { logTotals } from "../posterior/laws/index.js";
import type { BanditState } from "../state/state.js";

/**
 * The log e-value of "this arm is better than that one": the likelihood of both arms' rewards averaged over the prior,
 * divided by the largest that they can have if it is not. Whatever the truth is and however units were sent to arms,
 * its chance of ever passing log(1/δ) where the arm is not better is at most δ.
 * @returns the log e-value of two arms, by index; undefined for a model that declares no likelihood, or whose prior is not
 *          conjugate to it
 */
export function evidenceOf({
  setup,
  sums,
}: BanditState): ((arm: number, other: number) => number) | undefined {
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
  return (arm, other) => {
    const [own, others] = [sums[arm]!, sums[other]!];
    const ahead = likelihood.mean(own) > likelihood.mean(others);
    return (
      mixture(arm) +
      mixture(other) -
      (ahead ? best(own.map((value, i) => value + others[i]!)) : best(own) + best(others))
    );
  };
}
