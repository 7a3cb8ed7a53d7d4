import { ExperimentError, not_finite, out_of_range, problem } from "../../errors/index.js";
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

export function numeric({ field, mean = 0, sd = 1 }: NumericFeature): Encoder {
  if (!Number.isFinite(mean)) throw new ExperimentError({ not_finite }, ["mean"], mean);
  if (!(sd > 0 && sd < 1 / 0)) throw new ExperimentError({ out_of_range }, ["sd"], sd);
  return {
    size: 1,
    fields: [field],
    problems: (context, path) =>
      Number.isFinite(context[field]) ? [] : [problem({ not_finite }, [...path, field], context[field])],
    write(context, out, at) {
      out[at] = ((context[field] as number) - mean) / sd;
    },
  };
}
