import type { Json } from "../../core/json.js";
import { ExperimentError, errorOf, no_eligible_action, no_evidence_rule } from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { momentsOf } from "../posterior/beliefs.js";
import { posteriorOf } from "../posterior/posterior-of.js";
import { properFraction } from "../setting-shapes.js";
import { eligibleArms } from "../state/eligible-arms.js";
import { requireBandit } from "../state/require-bandit.js";
import type { BanditState } from "../state/state.js";
import { stateFacts } from "../state/state-facts.js";
import { evidenceOf } from "./evidence.js";

/** The arm that looks best, and whether that is enough to stop. */
export interface BestArm {
  /** Its key. */
  readonly arm: string;
  /** Posterior probability that it is the best live arm. */
  readonly probability: number;
  /** Key of the arm that looks second best; null where only one is live. */
  readonly runnerUp: string | null;
  /** Posterior mean of the best minus that of the runner-up, in the reward's unit; 0 if there is none. */
  readonly lead: number;
  /**
   * What the chance of naming a wrong arm is at most, however often one looks and whatever the truth: the chance that
   * this ever falls to δ for an arm that is not the best is at most δ. Null for models that have no such bound.
   */
  readonly errorBound: number | null;
  /**
   * The same of saying that all live arms are equal within `smallest`: what the chance of it is at most where some arm is that
   * much better or worse than the one named. Null without `smallest`.
   */
  readonly equalBound: number | null;
  /** `"best"`: this arm; `"equal"`: no live arm is better or worse by `smallest`, so that any will do; `"open"`: go on. */
  readonly verdict: "best" | "equal" | "open";
  /** Whether the verdict is not open. */
  readonly stop: boolean;
}

/** When `bestArm` says stop. */
export interface BestArmOptions {
  /** In (0, 1); default 0.95. */
  readonly confidence?: number;
  /**
   * `"evidence"` (default): `errorBound` falls to 1 − confidence, which holds in every world, however often one looks; a model
   * without such a bound goes on for ever. `"posterior"`: the posterior probability of being best reaches the confidence. It needs
   * the fewest rewards and errs at most so often on average over worlds that the prior describes; of two equal arms, looked at
   * after every 100 rewards, it names a best one in most runs.
   */
  readonly rule?: "posterior" | "evidence";
  /**
   * Differences below it do not matter, in the reward's unit, > 0: then arms that are all this close are a verdict, too. Default: no
   * arms are ever called equal.
   */
  readonly smallest?: number;
  /** Default null. */
  readonly context?: Json;
}

/** The options of `bestArm`. */
export const bestArmOptions = {
  confidence: properFraction,
  rule: { kind: "word", of: ["posterior", "evidence"], optional: true },
  smallest: { kind: "number", above: 0, optional: true },
  context: { kind: "json", optional: true },
} as const satisfies FieldsFor<BestArmOptions>;

/**
 * The stopping rule for best-arm identification.
 * @param state    the bandit; `topTwo` gets there with the fewest rewards. For `errorBound` it has to hold plain rewards:
 *                 nothing discounted, no history
 * @param options  how sure, by which rule, and which differences do not matter
 * @returns the best arm, the evidence, and whether to stop
 * @throws ExperimentError `not_a_bandit` at ["state"]; `out_of_range` at ["confidence"]; `unknown_name` at ["rule"]; `unknown_key` at an
 *         option that does not exist; `no_evidence_rule` at ["rule"] or ["smallest"] when
 *         they are given and the reward model (all but `bernoulli` and `poisson` of essai's) or an objective leaves no bound; `no_eligible_action` at ["state"] when
 *         no arm is live
 * @source evidence: Kaufmann & Koolen (2021), JMLR 22(246), with the prior as mixture
 */
export function bestArm(state: BanditState, options: BestArmOptions = {}): BestArm {
  requireBandit(state);
  checkFields(options, bestArmOptions);
  const { confidence = 0.95, rule = "evidence", smallest, context = null } = options;
  const { arms, model, objective } = state.setup;
  const live = eligibleArms(arms);
  if (!live.length) throw new ExperimentError({ no_eligible_action }, ["state"], live.length);
  const wrong = model.contextProblems?.(context, ["context"]);
  if (wrong?.[0]) throw errorOf(wrong);
  const posterior = posteriorOf(state, context, 1);
  const chances = posterior.best(live, stateFacts(state).hash);
  const order = [...live.keys()].sort((x, y) => chances[y]! - chances[x]!);
  const { mean } = momentsOf(posterior.belief);
  const [first, second] = [live[order[0]!]!, order.length > 1 ? live[order[1]!]! : undefined];
  const lead = second === undefined ? 0 : mean[first]! - mean[second]!;
  const probability = chances[order[0]!]!;
  const evidence = objective ? undefined : evidenceOf(state);
  for (const asked of ["rule", "smallest"] as const)
    if (!evidence && options[asked] !== undefined && options[asked] !== "posterior")
      throw new ExperimentError({ no_evidence_rule }, [asked], objective?.name ?? model.name);
  const others = live.filter((i) => i !== first);
  // A wrong arm is named only if it beats the best one's evidence: one chance for each other arm there ever was.
  const errorBound = evidence ? boundOf(arms.length - 1, others, (i) => evidence(first, i)) : null;
  // Wrongly called equal, an arm has another that is too far from it; and any arm may be the one that is named.
  const equalBound =
    evidence && smallest !== undefined
      ? boundOf(arms.length, others, (i) =>
          Math.min(evidence(first, i, smallest), evidence(i, first, smallest)),
        )
      : null;
  const enough = (bound: number | null) => bound !== null && bound <= 1 - confidence;
  const best = rule === "evidence" ? enough(errorBound) : probability >= confidence;
  const verdict = best ? "best" : enough(equalBound) ? "equal" : "open";
  return {
    arm: arms[first]!.key,
    probability,
    runnerUp: second === undefined ? null : arms[second]!.key,
    lead: Number.isNaN(lead) ? 0 : lead,
    errorBound,
    equalBound,
    verdict,
    stop: verdict !== "open",
  };
}

/** The largest chance of error over some arms whose log e-values are known; 0 where there is none to err about. */
const boundOf = (chances: number, others: readonly number[], evidence: (arm: number) => number): number =>
  others.reduce((most, i) => Math.max(most, Math.min(1, chances * Math.exp(-evidence(i)))), 0);
