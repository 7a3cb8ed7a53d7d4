import { toldTime } from "../core/told-time.js";

// Day, clock, fraction of a second, zone: a day alone is midnight UTC, a clock needs its zone. No year below 100.
const pattern = /^(?!00)(.{10})(?:(T.{5}(?::..)?)(?:\.(\d{1,9}))?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))?$/;

/**
 * An instant in milliseconds since 1970. Engines differ on texts that are not ISO 8601 and on days that do not exist:
 * whatever they make of those, it is not written as it was read.
 * @param value  a `Date`, milliseconds, or ISO 8601 text: a day (midnight UTC) or a time with its zone
 * @returns the instant; NaN when the value is not one: a number beyond what a `Date` holds, a day that is not in the calendar, a clock past 23:59:59, a year
 *   below 100, or a time without zone, which would mean another instant on every machine
 */
export function instantOf(value: unknown): number {
  const found = typeof value === "string" && pattern.exec(value);
  if (!found) return toldTime(value);
  const [, day, clock = "T00:00", fraction = "", zone = "Z"] = found;
  const local = day + clock;
  return new Date(`${local}Z`).toJSON()?.startsWith(local)
    ? +new Date(local + zone) + +`${fraction}00`.slice(0, 3)
    : Number.NaN;
}
