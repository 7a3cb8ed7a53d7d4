import { type ErrorPath, type Problem, problem, wrong_length } from "../errors/index.js";
import { isPlainObject } from "../shapes/index.js";

/** Lists of a report that stand beside each other, by the one that names their members. */
const beside: Readonly<Record<string, readonly string[]>> = {
  variants: ["observed", "expected"],
  arms: ["served", "expected"],
  factors: ["levels"],
};

/**
 * What a report's shape does not say: that the counts of a check are as many as the variants or arms they
 * count, and the levels of an effect as many as its factors.
 * @param value  a report, or a part of one, of the right shape
 * @param path   where it stands
 * @returns `wrong_length` for each list that is shorter or longer than the names it belongs to
 */
export function unevenLists(value: unknown, path: ErrorPath = []): Problem[] {
  if (Array.isArray(value)) return value.flatMap((each, i) => unevenLists(each, [...path, i]));
  if (!isPlainObject(value)) return [];
  const own = Object.entries(beside).flatMap(([names, others]) => {
    const named = value[names];
    if (!Array.isArray(named)) return [];
    return others.flatMap((key) => {
      const list = value[key];
      if (!Array.isArray(list) || list.length === named.length) return [];
      const expected = { length: named.length };
      return [problem({ wrong_length }, [...path, key], list.length, { expected, other: names })];
    });
  });
  return [...own, ...Object.entries(value).flatMap(([key, each]) => unevenLists(each, [...path, key]))];
}
