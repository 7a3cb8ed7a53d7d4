import { type ErrorPath, ExperimentError, unknown_name } from "../../../errors/index.js";
import type { ArmPosterior } from "./index.js";

/** Refuses an arm that is believed under another model than the first. */
export function requireOneModel(first: ArmPosterior, { model }: ArmPosterior, path: ErrorPath): void {
  if (model !== first.model)
    throw new ExperimentError({ unknown_name }, [...path, "model"], model, { known: [first.model] });
}
