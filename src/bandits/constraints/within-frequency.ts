import { requireArray, requireNumber, requireObject } from "../../errors/index.js";

/**
 * The actions a unit may still get: those it has had fewer times than allowed.
 * @param actions  keys of the actions in question
 * @param counts   how often the unit has had each, by key; not named means never
 * @param most     how often it may, by key; not named means without limit
 * @returns keys for `decide`'s `eligible`; may be empty, and then the unit is to be left alone
 * @throws ExperimentError `missing_value` or `wrong_type` at ["actions"], ["counts"] or ["most"]; `out_of_range` and the
 *         like at ["counts", action] or ["most", action]
 */
export function withinFrequency(
  actions: readonly string[],
  counts: Readonly<Record<string, number>>,
  most: Readonly<Record<string, number>>,
): string[] {
  requireArray(actions, ["actions"]);
  requireObject(counts, ["counts"]);
  requireObject(most, ["most"]);
  return actions.filter((key) => {
    const [count, limit] = [counts[key] ?? 0, most[key]];
    requireNumber(count, ["counts", key], { atLeast: 0 });
    if (limit === undefined) return true;
    requireNumber(limit, ["most", key], { atLeast: 0 });
    return count < limit;
  });
}
