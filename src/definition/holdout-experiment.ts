import type { Holdout } from "../core/catalogue.js";
import type { Definition } from "../core/definition.js";
import { checkFields, type Fields } from "../shapes/index.js";
import { defineExperiment, type ExperimentInput } from "./define-experiment.js";
import { catalogueFields, experimentFields } from "./definition-shape.js";

/** What a holdout is to be measured by, as in `defineExperiment`. */
export type HoldoutMeasure = Pick<ExperimentInput, "metrics" | "plan">;

const { metrics, plan } = experimentFields;
const inputs: Fields = {
  holdout: catalogueFields.holdouts.of,
  measure: { kind: "object", has: { ...(metrics && { metrics }), ...(plan && { plan }) } },
};

/**
 * The experiment that a holdout is: those held out against all others, to measure what everything together is worth. It
 * is for `analyze`, of exposures that `createHoldouts` makes; nothing assigns by it, so its status is `"draft"`.
 * @param holdout  of a catalogue
 * @param measure  metrics and a plan; default none, and the usual one
 * @returns a definition of the variants `held_out`, the control, and `open`, in the planned shares
 * @throws ExperimentError as `defineExperiment`; problems of the arguments are at ["holdout", …] and ["measure", …]
 */
export function holdoutExperiment(
  holdout: Holdout,
  measure: HoldoutMeasure = {},
): Definition<"held_out" | "open", null> {
  checkFields({ holdout, measure }, inputs);
  const { key, share, unit } = holdout;
  return defineExperiment({
    ...measure,
    ...{ key, unit, status: "draft", control: "held_out" },
    variants: { held_out: null, open: null },
    allocation: { held_out: share, open: 1 - share },
  });
}
