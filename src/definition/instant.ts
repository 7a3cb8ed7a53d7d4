const pattern = /^(.{10})(?:(T.{5}(?::..)?)(\.\d{1,9})?(?:Z|([+-])(.{5})))?$/;

/**
 * An instant in milliseconds since 1970, by own arithmetic: engines differ on days that do not exist.
 * @param value  a `Date`, milliseconds, or ISO 8601 text: a day (midnight UTC) or a time with its zone
 * @returns the instant; NaN when the value is not one: a day that is not in the calendar, a clock past 23:59:59, a year
 *   below 100, or a time without zone, which would mean another instant on every machine
 */
export function instantOf(value: unknown): number {
  if (typeof value === "number" || value instanceof Date) return Number(value);
  const found = typeof value === "string" && pattern.exec(value);
  if (!found) return Number.NaN;
  const [, day, clock = "", fraction = "", sign, zone] = found;
  const local = day + clock;
  const [year, month, ...rest] = local.split(/\D/).map(Number) as [number, number, ...number[]];
  const instant = Date.UTC(year, month - 1, ...rest);
  // The pattern is loose: whatever is no number, or does not exist and was carried over, is written otherwise than read.
  if (!new Date(instant).toJSON()?.startsWith(local)) return Number.NaN;
  // A zone is as far from UTC as its clock is from midnight.
  const offset = sign ? Number(`${sign}1`) * instantOf(`1970-01-01T${zone}Z`) : 0;
  return instant + Number(`${fraction}000`.slice(1, 4)) - offset;
}
