import { conversion } from "./conversion.js";
import { count } from "./count.js";
import { mean } from "./mean.js";
import { ratio } from "./ratio.js";

/** The metric family. A new member is one new file and one line here. */
export const metricTypes = { conversion, mean, count, ratio } as const;

/** Name of a metric type. */
export type MetricTypeName = keyof typeof metricTypes;
