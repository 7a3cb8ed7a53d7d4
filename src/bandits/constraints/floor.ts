import type { FieldsType } from "../../shapes/index.js";
import { checkedSettings } from "../checked-settings.js";
import { fraction } from "../setting-shapes.js";
import { raise } from "./bounded-shares.js";
import type { Constraint } from "./constraint.js";

/** Settings of `floor`. */
export const floorSettings = { share: fraction } as const;

/**
 * A traffic floor: every eligible action keeps at least this probability, so that it can still be learned about.
 * @param settings.share  in [0, 1]; default 0.01. With more actions than fit, each gets the same
 * @returns the constraint
 * @throws ExperimentError `out_of_range` at ["share"]; `unknown_key` at any other setting
 */
export function floor(settings: FieldsType<typeof floorSettings> = {}): Constraint {
  const { share = 0.01 } = checkedSettings(settings, floorSettings);
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
