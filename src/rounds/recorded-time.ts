import { instantOf } from "../definition/instant.js";

// The day that was read last: neighbours in a log mostly share theirs.
let lastDay = "";
let midnight = Number.NaN;

/** Two digits of a text as a number; NaN where they are not. */
function twoDigits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : Number.NaN;
}

/** `2026-03-01T12:00:00.000Z`, as `toISOString` writes it, in a tenth of the time; undefined for any other text. */
function writtenByUs(at: string): number | undefined {
  if (
    at.length !== 24 ||
    at[10] !== "T" ||
    at[13] !== ":" ||
    at[16] !== ":" ||
    at[19] !== "." ||
    at[23] !== "Z"
  )
    return undefined;
  const [hours, minutes, seconds] = [twoDigits(at, 11), twoDigits(at, 14), twoDigits(at, 17)];
  const milliseconds = 10 * twoDigits(at, 20) + (at.charCodeAt(22) - 48);
  if (!(hours < 24 && minutes < 60 && seconds < 60 && at.charCodeAt(22) >= 48 && at.charCodeAt(22) <= 57))
    return undefined;
  const day = at.slice(0, 10);
  if (day !== lastDay) [lastDay, midnight] = [day, instantOf(day)];
  const read = midnight + ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
  return Number.isNaN(read) ? undefined : read;
}

/**
 * When something that was recorded happened.
 * @param at  ISO 8601 text: a time with its zone, or a day, which is midnight UTC
 * @returns milliseconds since 1970; NaN for anything else, such as a local time, which every machine would read otherwise
 */
export const recordedTime = (at: unknown): number =>
  typeof at === "string" ? (writtenByUs(at) ?? instantOf(at)) : Number.NaN;
