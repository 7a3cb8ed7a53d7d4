import { requireNumber } from "../../errors/index.js";
import type { Fields, FieldsType } from "../../shapes/index.js";
import { checkedSettings } from "../checked-settings.js";
import { fraction, orNull, positive } from "../setting-shapes.js";
import type { Policy, View } from "./policy.js";

const sharpness = { kind: "number", atLeast: 1, optional: true } as const;

/** Settings of `sharpened`. */
export const sharpenedSettings = {
  horizon: positive,
  start: sharpness,
  most: orNull(sharpness),
  ramp: { kind: "number", above: 0, atMost: 1, optional: true },
  plain: fraction,
  opening: orNull(sharpness),
} as const satisfies Fields;

/** Parts of the horizon until which the opening lasts, and over which it ends. */
const OPENING_LASTS = 0.1;
const OPENING_ENDS = 0.2;
/** Largest sharpness where neither settings nor model name one. */
const MOST = 4;

/**
 * Thompson sampling for a known horizon: as the horizon nears, exploring pays less, so the posterior is sharpened (it
 * counts `start` to `most` times, rising linearly over the first `ramp` of the horizon).
 *
 * What caps the bad tail is that it starts honestly: an arm that began badly has been looked at as often as Thompson
 * would before anything is counted twice. The 90th percentile of regret stays below 1.15 times plain Thompson's in the
 * reference instances (A 1.07, C 0.69, D 1.04 over 1,000 to 1,500 seeds); a posterior that counts four times from the
 * first reward on loses one run in a hundred of C altogether. A share of `plain` Thompson decisions caps it further.
 *
 * A model whose actions share effects (`factorial`, 4) names an `opening`: its posterior counts that often in the first
 * tenth of the horizon, falling off until the fifth, after which the rise from `start` to `most` is all there is. So money is
 * earned early, and what the opening missed is looked for while there is time. A contextual model with many coefficients
 * (`linear`, 10) names a larger `most`; beyond 20, whole runs are lost.
 * @param settings.horizon  rewards expected in all, > 0; default 10,000
 * @param settings.start    sharpness at the beginning, ≥ 1; default 1
 * @param settings.most     largest sharpness, ≥ start; default: what the reward model names, or 4, but no less than start
 * @param settings.ramp     part of the horizon over which it is reached, in (0, 1]; default 1
 * @param settings.plain    share of plain Thompson decisions, in [0, 1]; default 0
 * @param settings.opening  sharpness in the first tenth of the horizon, ≥ 1; default: what the reward model names, or 1
 * @returns the policy
 * @throws ExperimentError `out_of_range` at the setting; `unknown_key` at any other
 */
export function sharpened(settings: FieldsType<typeof sharpenedSettings> = {}): Policy {
  const {
    horizon = 10_000,
    start = 1,
    most = null,
    ramp = 1,
    plain = 0,
    opening = null,
  } = checkedSettings(settings, sharpenedSettings);
  if (most !== null) requireNumber(most, ["most"], { atLeast: start });
  const sharpnessOf = ({ rewards, sharpest }: Pick<View, "rewards" | "sharpest">): number => {
    const first = opening ?? sharpest.opening ?? 1;
    const last = Math.max(start, most ?? sharpest.most ?? MOST);
    const gone = rewards / horizon;
    const left = Math.max(0, Math.min(1, (OPENING_ENDS - gone) / (OPENING_ENDS - OPENING_LASTS)));
    return Math.max(1 + (first - 1) * left, start + (last - start) * Math.min(1, gone / ramp));
  };
  return {
    name: "sharpened",
    settings: { horizon, start, most, ramp, plain, opening },
    probabilities(view) {
      const { eligible, seed, posterior } = view;
      const sharp = posterior(sharpnessOf(view)).best(eligible, seed);
      if (plain === 0) return sharp;
      const honest = posterior().best(eligible, seed);
      return sharp.map((p, i) => plain * honest[i]! + (1 - plain) * p);
    },
    sharpness: (view, random) => (plain > 0 && random.next() < plain ? 1 : sharpnessOf(view)),
  };
}
