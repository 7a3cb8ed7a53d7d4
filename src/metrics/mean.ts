import { scalar } from "../stats/moments/scalar.js";
import { estimateMean } from "./estimate-mean.js";
import type { MetricType } from "./metric-type.js";

/** The sum of a unit's amounts, zero where there is no event, averaged over units. */
export const mean: MetricType = {
  description: "Sum of amounts a unit, zero where there is none, averaged over units.",
  values: [{ name: "value", of: "sum" }],
  joint: false,
  third: true,
  quantity: "amount",
  linear: (moments) => scalar(moments),
  check: () => [],
  estimate: estimateMean,
};
