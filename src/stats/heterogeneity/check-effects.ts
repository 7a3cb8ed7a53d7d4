import { requireArray, requireNumber, requireObject } from "../../errors/index.js";
import { requireUnits } from "../inference/check-arms.js";

/** One independent estimate of an effect: a segment's, a channel's, an experiment's. */
export interface MeasuredEffect {
  readonly value: number;
  readonly standardError: number;
}

/**
 * Refuses effects that cannot be combined.
 * @throws ExperimentError `insufficient_data` at ["effects"] for fewer than `minimum`; `not_finite` at
 *         ["effects", i, "value"]; `out_of_range` at ["effects", i, "standardError"] unless finite and positive
 */
export function checkEffects(effects: readonly MeasuredEffect[], minimum: number): void {
  requireArray(effects, ["effects"]);
  requireUnits(effects.length, ["effects"], minimum);
  effects.forEach((effect, i) => {
    if (typeof effect !== "object" || effect === null || Array.isArray(effect))
      requireObject(effect, ["effects", i]);
    const { value, standardError } = effect;
    if (!Number.isFinite(value)) requireNumber(value, ["effects", i, "value"]);
    if (!(Number.isFinite(standardError) && standardError > 0))
      requireNumber(standardError, ["effects", i, "standardError"], { above: 0 });
  });
}
