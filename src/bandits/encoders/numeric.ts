import { not_finite, out_of_range } from "../../core/errors.js";
import { problem } from "../../core/experiment-error.js";
import type { Encoder } from "./encoder.js";

/** A number, standardised by stated constants: (value − mean) / sd. */
export interface NumericFeature {
  readonly kind: "numeric";
  readonly field: string;
  /** Default 0. */
  readonly mean?: number;
  /** Default 1. */
  readonly sd?: number;
}

export const numeric: Encoder<NumericFeature> = {
  size: () => 1,
  featureProblems: ({ mean = 0, sd = 1 }, path) => [
    ...(Number.isFinite(mean) ? [] : [problem({ not_finite }, [...path, "mean"], mean)]),
    ...(sd > 0 && sd < 1 / 0 ? [] : [problem({ out_of_range }, [...path, "sd"], sd)]),
  ],
  problems: ({ field }, context, path) =>
    Number.isFinite(context[field]) ? [] : [problem({ not_finite }, [...path, field], context[field])],
  write({ field, mean = 0, sd = 1 }, context, out, at) {
    out[at] = ((context[field] as number) - mean) / sd;
  },
};
