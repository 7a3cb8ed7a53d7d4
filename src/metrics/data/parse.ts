const numeral = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const notFinite = /^[+-]?(?:nan|inf|infinity)$/i;
const iso =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s*(?:(Z)|([+-])(\d\d):?(\d\d)?)?)?$/i;

/**
 * The text of a variant, unit or level.
 * @returns the value as text; `""` where it is missing (null, undefined, empty)
 */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  return value instanceof Date ? value.toISOString() : String(value);
}

/**
 * A number of a table's cell: numbers, booleans as 1 and 0, and text that spells either.
 * @returns the number (perhaps NaN or ±Infinity, where the data say so), null where it is missing, undefined where
 *          the text does not spell a number
 */
export function numberOf(value: unknown): number | null | undefined {
  if (typeof value === "number") return value;
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (text === "") return null;
  if (numeral.test(text)) return Number(text);
  const word = text.toLowerCase();
  if (word === "true") return 1;
  if (word === "false") return 0;
  return notFinite.test(text) ? Number.NaN : undefined;
}

/** Seconds, milliseconds or microseconds since 1970, distinguished by size, as microseconds. */
function epoch(value: number): number | undefined {
  if (!Number.isFinite(value)) return undefined;
  const size = Math.abs(value);
  return size < 1e11 ? value * 1e6 : size < 1e14 ? value * 1e3 : value;
}

/**
 * A time of a table's cell.
 * @param value  a Date; ISO 8601 text, UTC where it gives no offset; or a number (or its text) since 1970 — seconds
 *               below 1e11, milliseconds below 1e14, else microseconds
 * @returns microseconds since 1970, null where it is missing, undefined where it is no time
 */
export function microsecondsOf(value: unknown): number | null | undefined {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.getTime() * 1e3;
  if (typeof value === "number" || typeof value === "bigint") return epoch(Number(value));
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (text === "") return null;
  if (numeral.test(text)) return epoch(Number(text));
  const parts = iso.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, fraction, , sign, offsetHours, offsetMinutes] = parts;
  const days = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (new Date(days).getUTCDate() !== Number(day) || Number(month) > 12) return undefined;
  const [h, m, s] = [Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)];
  if (h > 24 || m > 59 || s > 60) return undefined;
  const offset = (sign === "-" ? -1 : 1) * (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0));
  const whole = days / 1e3 + h * 3600 + (m - (sign ? offset : 0)) * 60 + s;
  return whole * 1e6 + Number((fraction ?? "").slice(0, 6).padEnd(6, "0"));
}
