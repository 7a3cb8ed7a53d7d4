import { canonicalEntries } from "../core/code-point-order.js";
import { isPlainObject } from "../shapes/index.js";

/**
 * A cell's levels are told in the order of the report's dimensions, whatever a store made of the order of keys.
 * @param value       a report's JSON, or a part of it
 * @param dimensions  the report's, in order
 * @returns a copy in which the keys of every `cell` are in that order, others after them by code point
 */
export function orderedCells<T>(value: T, dimensions: readonly string[]): T {
  return ordered(value, dimensions) as T;
}

function ordered(value: unknown, dimensions: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => ordered(each, dimensions));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (key !== "cell" || !isPlainObject(each)) return [key, ordered(each, dimensions)];
      const first = dimensions.filter((name) => Object.hasOwn(each, name));
      const rest = canonicalEntries(each).filter(([name]) => !first.includes(name));
      return [key, Object.fromEntries([...first.map((name) => [name, each[name]]), ...rest])];
    }),
  );
}
