import type { ScalarMoments } from "../../core/moments.js";
import { pooledSkewness, skewedArms, skewnessThreshold } from "./pooled-skewness.js";

/** `["skewed"]` where third moments say that a comparison's statistic is, else nothing. */
export function skewFlag(control: ScalarMoments, treatment: ScalarMoments): readonly string[] {
  const arms = skewedArms(control, treatment);
  return arms && Math.abs(pooledSkewness(arms, 1)) >= skewnessThreshold ? ["skewed"] : [];
}
