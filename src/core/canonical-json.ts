import type { Json } from "./json.js";

/**
 * A JSON value as the one text that all its spellings share: keys of objects sorted at every depth, lists as written, no
 * white space. What is hashed is hashed in this form, so that a store may reorder keys.
 * @param value  a JSON value, or what `JSON.stringify` makes one of; properties that are `undefined` are left out
 * @returns the text
 */
export const canonicalJson = (value: Json | object): string =>
  JSON.stringify(value, (_, part) =>
    typeof part !== "object" || part === null || Array.isArray(part)
      ? part
      : Object.fromEntries(
          Object.keys(part)
            .sort()
            .map((key) => [key, part[key]]),
        ),
  );
