import { requireArray } from "../errors/index.js";
import { requireSource } from "./require-source.js";
import type { RandomSource } from "./source.js";

/**
 * A random order (Fisher–Yates); every one is equally likely.
 * @param random  source of chance
 * @param items   left as they are
 * @returns a new array with the same items
 * @throws ExperimentError `missing_value` or `wrong_type` at ["random"] or ["items"]
 */
export function shuffle<T>(random: RandomSource, items: readonly T[]): T[] {
  requireSource(random);
  requireArray(items, ["items"]);
  const order = items.slice();
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random.next() * (i + 1));
    const kept = order[i] as T;
    order[i] = order[j] as T;
    order[j] = kept;
  }
  return order;
}
