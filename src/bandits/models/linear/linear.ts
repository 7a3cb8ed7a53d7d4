import type { Json } from "../../../core/json.js";
import { once } from "../../../core/once.js";
import { links } from "../../../regression/links.js";
import { estimatedFit, ridgeFit } from "../../../regression/shared-estimates.js";
import type { Fields, FieldsType } from "../../../shapes/index.js";
import { checkedSettings } from "../../checked-settings.js";
import type { Encoders, FeatureOf } from "../../encoders/encoder.js";
import { normalBest } from "../../posterior/normal-best.js";
import { independentScores, scoreBelief, scorePosterior } from "../../posterior/score-belief.js";
import { orNull, positive } from "../../setting-shapes.js";
import type { Arm } from "../../state/arm.js";
import type { RewardModel } from "../reward-model.js";
import { learnBlocks } from "../sums/block-sums.js";
import { addRegression, regressionLength, regressionProblems } from "../sums/regression-sums.js";
import { termEncoder } from "./term-encoder.js";
import { type TermSettings, termSettings, termsGathered } from "./term-settings.js";

const own = { ridge: orNull(positive), noise: orNull(positive) } as const satisfies Fields;

/** Settings of `linear`. */
export const linearSettings = { ...termSettings, ...own } as const;

const MOST = 10;

/**
 * Rewards that depend linearly on the context: linear Thompson sampling, with coefficients of every arm's own
 * (`features`), coefficients that all arms share (`shared`), or both (hybrid), as one Bayesian regression. Sums are
 * [n, Σ r², XᵀX, Xᵀr] an arm, over own and shared features together.
 * @param settings.features    what is read from a context with coefficients of each arm's own; a constant is always
 *                             added. Default []; null: arms have nothing of their own, not even a constant
 * @param settings.shared      what is read from the context and the action with coefficients that all arms share. The
 *                             fields `action.<factor>` (`action.variant` in a plain experiment) and
 *                             `action.<attribute>` are the action's; default []
 * @param settings.attributes  attributes of each action, by its key: `{ a: { price: 10 } }`; default {}
 * @param settings.ridge       prior precision of each coefficient in units of the noise, > 0; default null: estimated
 *                             for the arms' constants, each feature and the shared coefficients (empirical Bayes)
 * @param settings.noise       standard deviation of rewards around the regression, > 0; default null: estimated in
 *                             every arm, leaning on all
 * @param encoders  encoders of yours, by the `kind` of feature they take; a state is then restored with
 *                  `{ linear: (settings) => linear(settings, encoders) }`
 * @returns the reward model; its vector is a quadrature over normals, with shared coefficients counted among
 *          1,024 posterior draws of the arms' scores
 * @throws ExperimentError `out_of_range` at ["ridge"] or ["noise"]; `unknown_key` at any other setting; problems at ["features", i, …], ["shared", i, …];
 *         at ["attributes", action, name] when an action lacks what `shared` reads of it
 * @source Agrawal & Goyal (2013), ICML; Li et al. (2010), WWW, section 3.2 (hybrid); MacKay (1992), Neural Computation 4
 * @checked test/reference/propensity.json, test/reference/contextual.json
 */
export function linear<E extends Encoders = Record<never, never>>(
  settings: TermSettings<FeatureOf<E>> & FieldsType<typeof own> = {},
  encoders?: E,
): RewardModel {
  const {
    features = [],
    shared = [],
    attributes = {},
    ridge = null,
    noise = null,
  } = checkedSettings(settings, linearSettings);
  const bind = (arms: readonly Arm[]): RewardModel => {
    const encoder = termEncoder({ features, shared, attributes }, arms, encoders);
    const { terms } = encoder;
    const size = terms.own + terms.shared;
    const empty = (actions: number) =>
      Array.from({ length: actions }, () => new Array<number>(regressionLength(size)).fill(0));
    return {
      name: "linear",
      settings: { features, shared, attributes, ridge, noise } as unknown as Json,
      bind,
      ...(encoder.reads ? { sharpest: () => ({ most: MOST }) } : {}),
      empty,
      supports: () => true,
      learn: (sums, rewards) =>
        learnBlocks(sums, rewards, (block, { reward, context, arm }) =>
          addRegression(block, encoder.both(context, arm), reward),
        ),
      count: ([n = 0]) => n,
      problems: (sums, actions) => regressionProblems(sums, empty(actions), size, terms.own > 0),
      gathers: (arms) => termsGathered({ features, shared, attributes }, arms),
      contextKey: (context) => (encoder.reads ? JSON.stringify(context) : ""),
      contextProblems: encoder.problems,
      posterior(sums, context, sharpness) {
        const fit = once(sums, () =>
          ridge === null ? estimatedFit(sums, terms, noise) : ridgeFit(sums, terms, ridge, noise),
        );
        if (terms.shared > 0) {
          const scores = scoreBelief(fit, encoder.own(context), (arm) => encoder.shared(context, arm));
          return scorePosterior(scores, sharpness, links.identity);
        }
        const parameters = independentScores(fit, encoder.own(context), 1 / Math.sqrt(sharpness));
        return {
          best: (eligible) =>
            normalBest(
              eligible.map((arm) => parameters[arm]![0]!),
              eligible.map((arm) => parameters[arm]![1]!),
            ),
          quick: "belief",
          belief: { law: "normal", parameters },
        };
      },
    };
  };
  return bind([]);
}
