import type { Json } from "../core/json.js";
import { type ErrorPath, invalid_key, not_json } from "../errors/index.js";
import type { Checks } from "./checks.js";

const DEEPEST = 64;

/**
 * A deeply frozen copy of a JSON value; what is not JSON is reported, not thrown.
 * Properties that are `undefined` are left out, −0 becomes 0.
 * @param value     anything
 * @param checks    receives `not_json` and `invalid_key` (a property named `__proto__`) with their paths
 * @param path      where `value` lies in the input
 * @returns the copy, with null where a problem was found
 */
export function frozenJson(value: unknown, checks: Checks, path: ErrorPath = []): Json {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (Number.isFinite(value)) return (value as number) + 0;
  if (typeof value === "object" && path.length < DEEPEST) {
    if (Array.isArray(value))
      return Object.freeze(Array.from(value, (each, i) => frozenJson(each, checks, [...path, i])));
    const prototype = Object.getPrototypeOf(value);
    if (prototype === null || Object.getPrototypeOf(prototype) === null) {
      const entries: [string, Json][] = [];
      for (const [key, each] of Object.entries(value)) {
        if (each === undefined) continue;
        if (key === "__proto__") checks.report({ invalid_key }, [...path, key], key);
        else entries.push([key, frozenJson(each, checks, [...path, key])]);
      }
      return Object.freeze(Object.fromEntries(entries));
    }
  }
  checks.report({ not_json }, path, value);
  return null;
}
