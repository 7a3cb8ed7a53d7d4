import { ExperimentError, out_of_range } from "../../errors/index.js";
import { raise } from "./bounded-shares.js";
import type { Constraint } from "./constraint.js";

/**
 * A traffic floor: every eligible action keeps at least this probability, so that it can still be learned about.
 * @param settings.share  in [0, 1]; default 0.01. With more actions than fit, each gets the same
 * @returns the constraint
 * @throws ExperimentError `out_of_range` at ["share"]
 */
export function floor({ share = 0.01 }: { readonly share?: number } = {}): Constraint {
  if (!(share >= 0 && share <= 1)) throw new ExperimentError({ out_of_range }, ["share"], share);
  return {
    name: "floor",
    settings: { share },
    apply: (probabilities) =>
      raise(
        probabilities,
        probabilities.map(() => Math.min(share, 1 / probabilities.length)),
      ),
  };
}
