import {
  type ErrorPath,
  ExperimentError,
  missing_value,
  nearName,
  unknown_key,
  wrong_type,
} from "../errors/index.js";
import { isPlainObject } from "./plain-object.js";

/**
 * Checks that an object has known keys only, where bytes or microseconds count and each value is checked by whoever
 * reads it. {@link checkFields} checks the values too.
 * @param value  what the caller passed
 * @param known  the keys there are, e.g. the object's fields
 * @param path   where it stands
 * @returns the object
 * @throws ExperimentError `missing_value` or `wrong_type` at `path` for what is no object, `unknown_key` at the first key
 *         that is not known, with the nearest that is
 */
export function requireKeys(
  value: unknown,
  known: object,
  path: ErrorPath = [],
): { readonly [key: string]: unknown } {
  if (!isPlainObject(value))
    throw new ExperimentError(value === undefined ? { missing_value } : { wrong_type }, path, value, {
      expected: { type: "object" },
    });
  for (const key of Object.keys(value))
    if (!Object.hasOwn(known, key) && value[key] !== undefined)
      throw new ExperimentError({ unknown_key }, [...path, key], key, nearName(key, Object.keys(known)));
  return value;
}
