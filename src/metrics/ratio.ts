import { linearize } from "../stats/ratios/linearize.js";
import { ratioDifference } from "../stats/ratios/ratio-difference.js";
import { ratioLift } from "../stats/ratios/ratio-lift.js";
import type { MetricType } from "./metric-type.js";

/** One total over another, e.g. revenue an order: Σ numerator / Σ denominator over units. */
export const ratio: MetricType = {
  description: "Sum of one amount over the sum of another, e.g. revenue an order.",
  values: [
    { name: "numerator", of: "sum" },
    { name: "denominator", of: "sum" },
  ],
  joint: true,
  quantity: "amount",
  linear: (moments) => linearize(moments, []),
  check: () => [],
  estimate: (control, treatment, options) => ({
    difference: ratioDifference(control, treatment, options),
    lift: ratioLift(control, treatment, options),
  }),
};
