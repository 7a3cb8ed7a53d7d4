import { ExperimentError, out_of_range } from "../../errors/index.js";
import type { Constraint } from "./constraint.js";

/**
 * A fixed share for the control arm, whatever is learned, so that the bandit's own value is measured against it all
 * along. The rest is divided among the others as the policy says.
 * @param settings.share  in [0, 1]; default 0.1
 * @returns the constraint; it does nothing where control is not eligible, or nothing else is
 * @throws ExperimentError `out_of_range` at ["share"]
 */
export function controlShare({ share = 0.1 }: { readonly share?: number } = {}): Constraint {
  if (!(share >= 0 && share <= 1)) throw new ExperimentError({ out_of_range }, ["share"], share);
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
