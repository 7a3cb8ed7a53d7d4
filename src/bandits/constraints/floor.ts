import type { FieldsType } from "../../shapes/index.js";
import { leanSettings } from "../lean-settings.js";
import { fraction } from "../setting-shapes.js";
import type { Constraint } from "./constraint.js";
import { heldJointly } from "./hold-jointly.js";

/** Settings of `floor`. */
export const floorSettings = { share: fraction } as const;

/**
 * A traffic floor: every action that may be chosen keeps at least this probability, so that it can still be learned about.
 * @param settings.share  in [0, 1]; default 0.01. With more actions than fit, deciding throws `constraints_clash`
 * @returns the constraint
 * @throws ExperimentError `out_of_range` at ["share"]; `unknown_key` at any other setting
 */
export function floor(settings: FieldsType<typeof floorSettings> = {}): Constraint {
  const { share = 0.01 } = leanSettings(settings, floorSettings);
  return heldJointly({
    name: "floor",
    settings: { share },
    bounds: ({ eligible }) => ({ least: eligible.map(() => share) }),
  });
}
