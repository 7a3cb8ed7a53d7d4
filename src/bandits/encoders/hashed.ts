import { ExperimentError, missing_value, out_of_range, problem } from "../../errors/index.js";
import { murmur3 } from "../../hash/murmur3.js";
import type { Encoder } from "./encoder.js";

/** A text with too many levels to list, in one of `size` places, with a sign so that collisions cancel on average. */
export interface HashedFeature {
  readonly kind: "hashed";
  readonly field: string;
  readonly size: number;
}

export function hashed({ field, size }: HashedFeature): Encoder {
  if (!(Number.isInteger(size) && size > 0)) throw new ExperimentError({ out_of_range }, ["size"], size);
  return {
    size,
    fields: [field],
    problems: (context, path) =>
      context[field] === undefined ? [problem({ missing_value }, [...path, field], undefined)] : [],
    write(context, out, at) {
      const hash = murmur3(`${field}=${String(context[field])}`, 0);
      out[at + ((hash >>> 1) % size)] = hash & 1 ? 1 : -1;
    },
  };
}
