import type { Json } from "../../core/json.js";
import type { BanditState } from "../state/state.js";
import type { Posterior } from "./posterior.js";

/** What is believed about the objective in a context. */
export function posteriorOf({ setup, sums }: BanditState, context: Json, sharpness: number): Posterior {
  const { model, objective } = setup;
  const posterior = model.posterior(sums, context, sharpness);
  return objective ? objective.of(posterior, setup.arms, context) : posterior;
}
