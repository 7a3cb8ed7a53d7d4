import { out_of_range } from "../../core/errors.js";
import { ExperimentError } from "../../core/experiment-error.js";
import type { Json } from "../../core/json.js";
import { learnBlocks } from "../block-sums.js";
import { type ContextFeature, contextEncoder } from "../encoders/index.js";
import { once } from "../known.js";
import { normalBest } from "../normal-best.js";
import { positiveSettings } from "../positive-settings.js";
import {
  addRegression,
  knownFit,
  noiseVariance,
  regressionLength,
  regressionProblems,
} from "../regression-sums.js";
import type { RewardModel } from "../reward-model.js";

/**
 * Rewards that depend linearly on the context, with coefficients of their own in every arm: linear Thompson sampling
 * (disjoint). Sums are [n, Σ r², XᵀX, Xᵀr] an arm; given the noise, the arms' expected rewards are independent normals.
 * @param settings.features  what is read from a context; a constant is always added
 * @param settings.ridge     prior precision of each coefficient in units of the noise, > 0; default 1
 * @param settings.noise     standard deviation of rewards around the regression, > 0; default: estimated from the
 *                           residuals. To explore less, use the policy `sharpened`
 * @returns the reward model; its vector is a quadrature over normals
 * @throws ExperimentError `out_of_range` at ["ridge"] or ["noise"]; problems at ["features", i, …]
 * @source Agrawal & Goyal (2013), ICML
 */
export function linear({
  features = [],
  ridge = 1,
  noise = null,
}: {
  readonly features?: readonly ContextFeature[];
  readonly ridge?: number;
  readonly noise?: number | null;
} = {}): RewardModel {
  positiveSettings({ ridge });
  if (noise !== null && !(noise > 0 && noise < 1 / 0))
    throw new ExperimentError({ out_of_range }, ["noise"], noise);
  const encoder = contextEncoder(features);
  const d = encoder.size;
  const empty = (actions: number) =>
    Array.from({ length: actions }, () => new Array<number>(regressionLength(d)).fill(0));
  return {
    name: "linear",
    settings: { features, ridge, noise } as unknown as Json,
    empty,
    supports: () => true,
    learn: (sums, rewards) =>
      learnBlocks(sums, rewards, (block, { reward, context }) =>
        addRegression(block, encoder.encode(context), reward),
      ),
    problems: (sums, actions) => regressionProblems(sums, empty(actions), d),
    contextKey: (context) => (features.length > 0 ? JSON.stringify(context) : ""),
    contextProblems: encoder.problems,
    posterior(sums, context, sharpness) {
      const x = encoder.encode(context);
      const { fits, deviation } = once(sums, () => {
        const all = sums.map((block) => knownFit(block, d, ridge));
        return { fits: all, deviation: noise ?? Math.sqrt(noiseVariance(all, 0.25)) };
      });
      const spread = deviation / Math.sqrt(sharpness);
      const parameters = fits.map(({ inverseFactor, coefficients }) => {
        let mean = 0;
        let square = 0;
        for (let i = 0, at = 0; i < d; i++) {
          mean += coefficients[i]! * x[i]!;
          // Two sums side by side: one alone would wait for each of its additions.
          let even = 0;
          let odd = 0;
          let j = 0;
          for (; j < i; j += 2, at += 2) {
            even += inverseFactor[at]! * x[j]!;
            odd += inverseFactor[at + 1]! * x[j + 1]!;
          }
          if (j === i) even += inverseFactor[at++]! * x[j]!;
          square += (even + odd) ** 2;
        }
        return [mean, spread * Math.sqrt(square)];
      });
      return {
        best: (eligible) =>
          normalBest(
            eligible.map((i) => parameters[i]![0]!),
            eligible.map((i) => parameters[i]![1]!),
          ),
        belief: { law: "normal", parameters },
      };
    },
  };
}
