import type { Alternative, Estimate } from "../../core/estimate.js";
import { degenerate, symmetricEstimate } from "../inference/symmetric-estimate.js";
import { type LiftInputs, zeroBaseline } from "./baseline.js";

/** Lift ± critical value × first-order standard error; under-covers for small counts, see docs/calibration.md. */
export function delta(inputs: LiftInputs, level: number, alternative: Alternative): Estimate {
  const { control, treatment, controlVariance, treatmentVariance, flags } = inputs;
  if (control === 0) return zeroBaseline("delta", level);
  const ratio = treatment / control;
  const scale = Math.abs(control);
  const a = (ratio * ratio * controlVariance) / control / control;
  const b = treatmentVariance / control / control;
  const value = (treatment - control) / scale;
  const standardError = Math.sqrt(a + b);
  if (standardError === 0) return degenerate("delta", value, level);
  return symmetricEstimate("delta", value, standardError, inputs.tail(a, b), { level, alternative }, flags);
}
