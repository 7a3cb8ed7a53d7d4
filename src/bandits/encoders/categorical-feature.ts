import { missing_value, wrong_type } from "../../core/errors.js";
import { problem } from "../../core/experiment-error.js";
import type { Encoder } from "./encoder.js";

/** One of a few levels, one number each; a level that is not listed is all zeros. */
export interface CategoricalFeature {
  readonly kind: "categorical";
  readonly field: string;
  readonly levels: readonly string[];
}

export const categoricalFeature: Encoder<CategoricalFeature> = {
  size: ({ levels }) => levels.length,
  featureProblems: ({ levels }, path) =>
    Array.isArray(levels) && levels.length > 0 && levels.every((level) => typeof level === "string")
      ? []
      : [problem({ wrong_type }, [...path, "levels"], levels)],
  problems: ({ field }, context, path) =>
    context[field] === undefined ? [problem({ missing_value }, [...path, field], undefined)] : [],
  write({ field, levels }, context, out, at) {
    const level = levels.indexOf(String(context[field]));
    if (level >= 0) out[at + level] = 1;
  },
};
