/**
 * The one way to tell a time in a call: a `Date`, or milliseconds since 1970. Text is for JSON, which `instantOf` reads.
 * @returns milliseconds since 1970; NaN for anything else, and for a time that no `Date` can hold
 */
export const toldTime = (value: unknown): number =>
  +new Date(typeof value === "number" || value instanceof Date ? value : "");
