import { negative_value } from "../core/errors.js";
import { problem } from "../core/experiment-error.js";
import { scalar } from "../stats/moments/scalar.js";
import { estimateMean } from "./estimate-mean.js";
import type { MetricType } from "./metric-type.js";

/** How often a unit did it, averaged over units. */
export const count: MetricType = {
  description: "Number of events a unit, averaged over units.",
  values: [{ name: "value", of: "count" }],
  joint: false,
  third: true,
  quantity: "amount",
  linear: (moments) => scalar(moments),
  check: ({ mean }, path) => ((mean[0] as number) < 0 ? [problem({ negative_value }, path, mean[0])] : []),
  estimate: estimateMean,
};
