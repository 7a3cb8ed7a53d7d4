import { murmur3 } from "../../hash/murmur3.js";
import type { Fields, FieldsType } from "../../shapes/index.js";
import { checkedFeature } from "./checked-feature.js";
import type { Encoder } from "./encoder.js";
import { missingProblems } from "./missing.js";
import { MOST_PLACES } from "./most-places.js";

/** What a hashed feature says. */
export const hashedFields = {
  field: { kind: "text" },
  size: { kind: "number", atLeast: 1, atMost: MOST_PLACES, whole: true },
} as const satisfies Fields;

/** A text with too many levels to list, in one of `size` places, with a sign so that collisions cancel on average. */
export type HashedFeature = { readonly kind: "hashed" } & FieldsType<typeof hashedFields>;

export function hashed(feature: HashedFeature): Encoder {
  const { field, size } = checkedFeature(feature, hashedFields);
  return {
    size,
    fields: [field],
    problems: (context, path) => missingProblems(context[field], field, path, { expected: { type: "text" } }),
    write(context, out, at) {
      const hash = murmur3(`${field}=${String(context[field])}`, 0);
      out[at + ((hash >>> 1) % size)] = hash & 1 ? 1 : -1;
    },
  };
}
