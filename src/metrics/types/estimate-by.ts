import type { EstimateOptions } from "../../core/estimate.js";
import { checkOptions, estimateFields } from "../../stats/inference/index.js";
import type { MetricEstimates, MetricStratum, MetricType } from "./metric-type.js";

/** @returns a type's estimates at one level, out of its readings at any */
export function estimateBy(reads: MetricType["reads"]): MetricType["estimate"] {
  return (strata: readonly MetricStratum[], options: EstimateOptions = {}): MetricEstimates => {
    checkOptions(options, estimateFields);
    const reading = reads(strata);
    const named = reading.named(options);
    return { ...reading.at(options), ...(named ? { named } : {}) };
  };
}
