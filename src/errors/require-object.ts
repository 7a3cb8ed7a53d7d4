import { missing_value, wrong_type } from "./en/index.js";
import { ExperimentError } from "./experiment-error.js";
import type { ErrorPath, ValueType } from "./parameters.js";

/**
 * Refuses a value for its type.
 * @throws ExperimentError `missing_value` for undefined and for empty text where text is expected, else `wrong_type`, at
 *         `path`; both say what is expected
 */
export function refuseType(value: unknown, path: ErrorPath, type: ValueType | readonly ValueType[]): never {
  const missing = value === undefined || (value === "" && type === "text");
  const entry = missing ? { missing_value } : { wrong_type };
  throw new ExperimentError(entry, path, value, { expected: { type } });
}

/**
 * Checks that a caller's value is an object whose properties can be read.
 * @param value  anything
 * @param path   where it stands
 * @throws ExperimentError `missing_value` or `wrong_type` at `path`; a list is no object
 */
export function requireObject(value: unknown, path: ErrorPath): asserts value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) refuseType(value, path, "object");
}

/**
 * Checks that a caller's value is a list: an array, a typed array or what else has a length and indexes.
 * @param value  anything
 * @param path   where it stands
 * @throws ExperimentError `missing_value` or `wrong_type` at `path`; text is no list
 */
export function requireList(value: unknown, path: ErrorPath): asserts value is ArrayLike<unknown> {
  const length = typeof value === "object" && value !== null && "length" in value ? value.length : -1;
  if (!(typeof length === "number" && Number.isSafeInteger(length) && length >= 0))
    refuseType(value, path, "list");
}

/**
 * Checks that a caller's value is an array: what has `map`, `slice` and `forEach` too.
 * @param value  anything
 * @param path   where it stands
 * @throws ExperimentError `missing_value` or `wrong_type` at `path`
 */
export function requireArray(value: unknown, path: ErrorPath): asserts value is readonly unknown[] {
  if (!Array.isArray(value)) refuseType(value, path, "list");
}

/**
 * Checks that a caller's value is an object with a method, whatever else it is.
 * @param value   anything
 * @param path    where it stands
 * @param method  the method's name
 * @throws ExperimentError `missing_value` or `wrong_type` at `path`, or at the method's path
 */
export function requireMethod<T, const M extends string>(
  value: T,
  path: ErrorPath,
  method: M,
): asserts value is NonNullable<T> {
  if (typeof value !== "object" || value === null) refuseType(value, path, "object");
  const found: unknown = Reflect.get(value, method);
  if (typeof found !== "function") refuseType(found, [...path, method], "function");
}
