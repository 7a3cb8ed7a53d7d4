import { allocation_sum, missing_value, nearName, unknown_variant } from "../errors/index.js";
import type { Checks } from "./checks.js";

/**
 * The fractions that an allocation gives, or equal ones where it says nothing or is wrong.
 * @param allocation  fractions by variant whose shape was checked
 * @param keys        the variants, in order
 * @param checks      receives the problems, under ["allocation"]
 * @returns one fraction a variant, summing to 1 within 1e-9
 */
export function fractionsOf(
  allocation: Readonly<Record<string, number>> | undefined,
  keys: readonly string[],
  checks: Checks,
): [string, number][] {
  const equal = keys.map((key): [string, number] => [key, 1 / keys.length]);
  if (allocation === undefined || !checks.sound("allocation")) return equal;
  for (const key of Object.keys(allocation))
    if (!keys.includes(key))
      checks.report({ unknown_variant }, ["allocation", key], key, nearName(key, keys));
  const expected = { type: "number", atLeast: 0, atMost: 1 } as const;
  const given = keys.flatMap((key): [string, number][] => {
    if (Object.hasOwn(allocation, key)) return [[key, allocation[key] as number]];
    checks.report({ missing_value }, ["allocation", key], undefined, { expected });
    return [];
  });
  const sum = given.reduce((total, [, fraction]) => total + fraction, 0);
  if (checks.sound("allocation") && Math.abs(sum - 1) > 1e-9)
    checks.report({ allocation_sum }, ["allocation"], sum);
  return checks.sound("allocation") ? given : equal;
}
