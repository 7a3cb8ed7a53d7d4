import { out_of_range } from "../../core/errors.js";
import { ExperimentError } from "../../core/experiment-error.js";
import type { Policy } from "../policy.js";
import { positiveSettings } from "../positive-settings.js";

/**
 * Thompson sampling for a known horizon: as the horizon nears, exploring pays less, so the posterior is sharpened (it
 * counts 1 to `most` times, rising linearly over the first `ramp` of the horizon). A share of decisions stays plain
 * Thompson, which caps the regret of the unlucky runs in which the best arm starts badly.
 * @param settings.horizon  rewards expected in all, > 0; default 10,000
 * @param settings.most     largest sharpness, ≥ 1; default 4
 * @param settings.ramp     part of the horizon over which it is reached, in (0, 1]; default 0.4
 * @param settings.plain    share of plain Thompson decisions, in [0, 1]; default 0.2
 * @returns the policy
 * @throws ExperimentError `out_of_range` at the setting
 */
export function sharpened({
  horizon = 10_000,
  most = 4,
  ramp = 0.4,
  plain = 0.2,
}: {
  readonly horizon?: number;
  readonly most?: number;
  readonly ramp?: number;
  readonly plain?: number;
} = {}): Policy {
  positiveSettings({ horizon });
  if (!(most >= 1 && most < 1 / 0)) throw new ExperimentError({ out_of_range }, ["most"], most);
  if (!(ramp > 0 && ramp <= 1)) throw new ExperimentError({ out_of_range }, ["ramp"], ramp);
  if (!(plain >= 0 && plain <= 1)) throw new ExperimentError({ out_of_range }, ["plain"], plain);
  const sharpness = (rewards: number) => 1 + (most - 1) * Math.min(1, rewards / (horizon * ramp));
  return {
    name: "sharpened",
    settings: { horizon, most, ramp, plain },
    probabilities({ eligible, seed, rewards, posterior }) {
      const honest = posterior().best(eligible, seed);
      const sharp = posterior(sharpness(rewards)).best(eligible, seed);
      return sharp.map((p, i) => plain * honest[i]! + (1 - plain) * p);
    },
    sharpness: ({ rewards }, random) => (random.next() < plain ? 1 : sharpness(rewards)),
  };
}
