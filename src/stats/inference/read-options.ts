import type { Alternative, EstimateOptions } from "../../core/estimate.js";
import { ExperimentError, out_of_range, unknown_key } from "../../errors/index.js";

/**
 * Confidence level of the options, checked.
 * @returns the level, default 0.95
 * @throws ExperimentError `out_of_range` at ["options", "level"] outside (0, 1)
 */
export function readLevel(options: EstimateOptions): number {
  const level = options.level ?? 0.95;
  if (!(level > 0 && level < 1)) throw new ExperimentError({ out_of_range }, ["options", "level"], level);
  return level;
}

/**
 * Alternative of the options, checked.
 * @returns the alternative, default `"two-sided"`
 * @throws ExperimentError `unknown_key` at ["options", "alternative"]
 */
export function readAlternative(options: EstimateOptions): Alternative {
  const alternative = options.alternative ?? "two-sided";
  if (alternative !== "two-sided" && alternative !== "greater" && alternative !== "less")
    throw new ExperimentError({ unknown_key }, ["options", "alternative"], alternative);
  return alternative;
}
