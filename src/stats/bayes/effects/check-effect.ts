import { requireNumber, requireObject } from "../../../errors/index.js";
import type { MeasuredEffect } from "../../heterogeneity/check-effects.js";

/** Refuses an effect without a finite value and a positive standard error. */
export function checkEffect(effect: MeasuredEffect): void {
  requireObject(effect, ["effect"]);
  requireNumber(effect.value, ["effect", "value"]);
  requireNumber(effect.standardError, ["effect", "standardError"], { above: 0 });
}
