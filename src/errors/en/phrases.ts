import { listed, MOST_LISTED } from "../listed.js";
import type { Expected, Told, ValueType } from "../parameters.js";

const bounds = {
  whole: "a whole number",
  atLeast: "at least ",
  above: "above ",
  atMost: "at most ",
  below: "below ",
};

/** @returns e.g. `a whole number and at least 1`, `above 0 and below 1` */
export const range = (expected: Expected): string =>
  Object.entries(bounds)
    .flatMap(([key, word]) => {
      const bound = expected[key as keyof typeof bounds];
      return bound === undefined ? [] : word + (bound === true ? "" : bound);
    })
    .join(" and ") || "a finite number";

/** @returns what to write in place of a number out of range: 0.95 for 95 (a percentage; 1.2 is rather a slip), a whole number for 2.5 */
export const instead = ({ received, expected: { atMost, below, whole } = {} }: Told): string => {
  const x = received as number;
  if ((atMost ?? below) === 1 && !whole && x > 2 && x < 100) return `write ${+(x / 100).toPrecision(12)}`;
  return `write ${whole && x % 1 ? Math.round(x) : "a number in this range"}`;
};

/** Of the others it is said that it must be `a list`, `a number`. */
const types: { readonly [K in ValueType]?: string } = {
  text: "text",
  flag: "true or false",
  object: "an object",
  null: "null",
  json: "a JSON value",
  date: "a Date or milliseconds",
  instant: "ISO 8601 text with a zone",
};

/** @returns e.g. `text or a list` */
export const typed = ({ type = "number" }: Expected = {}): string =>
  [type]
    .flat()
    .map((each) => types[each as ValueType] ?? `a ${each}`)
    .join(" or ");

/** @returns what to write in place of a value of another type; quotes are the usual reason */
export const retyped = ({ received, expected = {} }: Told): string => {
  const quotes = expected.type === "text" ? "in" : typeof received === "string" && "without";
  return `write ${typed(expected)}${quotes ? `, ${quotes} quotes` : ""}`;
};

/** @returns the name that was probably meant, and those that exist */
export function choice({ known, near }: Told, fix: string): string {
  if (!known) return fix;
  // Where one is near, a long list of others would only hide it.
  const guess = near === undefined ? fix : `did you mean "${near}"?`;
  if (near !== undefined && known.length > MOST_LISTED) return guess;
  return `${guess} (there are: ${listed(known, (count) => `, and ${count} more`) || "none"})`;
}

/** @returns where in a table it was found, e.g. `, first in row 5` */
export const rows = ({ row, times = 1 }: Told): string =>
  row === undefined ? "" : `, ${times > 1 ? "first " : ""}in row ${row}`;

/** @returns a share without digits that only rounding made */
export const short = (share?: string | number): string =>
  `${typeof share === "number" ? +share.toPrecision(6) : share}`;
