import { ExperimentError, missing_value, problem, wrong_type } from "../../errors/index.js";
import type { Encoder } from "./encoder.js";

/** One of a few levels, one number each; a level that is not listed is all zeros. */
export interface CategoricalFeature {
  readonly kind: "categorical";
  readonly field: string;
  readonly levels: readonly string[];
}

export function categoricalFeature({ field, levels }: CategoricalFeature): Encoder {
  if (!(Array.isArray(levels) && levels.length > 0 && levels.every((level) => typeof level === "string")))
    throw new ExperimentError({ wrong_type }, ["levels"], levels);
  return {
    size: levels.length,
    fields: [field],
    problems: (context, path) =>
      context[field] === undefined ? [problem({ missing_value }, [...path, field], undefined)] : [],
    write(context, out, at) {
      const level = levels.indexOf(String(context[field]));
      if (level >= 0) out[at + level] = 1;
    },
  };
}
