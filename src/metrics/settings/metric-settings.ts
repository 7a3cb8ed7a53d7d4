import type { Fields } from "../../shapes/index.js";
import { reasons } from "./reasons-of.js";
import { amountSource, cap, days, eventSource, returnSource } from "./value-source.js";

const side = {
  kind: "object",
  has: {
    ...amountSource,
    /** Over a unit's events: the `sum` of their amounts (the default), or their `count`. */
    of: { kind: "word", of: ["sum", "count"], optional: true },
  },
} as const;

/**
 * What a definition may, or must, say of a metric of each type besides what every metric says. Data apart from the
 * metric family, so that a page which defines an experiment loads no estimator.
 */
export const metricSettings = {
  conversion: { ...eventSource, reasons },
  mean: { ...amountSource, cap, reasons },
  count: { ...eventSource, cap, reasons },
  ratio: { numerator: side, denominator: side },
  quantile: { ...amountSource, percentile: { kind: "number", above: 0, below: 100 } },
  retention: { ...returnSource, days },
  /** Weights of other metrics, by their keys. */
  overall: { of: { kind: "map", of: { kind: "number" } }, cap, reasons },
} as const satisfies Readonly<Record<string, Fields>>;

/** Types of one number per unit, whatever the unit and the data: such numbers can be added up. */
export const summedTypes: readonly string[] = ["conversion", "mean", "count"] satisfies MetricTypeName[];

/** Types that covariates cannot adjust: their value is not a mean of one number per unit. */
export const unadjustedTypes: readonly string[] = ["quantile"] satisfies MetricTypeName[];

/** Name of a metric type. */
export type MetricTypeName = keyof typeof metricSettings;
