import { out_of_range } from "../core/errors.js";
import { ExperimentError } from "../core/experiment-error.js";
import type { Json } from "../core/json.js";
import { momentsOf } from "./beliefs.js";
import { knownState, posteriorOf } from "./known.js";
import type { BanditState } from "./state.js";

/** The arm that looks best, and whether that is enough to stop. */
export interface BestArm {
  readonly action: string;
  /** Posterior probability that it is the best live arm. */
  readonly probability: number;
  readonly runnerUp: string | null;
  /** Posterior mean of the best minus that of the runner-up, in the reward's unit; 0 if there is none. */
  readonly lead: number;
  readonly stop: boolean;
}

/**
 * The stopping rule for best-arm identification: stop once one live arm is the best with posterior probability
 * `confidence`. The probability is exact or counted as the reward model's vector is; it is Bayesian and rests on the
 * prior, not on how often one looks.
 * @param state               the bandit; `topTwo` gets there with the fewest rewards
 * @param options.confidence  in (0, 1); default 0.95
 * @param options.context     default null
 * @returns the best arm, the evidence, and whether to stop
 * @throws ExperimentError `out_of_range` at ["confidence"]
 */
export function bestArm(
  state: BanditState,
  { confidence = 0.95, context = null }: { readonly confidence?: number; readonly context?: Json } = {},
): BestArm {
  if (!(confidence > 0 && confidence < 1))
    throw new ExperimentError({ out_of_range }, ["confidence"], confidence);
  const { arms } = state.setup;
  const live = [...arms.keys()].filter((i) => arms[i]!.status === "live");
  const posterior = posteriorOf(state, context, 1);
  const chances = posterior.best(live, knownState(state).hash);
  const order = [...live.keys()].sort((x, y) => chances[y]! - chances[x]!);
  const { mean } = momentsOf(posterior.belief);
  const [first, second] = [live[order[0]!]!, order.length > 1 ? live[order[1]!]! : undefined];
  const lead = second === undefined ? 0 : mean[first]! - mean[second]!;
  return {
    action: arms[first]!.key,
    probability: chances[order[0]!]!,
    runnerUp: second === undefined ? null : arms[second]!.key,
    lead: Number.isNaN(lead) ? 0 : lead,
    stop: chances[order[0]!]! >= confidence,
  };
}
