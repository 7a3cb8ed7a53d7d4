import { type ColumnSummary, isBinary } from "./column-summary.js";
import type { GuessedOutcome, GuessReason } from "./guess.js";
import { neededSpelling } from "./spelling-needed.js";
import { nameWords, says } from "./words-of.js";

/** Whether a column's values are numbers, or could be with a declaration. */
export const canBeNumbers = (column: ColumnSummary): boolean => neededSpelling(column) !== undefined;

/** Whether a column's name says that it is something that happened after the variant was met. */
export function isNamedOutcome(column: ColumnSummary): boolean {
  const { name } = column;
  if (says(name, nameWords.before) || says(name, nameWords.identifier)) return false;
  return says(name, nameWords.outcome) && canBeNumbers(column);
}

const areYesAndNo = ({ texts, numbers, present }: ColumnSummary) =>
  texts.size > 0 && numbers === 0 && present > 0 && ![...texts.keys()].some((text) => /\d/.test(text));

/** @returns a column as an outcome, its type by what its values are */
export function outcomeOf(column: ColumnSummary, why?: GuessReason): GuessedOutcome {
  const { name, least, most, whole, numbers, present } = column;
  const better = says(name, nameWords.lower) ? "lower" : "higher";
  const allNumbers = numbers === present;
  const type =
    (allNumbers && whole && least >= 0 && most <= 1) || areYesAndNo(column)
      ? "conversion"
      : whole && least >= 0 && says(name, nameWords.counted)
        ? "count"
        : "mean";
  const usual = { conversion: "zeros_and_ones", count: "counts", mean: "amounts" } as const;
  return { column: name, type, better, why: why ?? usual[type] };
}

/** @returns the columns whose names say that they are outcomes; where none does, the only one that could be */
export function plainOutcomes(
  columns: readonly ColumnSummary[],
): { readonly found: readonly GuessedOutcome[] } | { readonly candidates: readonly string[] } {
  const named = columns.filter(isNamedOutcome);
  if (named.length > 0) return { found: named.map((column) => outcomeOf(column)) };
  const could = columns.filter(
    (column) =>
      canBeNumbers(column) &&
      !says(column.name, nameWords.before) &&
      !says(column.name, nameWords.after) &&
      !says(column.name, nameWords.dimension) &&
      !(
        says(column.name, nameWords.identifier) ||
        (column.distinct === column.present && !isBinary(column) && column.whole)
      ),
  );
  const [only, other] = could;
  if (only && !other) return { found: [outcomeOf(only)] };
  return { candidates: could.map(({ name }) => name) };
}
