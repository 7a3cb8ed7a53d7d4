import type { Fields, FieldsType } from "../../shapes/index.js";
import { checkedFeature } from "./checked-feature.js";
import type { Encoder } from "./encoder.js";
import { missingProblems } from "./missing.js";

/** What a categorical feature says. */
export const categoricalFields = {
  field: { kind: "text" },
  levels: { kind: "list", of: { kind: "text", empty: true }, atLeast: 1 },
} as const satisfies Fields;

/** One of a few levels, one number each; a level that is not listed is all zeros. */
export type CategoricalFeature = { readonly kind: "categorical" } & FieldsType<typeof categoricalFields>;

export function categoricalFeature(feature: CategoricalFeature): Encoder {
  const { field, levels } = checkedFeature(feature, categoricalFields);
  return {
    size: levels.length,
    fields: [field],
    problems: (context, path) => missingProblems(context[field], field, path, { known: levels }),
    write(context, out, at) {
      const level = levels.indexOf(String(context[field]));
      if (level >= 0) out[at + level] = 1;
    },
  };
}
