import type { Fields, FieldsType } from "../../shapes/index.js";
import { checkedFeature } from "./checked-feature.js";
import type { Encoder } from "./encoder.js";
import { finiteProblems } from "./finite-problems.js";

/** What a cyclic feature says. */
export const cyclicFields = {
  field: { kind: "text" },
  period: { kind: "number", above: 0 },
} as const satisfies Fields;

/** A number that comes round, as sine and cosine: an hour (period 24), a weekday (period 7). */
export type CyclicFeature = { readonly kind: "cyclic" } & FieldsType<typeof cyclicFields>;

export function cyclic(feature: CyclicFeature): Encoder {
  const { field, period } = checkedFeature(feature, cyclicFields);
  return {
    size: 2,
    fields: [field],
    problems: (context, path) => finiteProblems(context, field, path),
    write(context, out, at) {
      const angle = (2 * Math.PI * (context[field] as number)) / period;
      out[at] = Math.sin(angle);
      out[at + 1] = Math.cos(angle);
    },
  };
}
