import { ExperimentError, invalid_unit_id } from "../errors/index.js";

/**
 * @returns the unit's id
 * @throws ExperimentError `invalid_unit_id` unless it is a non-empty string; numbers are refused because 7 and "7",
 *   or 2⁵³ and 2⁵³ + 1, would silently be one unit
 */
export function unitIdOf(unit: string, context: object): string {
  const id = (context as Record<string, unknown> | null | undefined)?.[unit];
  if (typeof id !== "string" || !id) throw new ExperimentError({ invalid_unit_id }, [unit], id);
  return id;
}
