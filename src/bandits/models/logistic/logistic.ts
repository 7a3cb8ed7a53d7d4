import type { Json } from "../../../core/json.js";
import { once } from "../../../core/once.js";
import { links } from "../../../regression/links.js";
import type { Fields, FieldsType } from "../../../shapes/index.js";
import { checkedSettings } from "../../checked-settings.js";
import type { Encoders, FeatureOf } from "../../encoders/encoder.js";
import { scoreBelief, scorePosterior } from "../../posterior/score-belief.js";
import { count, orNull, positive } from "../../setting-shapes.js";
import type { Arm } from "../../state/arm.js";
import { termEncoder } from "../linear/term-encoder.js";
import { type TermSettings, termSettings, termsGathered } from "../linear/term-settings.js";
import type { RewardModel, Sums } from "../reward-model.js";
import { mergeBlocks } from "../sums/block-sums.js";
import {
  addCells,
  type Cell,
  cellCount,
  cellProblems,
  joinCells,
  rewardCell,
  scaleCells,
} from "../sums/reward-cells.js";
import { fitLogistic, foldCells } from "./logistic-fit.js";

const own = { ridge: orNull(positive), cells: count } as const satisfies Fields;

/** Settings of `logistic`. */
export const logisticSettings = { ...termSettings, ...own } as const;

/**
 * Rewards of 0 or 1 (or in between) whose log-odds depend linearly on the context: logistic Thompson sampling, with
 * coefficients of every arm's own (`features`), coefficients that all arms share (`shared`), or both. The posterior is
 * Laplace's approximation at the mode, found by Newton's method on all that was learned, not from reward to reward.
 *
 * Sums are cells: rewards by arm and rounded context, [n, Σ r, features that are not zero]. Encoded numbers are rounded
 * to sixteenths (categories stay exact). Once an arm has more than `cells`, they are folded into a quadratic: Laplace's
 * approximation of what they tell, at the mode of everything learned by then, to which later rewards add as to a prior. So
 * learning never stops, and costs no more. Up to that point states merge exactly; beyond, `a + b` and `b + a` are the same
 * to the last bit, and what is believed depends a little on when it was folded: with the default `cells` and eight numeric
 * features by less than a tenth of a posterior standard deviation, of expected rewards and of their spread.
 * @param settings.features    as in `linear`; default []
 * @param settings.shared      as in `linear`; default []
 * @param settings.attributes  as in `linear`; default {}
 * @param settings.ridge       prior precision of each coefficient, in log-odds, > 0; default null: estimated for the arms'
 *                             constants (around the overall rate), each feature and the shared coefficients
 * @param settings.cells       most cells kept of an arm before they are folded, integer ≥ 1; default 4,096. Fewer than some
 *                             fifty per coefficient make the approximation rough
 * @param encoders             as in `linear`
 * @returns the reward model; its vector is a quadrature over normals, with shared coefficients counted among
 *          1,024 posterior draws of the arms' scores
 * @throws ExperimentError `out_of_range` at ["ridge"] or ["cells"]; otherwise as `linear`
 * @source Chapelle & Li (2011), NeurIPS 24; MacKay (1992), Neural Computation 4
 * @checked test/reference/contextual.json
 */
export function logistic<E extends Encoders = Record<never, never>>(
  settings: TermSettings<FeatureOf<E>> & FieldsType<typeof own> = {},
  encoders?: E,
): RewardModel {
  const {
    features = [],
    shared = [],
    attributes = {},
    ridge = null,
    cells = 4096,
  } = checkedSettings(settings, logisticSettings);
  const bind = (arms: readonly Arm[]): RewardModel => {
    const encoder = termEncoder({ features, shared, attributes }, arms, encoders);
    const { terms } = encoder;
    const first = terms.own > 0 ? 1 : 0;
    const size = terms.own + terms.shared;
    const settled = (sums: Sums): Sums => foldCells(sums, terms, ridge, cells);
    const empty = (actions: number): Sums => Array.from({ length: actions }, () => [0]);
    return {
      name: "logistic",
      settings: { features, shared, attributes, ridge, cells } as unknown as Json,
      bind,
      empty,
      supports: (reward) => reward >= 0 && reward <= 1,
      learn(sums, rewards) {
        const added: Cell[][] = sums.map(() => []);
        for (const { arm, reward, context } of rewards)
          added[arm]!.push(rewardCell(encoder.both(context, arm), first, reward));
        return settled(
          sums.map((block, arm) => (added[arm]!.length > 0 ? addCells(block, added[arm]!) : block)),
        );
      },
      merge: (a, b) => settled(mergeBlocks(a, b, joinCells)),
      scale: (sums, factor) => sums.map((block) => scaleCells(block, factor)),
      count: cellCount,
      problems: (sums, actions) => cellProblems(sums, actions, size, size - first),
      gathers: (arms) => termsGathered({ features, shared, attributes }, arms),
      contextKey: (context) => (encoder.reads ? JSON.stringify(context) : ""),
      contextProblems: encoder.problems,
      posterior(sums, context, sharpness) {
        const { fit, offset } = once(sums, () => fitLogistic(sums, terms, ridge));
        const scores = scoreBelief(fit, encoder.own(context), (arm) => encoder.shared(context, arm));
        for (let arm = 0; arm < sums.length; arm++) scores.mean[arm]! += offset;
        return scorePosterior(scores, sharpness, links.logistic);
      },
    };
  };
  return bind([]);
}
