import type { Estimate } from "../../core/estimate.js";
import { normalSurvivalQuantile } from "../../distributions/index.js";

/** What bounds are held against: an estimate in standard errors, as its p-value has it; undefined without one, or beyond telling. */
export function deviateOf(estimate: Estimate): number | undefined {
  if (estimate.status !== "ok") return undefined;
  const deviate = Math.sign(estimate.value) * normalSurvivalQuantile(estimate.pValue / 2);
  return Number.isFinite(deviate) ? deviate || 0 : undefined;
}
