import { type ErrorPath, requireObject } from "../../errors/index.js";
import { checkFields, type FieldsFor, isPlainObject } from "../../shapes/index.js";
import type { Dialect } from "./dialect.js";

const spelling = { kind: "function" } as const;

/** What a dialect has. */
const dialectFields = {
  name: { kind: "text" },
  identifier: spelling,
  literal: spelling,
  kind: spelling,
  double: spelling,
  text: spelling,
  label: spelling,
  matches: spelling,
  trimmed: spelling,
  number: spelling,
  time: spelling,
  date: spelling,
  isFinite: spelling,
  mean: spelling,
  covariance: spelling,
  percentile: spelling,
  first: spelling,
  bucket: spelling,
  tail: { kind: "text", empty: true },
} as const satisfies FieldsFor<Dialect>;

/**
 * Checks a caller's dialect, so that a misspelt method is not ignored beside the one it was to replace.
 * @param value  a plain object, or of a class that has the methods
 * @param path   where it stands
 * @throws ExperimentError with every problem at once: `unknown_key`, `missing_value`, `wrong_type`
 */
export function requireDialect(value: unknown, path: ErrorPath): asserts value is Dialect {
  requireObject(value, path);
  const members = Object.keys(dialectFields).map((key) => [key, Reflect.get(value, key)]);
  checkFields(
    { ...(isPlainObject(value) ? value : {}), ...Object.fromEntries(members) },
    dialectFields,
    path,
  );
}
