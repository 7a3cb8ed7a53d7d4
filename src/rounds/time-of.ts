import { type ErrorPath, refuseType } from "../errors/index.js";

/**
 * A caller's time in milliseconds since 1970.
 * @param value  a `Date` or milliseconds; of text, `Date` makes something else in each engine
 * @param path   where it stands
 * @throws ExperimentError `missing_value` or `wrong_type` at `path` for what is not a time that a `Date` can hold
 */
export function timeOf(value: Date | number, path: ErrorPath): number {
  const time = typeof value === "number" || value instanceof Date ? Number(value) : Number.NaN;
  return Math.abs(time) <= 8.64e15 ? time : refuseType(value, path, ["date", "number"]);
}
