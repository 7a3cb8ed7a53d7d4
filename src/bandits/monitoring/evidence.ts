import { logGamma } from "../../distributions/log-gamma.js";
import type { RewardModel } from "../models/reward-model.js";

type Numbers = readonly number[];

/** What the evidence rule needs of a one-parameter likelihood; an arm's block is all it looks at. */
interface Likelihood {
  /** Log of the block's likelihood averaged over the prior, up to a constant of the data. */
  mixture(settings: Readonly<Record<string, number>>, block: Numbers): number;
  /** Log of its largest likelihood, up to the same constant; Σ of several arms' blocks: as if they were one. */
  best(block: Numbers): number;
  /** Mean reward, for telling which of two arms is ahead. */
  mean(block: Numbers): number;
}

const logBeta = (a: number, b: number) => logGamma(a) + logGamma(b) - logGamma(a + b);
const xlogx = (x: number, y: number) => (x > 0 ? x * Math.log(y) : 0);

const likelihoods: Readonly<Record<string, Likelihood>> = {
  bernoulli: {
    mixture: ({ a, b }, [wins, losses]) => logBeta(a! + wins!, b! + losses!) - logBeta(a!, b!),
    best([wins, losses]) {
      const n = wins! + losses!;
      return xlogx(wins!, wins! / n) + xlogx(losses!, losses! / n);
    },
    mean: ([wins, losses]) => wins! / (wins! + losses!),
  },
  poisson: {
    mixture: ({ shape, rate }, [total, n]) =>
      logGamma(shape! + total!) -
      logGamma(shape!) +
      shape! * Math.log(rate!) -
      (shape! + total!) * Math.log(rate! + n!),
    best: ([total, n]) => xlogx(total!, total! / n!) - total!,
    mean: ([total, n]) => total! / n!,
  },
};

/**
 * The log e-value of "this arm is better than that one": the likelihood of both arms' rewards averaged over the prior,
 * divided by the largest that they can have if it is not. Whatever the truth is and however units were sent to arms,
 * its chance of ever passing log(1/δ) where the arm is not better is at most δ.
 * @returns the log e-value; undefined for a model that has none
 */
export function evidenceOf(model: RewardModel): ((arm: Numbers, other: Numbers) => number) | undefined {
  if (!Object.hasOwn(likelihoods, model.name)) return undefined;
  const { mixture, best, mean } = likelihoods[model.name]!;
  const settings = model.settings as Readonly<Record<string, number>>;
  return (arm, other) =>
    mixture(settings, arm) +
    mixture(settings, other) -
    (mean(arm) > mean(other) ? best(arm.map((value, i) => value + other[i]!)) : best(arm) + best(other));
}
