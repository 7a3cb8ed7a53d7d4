import { linearize } from "../stats/ratios/linearize.js";
import { ratioDifference } from "../stats/ratios/ratio-difference.js";
import { ratioLift } from "../stats/ratios/ratio-lift.js";
import type { MetricType } from "./metric-type.js";

const choice = ["sum", "count"] as const;

/** One total over another, e.g. revenue a visit: Σ numerator / Σ denominator over units. */
export const ratio: MetricType = {
  description:
    "One total over another, e.g. revenue a visit; each side a sum of amounts or a count of events.",
  values: [
    { name: "numerator", of: "sum", choice },
    { name: "denominator", of: "sum", choice },
  ],
  joint: true,
  third: false,
  quantity: "amount",
  linear: (moments) => linearize(moments, []),
  check: () => [],
  estimate: (control, treatment, options) => ({
    difference: ratioDifference(control, treatment, options),
    lift: ratioLift(control, treatment, options),
  }),
};
