import type { Json } from "../core/json.js";
import { type RandomSource, shuffle } from "../random/index.js";

/**
 * What a store that does not keep the order of keys makes of a value.
 * @param value   whatever JSON can hold
 * @param random  source of chance
 * @returns its JSON, parsed, the keys of every object at every depth in another order; arrays as they are
 */
export function reordered<T>(value: T, random: RandomSource): T {
  const mixed = (json: Json): Json => {
    if (typeof json !== "object" || json === null) return json;
    if (Array.isArray(json)) return json.map(mixed);
    const entries = Object.entries(json);
    // Backwards first: a shuffle of two keys often changes nothing.
    return Object.fromEntries(shuffle(random, entries.reverse()).map(([key, each]) => [key, mixed(each)]));
  };
  return mixed(JSON.parse(JSON.stringify(value))) as T;
}
