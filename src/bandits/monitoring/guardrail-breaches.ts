import { ExperimentError, requireArray, requireObject, unknown_action } from "../../errors/index.js";
import { randomSource } from "../../random/source.js";
import { checkFields, type Fields, type FieldsType } from "../../shapes/index.js";
import { drawBelief, momentsOf } from "../posterior/beliefs.js";
import { DRAWS } from "../posterior/drawn-probabilities.js";
import { properFraction } from "../setting-shapes.js";
import { withStatus } from "../state/arms.js";
import { requireBandit } from "../state/require-bandit.js";
import type { BanditState } from "../state/state.js";
import { stateFacts } from "../state/state-facts.js";

/** Why an arm breaches a guardrail. */
export interface GuardrailBreach {
  /** Key of the arm. */
  readonly arm: string;
  /** Posterior probability that the arm harms the guardrail metric by more than the margin. */
  readonly probability: number;
  /** Posterior means of the guardrail metric. */
  readonly mean: number;
  readonly controlMean: number;
}

/** The options of `guardrailBreaches`. */
export const guardrailOptions = {
  margin: { kind: "number", atLeast: 0, optional: true },
  better: { kind: "word", of: ["higher", "lower"], optional: true },
  confidence: properFraction,
} as const satisfies Fields;

const GUARD_DRAWS = 16 * DRAWS;

/**
 * Arms that harm a guardrail metric (unsubscribes, complaints, latency) compared with control.
 * @param guard               a bandit state of the same arms whose rewards are the guardrail metric's values
 * @param options.margin      largest harm tolerated, in the metric's unit, ≥ 0; default 0
 * @param options.better      which way is good; default `"lower"`
 * @param options.confidence  posterior probability of harm from which an arm breaches, in (0, 1); default 0.95
 * @returns the breaches, control's never among them
 * @throws ExperimentError `not_a_bandit` at ["guard"]; `out_of_range` at ["margin"] or ["confidence"]; `unknown_name` at ["better"];
 *         `unknown_key` at an option that does not exist; `unknown_action` at ["control"]
 */
export function guardrailBreaches(
  guard: BanditState,
  options: FieldsType<typeof guardrailOptions> = {},
): GuardrailBreach[] {
  requireBandit(guard, "guard");
  checkFields(options, guardrailOptions);
  const { margin = 0, better = "lower", confidence = 0.95 } = options;
  const { arms, control, model } = guard.setup;
  const at = arms.findIndex(({ key }) => key === control);
  if (at < 0)
    throw new ExperimentError({ unknown_action }, ["control"], control, {
      known: arms.map(({ key }) => key),
    });
  const { belief } = model.posterior(guard.sums, null, 1);
  const random = randomSource(stateFacts(guard).hash);
  const values = new Float64Array(arms.length);
  const harms = arms.map(() => 0);
  const sign = better === "lower" ? 1 : -1;
  for (let draw = 0; draw < GUARD_DRAWS; draw++) {
    drawBelief(belief, random, values);
    for (let i = 0; i < harms.length; i++) if (sign * (values[i]! - values[at]!) > margin) harms[i]! += 1;
  }
  const { mean } = momentsOf(belief);
  return arms.flatMap(({ key }, i) => {
    const probability = (harms[i]! + 0.5) / (GUARD_DRAWS + 1);
    return i === at || probability < confidence
      ? []
      : [{ arm: key, probability, mean: mean[i]!, controlMean: mean[at]! }];
  });
}

/**
 * The bandit with every breaching arm paused.
 * @param state     the bandit
 * @param breaches  from {@link guardrailBreaches}; keep them as the evidence
 * @returns the new state
 * @throws ExperimentError `not_a_bandit` at ["state"]; `wrong_type` at ["breaches"] or ["breaches", i]; `unknown_action` or
 *         `removed_arm` at ["breaches", i, "arm"]
 */
export function pauseBreaching<V extends string, P>(
  state: BanditState<V, P>,
  breaches: readonly GuardrailBreach[],
): BanditState<V, P> {
  requireBandit(state);
  requireArray(breaches, ["breaches"]);
  return breaches.reduce((next, breach, i) => {
    requireObject(breach, ["breaches", i]);
    return withStatus(next, breach.arm, "paused", ["breaches", i, "arm"]);
  }, state);
}
