import type { ColumnSummary } from "./column-summary.js";
import type { GuessedColumn } from "./guess.js";
import { nameWords, says, wordsOf } from "./words-of.js";

/** Different values per row from which on a column may identify units. */
const [fewRepeats, manyRepeats] = [0.5, 0.1];

function rank(column: ColumnSummary): number | undefined {
  const { name, distinct, present } = column;
  const words = wordsOf(name);
  const share = present === 0 ? 0 : distinct / present;
  const isPerson = words.some((word) => nameWords.unit.has(word) || /^(user|customer|client)id$/.test(word));
  const isId = words.some((word) => nameWords.identifier.has(word) || /^[a-z]+id$/.test(word));
  if (isPerson && isId && share >= manyRepeats) return 0;
  if (words.some((word) => nameWords.contact.has(word)) && share >= fewRepeats) return 1;
  if (isPerson && words.length === 1 && share >= fewRepeats) return 1;
  if (isId && !says(name, nameWords.otherThing) && !says(name, nameWords.outcome) && share >= fewRepeats)
    return 2;
  return undefined;
}

/** @returns the column that identifies units, if one is named so and its values differ enough */
export function plainUnit(columns: readonly ColumnSummary[]): GuessedColumn | undefined {
  const ranked = columns.flatMap((column) => {
    const at = rank(column);
    return at === undefined ? [] : [{ column, at }];
  });
  const [best] = ranked.sort((a, b) => a.at - b.at);
  if (!best) return undefined;
  const { name, distinct, present } = best.column;
  return { column: name, why: distinct === present ? "unique_id" : "repeated_id" };
}
