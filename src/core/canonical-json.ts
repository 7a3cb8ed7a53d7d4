import { canonicalEntries } from "./code-point-order.js";
import type { Json } from "./json.js";

/**
 * A JSON value as the one text that all its spellings share: keys of objects by code point at every depth, arrays as
 * written, no white space. What is hashed is hashed in this form, so that a store may reorder keys.
 * @param value  a JSON value; properties that are `undefined` are left out, as `JSON.stringify` does
 * @returns the text
 */
export function canonicalJson(value: Json): string {
  if (Object(value) !== value) return JSON.stringify(value);
  // A list in a template is joined with commas.
  if (Array.isArray(value)) return `[${value.map(canonicalJson)}]`;
  return `{${canonicalEntries(value as { readonly [key: string]: Json }).flatMap(([key, each]) =>
    each === undefined ? [] : `${JSON.stringify(key)}:${canonicalJson(each)}`,
  )}}`;
}
