import {
  farthestTime,
  notFinitePattern,
  numeralPattern,
  timePattern,
  trimmed,
} from "../../core/data-grammar.js";

const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`, "i");
const numeral = whole(numeralPattern);
const notFinite = whole(notFinitePattern);
const time = whole(timePattern);

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
  const text = trimmed(value);
  if (text === "") return null;
  if (numeral.test(text)) return Number(text);
  const word = text.toLowerCase();
  if (word === "true") return 1;
  if (word === "false") return 0;
  return notFinite.test(text) ? Number.NaN : undefined;
}

/** Seconds, milliseconds or microseconds since 1970, distinguished by size, as whole microseconds. */
function epoch(value: number): number | undefined {
  const size = Math.abs(value);
  if (!(size < farthestTime)) return undefined;
  return Math.floor(size < 1e11 ? value * 1e6 : size < 1e14 ? value * 1e3 : value);
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
  const text = trimmed(value);
  if (text === "") return null;
  if (numeral.test(text)) return epoch(Number(text));
  const parts = time.exec(text);
  if (!parts) return undefined;
  const [
    ,
    year,
    month,
    day,
    ,
    hour = 0,
    minute = 0,
    ,
    second = 0,
    ,
    fraction = "",
    ,
    ,
    sign,
    ahead = 0,
    ,
    past = 0,
  ] = parts;
  const days = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (days.getUTCDate() !== Number(day)) return undefined;
  const offset = (sign === "-" ? -1 : 1) * (Number(ahead) * 60 + Number(past));
  const seconds =
    days.getTime() / 1e3 + Number(hour) * 3600 + (Number(minute) - offset) * 60 + Number(second);
  return seconds * 1e6 + Number(fraction.slice(0, 6).padEnd(6, "0"));
}
