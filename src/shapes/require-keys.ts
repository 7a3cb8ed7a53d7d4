import {
  type ErrorParameters,
  type ErrorPath,
  ExperimentError,
  refuseType,
  unknown_key,
} from "../errors/index.js";
import { isPlainObject } from "./plain-object.js";

/**
 * Checks that an object has known keys only, where bytes or microseconds count and each value is checked by whoever
 * reads it. {@link checkFields} checks the values too.
 * @param value  what the caller passed
 * @param known  the keys there are, e.g. the object's fields
 * @param path   where it stands
 * @param tell   what else to tell of an unknown key, e.g. `nearName`
 * @returns the object
 * @throws ExperimentError `missing_value` or `wrong_type` at `path` for what is not an object, `unknown_key` at the first key
 *         that is not known, with those that are
 */
export function requireKeys(
  value: unknown,
  known: object,
  path: ErrorPath = [],
  tell?: (key: string, known: readonly string[]) => Pick<ErrorParameters, "near">,
): { readonly [key: string]: unknown } {
  if (!isPlainObject(value)) return refuseType(value, path, "object");
  for (const key of Object.keys(value))
    if (!Object.hasOwn(known, key) && value[key] !== undefined)
      throw new ExperimentError({ unknown_key }, [...path, key], key, {
        known: Object.keys(known),
        ...tell?.(key, Object.keys(known)),
      });
  return value;
}
