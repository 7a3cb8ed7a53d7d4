import { not_finite, out_of_range, wrong_length } from "../../core/errors.js";
import { problem } from "../../core/experiment-error.js";
import type { Encoder } from "./encoder.js";

/** Numbers that the caller has encoded already. */
export interface VectorFeature {
  readonly kind: "vector";
  readonly field: string;
  readonly size: number;
}

export const vector: Encoder<VectorFeature> = {
  size: ({ size }) => size,
  featureProblems: ({ size }, path) =>
    Number.isInteger(size) && size > 0 ? [] : [problem({ out_of_range }, [...path, "size"], size)],
  problems({ field, size }, context, path) {
    const values = context[field];
    if (!Array.isArray(values) || values.length !== size)
      return [problem({ wrong_length }, [...path, field], Array.isArray(values) ? values.length : values)];
    for (let i = 0; i < size; i++)
      if (!Number.isFinite(values[i])) return [problem({ not_finite }, [...path, field, i], values[i])];
    return [];
  },
  write({ field, size }, context, out, at) {
    const values = context[field] as readonly number[];
    for (let i = 0; i < size; i++) out[at + i] = values[i]!;
  },
};
