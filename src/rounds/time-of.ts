import { toldTime } from "../core/told-time.js";
import { type ErrorPath, refuseType } from "../errors/index.js";

/**
 * A caller's time in milliseconds since 1970.
 * @param value  a `Date` or milliseconds
 * @param path   where it stands
 * @throws ExperimentError `missing_value` or `wrong_type` at `path` for what is not a time that a `Date` can hold
 */
export function timeOf(value: Date | number, path: ErrorPath): number {
  const time = toldTime(value);
  return Number.isNaN(time) ? refuseType(value, path, "date") : time;
}
