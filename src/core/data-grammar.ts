// How texts in data are read, by every reader and engine alike: docs/data.md says it in words. The patterns mean the same
// in JavaScript, RE2 and PostgreSQL, in full and whatever the case.

/** Blanks around a number, a time or a column's name, which do not count. */
export const blanks = [" ", "\t", "\n", "\r", "\u00a0"] as const;

/** Digits, a point, an exponent of up to three digits; no comma, no separators. */
export const numeralPattern = String.raw`[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]{1,3})?`;

/** What some programs write where a number is none. */
export const notFinitePattern = "[+-]?(nan|inf|infinity)";

/**
 * ISO 8601: a day, or a day and a clock with or without seconds, a fraction of them, and a zone; without zone it is UTC. That
 * the day is in the calendar remains to be seen.
 */
export const timePattern = [
  "([1-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])",
  String.raw`([t ]([01][0-9]|2[0-3]):([0-5][0-9])(:([0-5][0-9])(\.([0-9]{1,9}))?)?`,
  "( ?(z|utc|([+-])(0[0-9]|1[0-5])(:?([0-5][0-9]))?))?)?",
].join("");

/** Numbers of at least this size are too far away to be a time, in microseconds. */
export const farthestTime = 9e18;

const anyBlank = `[${blanks.join("")}]*`;
const outer = new RegExp(`^${anyBlank}|${anyBlank}$`, "g");
const isBlank = (char: string | undefined) => blanks.some((blank) => blank === char);

/** @returns the text without the blanks around it */
export const trimmed = (text: string): string =>
  // Most have none, and an expression that looks for them is slow.
  isBlank(text[0]) || isBlank(text[text.length - 1]) ? text.replace(outer, "") : text;
