import type { Json } from "../core/json.js";
import { invalid_key, not_json } from "../errors/index.js";
import type { Checks } from "./checks.js";

const DEEPEST = 64;

/**
 * A deeply frozen copy of a JSON value; what is not JSON is reported, not thrown.
 * Properties that are `undefined` are left out, −0 becomes 0.
 * @param value     anything
 * @param checks    receives `not_json` and `invalid_key` (a property named `__proto__`) with their paths
 * @returns the copy, with null where a problem was found
 */
export function frozenJson(value: unknown, checks: Checks): Json {
  return frozen(value, checks, []);
}

/** @param path  where `value` lies; one array for all of them, copied only where something is reported */
function frozen(value: unknown, checks: Checks, path: (string | number)[]): Json {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (Number.isFinite(value)) return (value as number) + 0;
  if (typeof value === "object" && path.length < DEEPEST) {
    if (Array.isArray(value)) {
      const copy = Array.from(value, (each, i) => {
        path.push(i);
        const inner = frozen(each, checks, path);
        path.pop();
        return inner;
      });
      return Object.freeze(copy);
    }
    const prototype = Object.getPrototypeOf(value);
    if (prototype === null || Object.getPrototypeOf(prototype) === null) {
      const copy: { [key: string]: Json } = {};
      for (const key of Object.keys(value)) {
        const each = (value as { readonly [key: string]: unknown })[key];
        if (each === undefined) continue;
        path.push(key);
        if (key === "__proto__") checks.report({ invalid_key }, [...path], key);
        else copy[key] = frozen(each, checks, path);
        path.pop();
      }
      return Object.freeze(copy);
    }
  }
  checks.report({ not_json }, [...path], value);
  return null;
}
