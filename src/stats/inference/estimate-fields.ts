import type { EstimateOptions } from "../../core/estimate.js";
import type { FieldsFor } from "../../shapes/index.js";

/** The keys of options that only have a level. */
export const levelFields = {
  level: { kind: "number", above: 0, below: 1, optional: true },
} as const satisfies FieldsFor<Pick<EstimateOptions, "level">>;

/** The keys of options that only have an alternative. */
export const alternativeFields = {
  alternative: { kind: "word", of: ["two-sided", "greater", "less"], optional: true },
} as const satisfies FieldsFor<Pick<EstimateOptions, "alternative">>;

/** The keys that the options of every interval and test have. */
export const estimateFields = {
  ...levelFields,
  ...alternativeFields,
} as const satisfies FieldsFor<EstimateOptions>;
