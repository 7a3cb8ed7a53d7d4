import { allocation_sum, unknown_variant } from "../errors/index.js";
import type { Checks } from "./checks.js";

/**
 * The fractions that an allocation gives, or equal ones where it says nothing or is wrong.
 * @param allocation  fractions by variant, not yet trusted
 * @param keys        the variants, in order
 * @param checks      receives the problems, under ["allocation"]
 * @returns one fraction a variant, summing to 1 within 1e-9
 */
export function fractionsOf(
  allocation: unknown,
  keys: readonly unknown[],
  checks: Checks,
): [string, number][] {
  const equal = keys.map((key): [string, number] => [key as string, 1 / keys.length]);
  if (allocation === undefined || !checks.record(allocation, ["allocation"])) return equal;
  let sum = 0;
  let sound = true;
  for (const key of Object.keys(allocation))
    if (!keys.includes(key)) sound = checks.report({ unknown_variant }, ["allocation", key], key);
  for (const key of keys) {
    const fraction = allocation[key as string];
    if (checks.number(fraction, ["allocation", key as string], 0, 1)) sum += fraction;
    else sound = false;
  }
  if (sound && Math.abs(sum - 1) > 1e-9) sound = checks.report({ allocation_sum }, ["allocation"], sum);
  return sound ? keys.map((key) => [key as string, allocation[key as string] as number]) : equal;
}
