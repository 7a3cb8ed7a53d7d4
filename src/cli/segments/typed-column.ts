import { trimmed } from "../../core/data-grammar.js";
import type { AttributeValue } from "../../segments/index.js";

const missing = /^(|na|n\/a|nan|null|none|-)$/i;
const flags: Readonly<Record<string, boolean>> = { true: true, false: false };

/** A column's cells as what all of them are: numbers, flags, else text; empty ones and NA are missing. */
export function typedColumn(cells: readonly unknown[]): readonly AttributeValue[] {
  const texts = cells.map((cell) => (cell === null || cell === undefined ? "" : trimmed(String(cell))));
  const known = texts.filter((text) => !missing.test(text));
  // A code that begins with a zero is a name of something.
  const isNumber = (text: string) => Number.isFinite(Number(text)) && !/^[+-]?0\d/.test(text);
  if (known.length > 0 && known.every(isNumber))
    return texts.map((text) => (missing.test(text) ? null : Number(text)));
  if (known.length > 0 && known.every((text) => text.toLowerCase() in flags))
    return texts.map((text) => (missing.test(text) ? null : flags[text.toLowerCase()]));
  return texts.map((text) => (text === "" || /^(na|n\/a|nan|null)$/i.test(text) ? null : text));
}
