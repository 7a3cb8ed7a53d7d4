import { ExperimentError, not_finite, out_of_range, problem } from "../../errors/index.js";
import type { Encoder } from "./encoder.js";

/** A number that comes round, as sine and cosine: an hour (period 24), a weekday (period 7). */
export interface CyclicFeature {
  readonly kind: "cyclic";
  readonly field: string;
  readonly period: number;
}

export function cyclic({ field, period }: CyclicFeature): Encoder {
  if (!(period > 0 && period < 1 / 0)) throw new ExperimentError({ out_of_range }, ["period"], period);
  return {
    size: 2,
    fields: [field],
    problems: (context, path) =>
      Number.isFinite(context[field]) ? [] : [problem({ not_finite }, [...path, field], context[field])],
    write(context, out, at) {
      const angle = (2 * Math.PI * (context[field] as number)) / period;
      out[at] = Math.sin(angle);
      out[at + 1] = Math.cos(angle);
    },
  };
}
