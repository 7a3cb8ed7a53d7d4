import type { Fields, FieldsType } from "../../shapes/index.js";
import { checkedFeature } from "./checked-feature.js";
import type { Encoder } from "./encoder.js";
import { finiteProblems } from "./finite-problems.js";

/** What a numeric feature says: its field, and what is taken off (default 0) before it is divided by `sd` (default 1). */
export const numericFields = {
  field: { kind: "text" },
  mean: { kind: "number", optional: true },
  sd: { kind: "number", above: 0, optional: true },
} as const satisfies Fields;

/** A number, standardised by stated constants: (value − mean) / sd. Defaults 0 and 1. */
export type NumericFeature = { readonly kind: "numeric" } & FieldsType<typeof numericFields>;

export function numeric(feature: NumericFeature): Encoder {
  const { field, mean = 0, sd = 1 } = checkedFeature(feature, numericFields);
  return {
    size: 1,
    fields: [field],
    problems: (context, path) => finiteProblems(context, field, path),
    write(context, out, at) {
      out[at] = ((context[field] as number) - mean) / sd;
    },
  };
}
