import type { Fields, FieldsType } from "../../../shapes/index.js";
import { normalPosterior } from "../../../stats/bayes/arms/normal-posterior.js";
import { studentPeak } from "../../../stats/bayes/peaks/student-peak.js";
import { largestProbabilities } from "../../../stats/bayes/quadrature/largest-probabilities.js";
import { marginalOf } from "../../../stats/bayes/quadrature/marginal-of.js";
import { checkedSettings } from "../../checked-settings.js";
import { orNull, positive } from "../../setting-shapes.js";
import type { RewardModel, Sums } from "../reward-model.js";
import { blockProblems, learnBlocks, mergeBlocks } from "../sums/block-sums.js";
import { addValue, LARGEST, mergeValues } from "./normal-sums.js";

/** Settings of `normal`. */
export const normalSettings = {
  mean: orNull({ kind: "number" }),
  n: positive,
  shape: positive,
  scale: orNull(positive),
} as const satisfies Fields;

/** Mean over all arms and variance within them; undefined where there is no reward, or no second one. */
function pooled(sums: Sums): { mean?: number | undefined; variance?: number | undefined } {
  const [n, mean] = sums.reduce<readonly number[]>((all, block) => mergeValues(all, block), [0, 0, 0]);
  let [within, df] = [0, 0];
  for (const [count, , m2] of sums) {
    within += m2!;
    df += Math.max(0, count! - 1);
  }
  return { mean: n! > 0 ? mean : undefined, variance: within > 0 ? within / df : undefined };
}

/**
 * Rewards that are amounts of any sign: normal–inverse-gamma arms, mean and variance unknown in each. Sums are
 * [n, mean, Σ (x − mean)²] an arm.
 * @param settings.mean   prior mean; default: the mean of all rewards so far, so that no unit needs to be known
 * @param settings.n      how many rewards the prior mean is worth, > 0; default 1
 * @param settings.shape  shape of the variance's prior, > 0; default 1
 * @param settings.scale  scale of the variance's prior, > 0, in the reward's unit squared; default: shape × the
 *                        variance within arms so far, and before there is one, shape
 * @returns the reward model; its vector is a quadrature over Student's t
 * @throws ExperimentError `not_finite` at ["mean"]; `out_of_range` at ["n"], ["shape"], ["scale"]; `unknown_key` at any other setting
 */
export function normal(settings: FieldsType<typeof normalSettings> = {}): RewardModel {
  const { mean = null, n = 1, shape = 1, scale = null } = checkedSettings(settings, normalSettings);
  const empty = (actions: number): Sums => Array.from({ length: actions }, () => [0, 0, 0]);
  return {
    name: "normal",
    settings: { mean, n, shape, scale },
    empty,
    supports: (reward) => Math.abs(reward) < LARGEST,
    learn: (sums, rewards) => learnBlocks(sums, rewards, (block, { reward }) => addValue(block, reward)),
    merge: (a, b) => mergeBlocks(a, b, mergeValues),
    scale: (sums, factor) => sums.map(([count, center, m2]) => [count! * factor, center!, m2! * factor]),
    count: ([count = 0]) => count,
    gathers: () => null,
    problems: (sums, actions) =>
      blockProblems(sums, empty(actions), (place) => (place === 1 ? {} : { atLeast: 0 })),
    posterior(sums, _context, sharpness) {
      const soFar = pooled(sums);
      const prior = {
        mean: mean ?? soFar.mean ?? 0,
        n,
        shape,
        scale: scale ?? shape * (soFar.variance ?? 1),
      };
      const parameters = sums.map((block) => {
        const after = normalPosterior(prior, block as unknown as [number, number, number]);
        const spread = Math.sqrt(after.scale / (after.shape * after.n * sharpness));
        return [after.mean, spread, 2 * after.shape * sharpness];
      });
      return {
        best: (eligible) =>
          largestProbabilities(
            eligible.map((i) => {
              const [center, spread, df] = parameters[i] as [number, number, number];
              return marginalOf(studentPeak(center, spread, df), spread, 1.4);
            }),
          ),
        quick: "belief",
        belief: { law: "student", parameters },
      };
    },
  };
}
