import type { Spelling } from "../core/data-spelling.js";
import { declarationFor } from "../errors/index.js";
import type { ColumnSummary } from "./column-summary.js";

/** A column's texts, if they are numbers, yes and no, or missing values in a spelling that can be declared. */
export interface NeededSpelling {
  readonly spelling: Spelling;
  /** A text that shows it. */
  readonly found: string;
}

const sure = (declaration: string) => !declaration.includes(" / ");

/**
 * @returns what has to be declared before a column's texts are numbers; null where nothing has; undefined where they are
 *   texts of another kind
 */
export function neededSpelling({ texts, times, present }: ColumnSummary): NeededSpelling | null | undefined {
  if (present === 0) return undefined;
  if (times > 0) return undefined;
  if (texts.size === 0) return null;
  const all = [...texts.keys()].map((text) => [text, declarationFor({ path: [], received: text })] as const);
  if (all.some(([, declaration]) => declaration === undefined)) return undefined;
  const known = all.flatMap(([text, declaration = ""]) => [{ text, declaration }]);
  const order = [...known].sort((a, b) => Number(sure(a.declaration)) - Number(sure(b.declaration)));
  let spelling: Spelling = {};
  for (const { declaration } of order) {
    const one: Spelling = JSON.parse(`{${declaration.replace(/ \/ .*/, "")}}`);
    const missing = [...(spelling.missing ?? []), ...(one.missing ?? [])];
    const [yes, no] = [
      [...(spelling.yes ?? []), ...(one.yes ?? [])],
      [...(spelling.no ?? []), ...(one.no ?? [])],
    ];
    const { decimal, thousands } = one;
    // A point that stands where a comma is decimal stands between thousands.
    const overruled = decimal === "." && spelling.decimal === ",";
    spelling = {
      ...spelling,
      ...(decimal === undefined || overruled ? {} : { decimal }),
      ...(thousands === undefined ? {} : { thousands }),
      ...(missing.length > 0 ? { missing: [...new Set(missing)] } : {}),
      ...(yes.length > 0 ? { yes: [...new Set(yes)], no: [...new Set(no)] } : {}),
    };
  }
  if (spelling.thousands === "," && spelling.decimal === ",") spelling = { ...spelling, decimal: "." };
  const spelled = order.findLast(({ declaration }) => !declaration.startsWith('"missing"')) ?? order[0];
  return { spelling, found: spelled?.text ?? "" };
}

/** @returns what of a spelling was not declared yet; undefined where all of it was */
export function undeclared(needed: Spelling, told: Spelling): Spelling | undefined {
  const rest = (key: "missing" | "yes" | "no") => {
    const same = (word: string) => (key === "missing" ? word : word.toLowerCase());
    const known = new Set((told[key] ?? []).map(same));
    const more = (needed[key] ?? []).filter((word) => !known.has(same(word)));
    return more.length > 0 ? { [key]: [...(told[key] ?? []), ...more] } : {};
  };
  const found: Spelling = {
    ...(needed.decimal !== undefined && told.decimal === undefined && told.thousands === undefined
      ? { decimal: needed.decimal }
      : {}),
    ...(needed.thousands !== undefined && told.thousands === undefined
      ? { thousands: needed.thousands }
      : {}),
    ...rest("missing"),
    ...rest("yes"),
    ...rest("no"),
  };
  return Object.keys(found).length > 0 ? found : undefined;
}

const lowCodes: ReadonlySet<number> = new Set([-1, -9, -99, -999, -9999, -99999]);
const highCodes: ReadonlySet<number> = new Set([999, 9999, 99999, 999999]);

/** @returns a number that looks like a code for missing values: alone below zero, or far beyond all others, more than once */
export function codeIn(column: ColumnSummary): number | undefined {
  const { least, atLeast, nextToLeast, most, atMost, nextToMost } = column;
  if (lowCodes.has(least) && atLeast > 1 && nextToLeast >= 0) return least;
  if (highCodes.has(most) && atMost > 1 && nextToMost < most / 3) return most;
  return undefined;
}
