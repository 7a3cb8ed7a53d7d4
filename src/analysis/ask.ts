import type { MetricDefinition } from "../core/metric-definition.js";
import type { MetricReading, MetricStratum, MetricType } from "../metrics/index.js";
import { type CompareContext, compare, metricIn, strataOf } from "./compare.js";
import type { Comparison, Contrast } from "./comparison.js";
import type { Group } from "./cube.js";
import { plannedReading } from "./looks/planned-reading.js";

/** A question with its answer, and the means to read the answer's intervals at another level. */
export interface Asked {
  readonly comparison: Comparison;
  readonly metric: MetricDefinition;
  readonly type: MetricType;
  readonly strata: readonly MetricStratum[];
  /** Absent where there are no strata. */
  readonly reading: MetricReading | undefined;
  /** The same under the plan's looks. */
  readonly planned: MetricReading | undefined;
}

/**
 * Compares two variants within a group; as `compare`, with what is needed to read it again.
 * @param others  whether further tests of the same contrast are told
 */
export function ask(
  group: Group,
  metricAt: number,
  contrast: Contrast,
  context: CompareContext,
  others = true,
): Asked {
  const strata = strataOf(group, metricAt, contrast);
  const { metric, type } = metricIn(context, metricAt);
  const reading = strata.length > 0 ? type.reads(strata) : undefined;
  const comparison = compare(group, metricAt, contrast, context, { strata, reading, others });
  const planned =
    reading && context.rule
      ? plannedReading(
          reading,
          context.rule,
          metric,
          comparison,
          comparison.difference.fixed,
          context.control,
        )
      : reading;
  return { comparison, metric, type, strata, reading, planned };
}
