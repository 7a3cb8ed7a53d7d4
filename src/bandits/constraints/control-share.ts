import type { FieldsType } from "../../shapes/index.js";
import { leanSettings } from "../lean-settings.js";
import { fraction } from "../setting-shapes.js";
import type { Constraint } from "./constraint.js";
import { heldJointly } from "./hold-jointly.js";

/** Settings of `controlShare`. */
export const controlShareSettings = { share: fraction } as const;

/**
 * A fixed share for the control arm, whatever is learned, so that the bandit's own value is measured against it all
 * along. The rest is divided among the others as the policy says.
 * @param settings.share  in [0, 1]; default 0.1
 * @returns the constraint; it demands nothing where control may not be chosen, or nothing else may
 * @throws ExperimentError `out_of_range` at ["share"]; `unknown_key` at any other setting
 */
export function controlShare(settings: FieldsType<typeof controlShareSettings> = {}): Constraint {
  const { share = 0.1 } = leanSettings(settings, controlShareSettings);
  return heldJointly({
    name: "controlShare",
    settings: { share },
    bounds({ eligible, control }) {
      if (eligible.length === 1 || !eligible.includes(control)) return {};
      return {
        least: eligible.map((i) => (i === control ? share : 0)),
        most: eligible.map((i) => (i === control ? share : 1)),
      };
    },
  });
}
