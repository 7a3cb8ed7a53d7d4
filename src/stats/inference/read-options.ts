import type { Alternative, EstimateOptions } from "../../core/estimate.js";

/** @returns the level of checked options, default 0.95 */
export function readLevel({ level = 0.95 }: EstimateOptions): number {
  return level;
}

/** @returns the alternative of checked options, default `"two-sided"` */
export function readAlternative({ alternative = "two-sided" }: EstimateOptions): Alternative {
  return alternative;
}
