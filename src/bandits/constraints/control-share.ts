import type { FieldsType } from "../../shapes/index.js";
import { checkedSettings } from "../checked-settings.js";
import { fraction } from "../setting-shapes.js";
import type { Constraint } from "./constraint.js";

/** Settings of `controlShare`. */
export const controlShareSettings = { share: fraction } as const;

/**
 * A fixed share for the control arm, whatever is learned, so that the bandit's own value is measured against it all
 * along. The rest is divided among the others as the policy says.
 * @param settings.share  in [0, 1]; default 0.1
 * @returns the constraint; it does nothing where control is not eligible, or nothing else is
 * @throws ExperimentError `out_of_range` at ["share"]; `unknown_key` at any other setting
 */
export function controlShare(settings: FieldsType<typeof controlShareSettings> = {}): Constraint {
  const { share = 0.1 } = checkedSettings(settings, controlShareSettings);
  return {
    name: "controlShare",
    settings: { share },
    apply(probabilities, { eligible, control }) {
      const at = eligible.indexOf(control);
      if (at < 0 || probabilities.length === 1) return probabilities;
      const others = probabilities.reduce((sum, p, i) => (i === at ? sum : sum + p), 0);
      return probabilities.map((p, i) => {
        if (i === at) return share;
        return (1 - share) * (others > 0 ? p / others : 1 / (probabilities.length - 1));
      });
    },
  };
}
