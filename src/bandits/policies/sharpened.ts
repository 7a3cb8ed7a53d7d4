import { out_of_range } from "../../core/errors.js";
import { ExperimentError } from "../../core/experiment-error.js";
import type { Policy } from "../policy.js";
import { positiveSettings } from "../positive-settings.js";

/**
 * Thompson sampling for a known horizon: as the horizon nears, exploring pays less, so the posterior is sharpened (it
 * counts `start` to `most` times, rising linearly over the first `ramp` of the horizon). Starting honestly is what caps
 * the regret of unlucky runs, in which the best arm begins badly; a share of plain Thompson decisions caps it further.
 * Contextual models whose ridge is fixed explore more than pays and want a sharper start (10) and end (300).
 * @param settings.horizon  rewards expected in all, > 0; default 10,000
 * @param settings.start    sharpness at the beginning, ≥ 1; default 1
 * @param settings.most     largest sharpness, ≥ start; default 4
 * @param settings.ramp     part of the horizon over which it is reached, in (0, 1]; default 1
 * @param settings.plain    share of plain Thompson decisions, in [0, 1]; default 0
 * @returns the policy
 * @throws ExperimentError `out_of_range` at the setting
 */
export function sharpened({
  horizon = 10_000,
  start = 1,
  most = 4,
  ramp = 1,
  plain = 0,
}: {
  readonly horizon?: number;
  readonly start?: number;
  readonly most?: number;
  readonly ramp?: number;
  readonly plain?: number;
} = {}): Policy {
  positiveSettings({ horizon });
  if (!(start >= 1)) throw new ExperimentError({ out_of_range }, ["start"], start);
  if (!(most >= start && most < 1 / 0)) throw new ExperimentError({ out_of_range }, ["most"], most);
  if (!(ramp > 0 && ramp <= 1)) throw new ExperimentError({ out_of_range }, ["ramp"], ramp);
  if (!(plain >= 0 && plain <= 1)) throw new ExperimentError({ out_of_range }, ["plain"], plain);
  const sharpness = (rewards: number) => start + (most - start) * Math.min(1, rewards / (horizon * ramp));
  return {
    name: "sharpened",
    settings: { horizon, start, most, ramp, plain },
    probabilities({ eligible, seed, rewards, posterior }) {
      const sharp = posterior(sharpness(rewards)).best(eligible, seed);
      if (plain === 0) return sharp;
      const honest = posterior().best(eligible, seed);
      return sharp.map((p, i) => plain * honest[i]! + (1 - plain) * p);
    },
    sharpness: ({ rewards }, random) => (plain > 0 && random.next() < plain ? 1 : sharpness(rewards)),
  };
}
