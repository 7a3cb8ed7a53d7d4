import type { MetricType } from "./metric-type.js";

/** One total over another, e.g. revenue an order: Σ numerator / Σ denominator over units. */
export const ratio: MetricType = {
  description: "Sum of one amount over the sum of another, e.g. revenue an order.",
  values: [
    { name: "numerator", of: "sum" },
    { name: "denominator", of: "sum" },
  ],
  joint: true,
  check: () => [],
};
