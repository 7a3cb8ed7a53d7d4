const iso = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/;

/**
 * An instant in milliseconds since 1970.
 * @param value  a `Date`, milliseconds, or ISO 8601 text: a day (midnight UTC) or a time with its zone
 * @returns the instant, NaN when the value is none; a time without zone is none, since it means another instant on
 *   every machine
 */
export function instantOf(value: unknown): number {
  if (typeof value === "string") return Date.parse(iso.test(value) ? value : "");
  return Number(typeof value === "number" || value instanceof Date ? value : undefined);
}
