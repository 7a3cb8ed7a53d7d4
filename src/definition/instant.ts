const pattern =
  /^(\d{4}-\d\d-\d\d)(?:(T\d\d:\d\d(?::\d\d)?)(\.\d{1,9})?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d)))?$/;

/**
 * An instant in milliseconds since 1970, by own arithmetic: engines differ on days that do not exist.
 * @param value  a `Date`, milliseconds, or ISO 8601 text: a day (midnight UTC) or a time with its zone
 * @returns the instant; NaN when the value is not one: a day that is not in the calendar, a clock past 23:59:59, a year
 *   below 100, or a time without zone, which would mean another instant on every machine
 */
export function instantOf(value: unknown): number {
  if (typeof value !== "string")
    return Number(typeof value === "number" || value instanceof Date ? value : undefined);
  const [, day, clock = "", fraction = "", sign, hours, minutes] = pattern.exec(value) ?? [];
  if (!day) return Number.NaN;
  const local = day + clock;
  const [year, month, ...rest] = local.split(/\D/).map(Number) as [number, number, ...number[]];
  const instant = Date.UTC(year, month - 1, ...rest);
  // Whatever does not exist was carried over into what follows, and year 99 is 1999 here.
  if (new Date(instant).toISOString().slice(0, local.length) !== local) return Number.NaN;
  const zone = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return instant + Math.floor(Number(`0${fraction}`) * 1e3 + 1e-9) - Number(`${sign ?? ""}${zone}`) * 6e4;
}
