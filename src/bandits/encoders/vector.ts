import { ExperimentError, not_finite, out_of_range, problem, wrong_length } from "../../errors/index.js";
import type { Encoder } from "./encoder.js";

/** Numbers that the caller has encoded already. */
export interface VectorFeature {
  readonly kind: "vector";
  readonly field: string;
  readonly size: number;
}

export function vector({ field, size }: VectorFeature): Encoder {
  if (!(Number.isInteger(size) && size > 0)) throw new ExperimentError({ out_of_range }, ["size"], size);
  return {
    size,
    fields: [field],
    problems(context, path) {
      const values = context[field];
      if (!Array.isArray(values) || values.length !== size)
        return [problem({ wrong_length }, [...path, field], Array.isArray(values) ? values.length : values)];
      for (let i = 0; i < size; i++)
        if (!Number.isFinite(values[i])) return [problem({ not_finite }, [...path, field, i], values[i])];
      return [];
    },
    write(context, out, at) {
      // A loop: `set` takes longer for so few numbers.
      let place = at;
      for (const value of context[field] as readonly number[]) out[place++] = value;
    },
  };
}
