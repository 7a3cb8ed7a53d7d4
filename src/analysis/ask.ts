import type { Estimate } from "../core/estimate.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import type { MetricEstimates, MetricStratum } from "../metrics/index.js";
import { type CompareContext, compare, readerOf, strataOf } from "./compare.js";
import type { Comparison, Contrast } from "./comparison.js";
import type { Group } from "./cube.js";

/** A question with its answer, and the means to read the answer's intervals at another level. */
export interface Asked {
  readonly comparison: Comparison;
  readonly metric: MetricDefinition;
  readonly strata: readonly MetricStratum[];
  /** The estimates at another level; the same tests. */
  again(level: number): MetricEstimates;
  /** Cells: how the cell differs from the rest, at another level. */
  versusRest?(level: number): Estimate;
}

/** Compares two variants within a group; as `compare`, with what is needed to read it again. */
export function ask(group: Group, metricAt: number, contrast: Contrast, context: CompareContext): Asked {
  const strata = strataOf(group, metricAt, contrast);
  const metric = context.metrics[metricAt] as MetricDefinition;
  const read = readerOf(metric, strata);
  return {
    comparison: compare(group, metricAt, contrast, context, { strata, read }),
    metric,
    strata,
    again: (level) => read({ level }),
  };
}
