import { type ColumnSummary, isNumeric } from "./column-summary.js";
import { standing } from "./crossing.js";
import type { GuessedColumn, GuessedDimension, GuessReason } from "./guess.js";
import { canBeNumbers, isNamedOutcome } from "./outcomes.js";
import { nameWords, says } from "./words-of.js";

/** Levels of a dimension that a report can still show, and of a number that is one. */
const [mostTexts, mostNumbers] = [50, 12];
/** Cells of all that is looked into crossed, dimensions of it, and units per cell and variant. */
const [mostCells, mostAsked, unitsPerCell] = [240, 3, 50];

/** @returns a column as a dimension of fewer levels: of numbers by edges, of texts those that occur most often */
export function binned(column: ColumnSummary, numbers: readonly number[]): GuessedDimension {
  const [count = 0] = numbers;
  const byCount = [...(column.levels ?? [])].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const keep = byCount.slice(0, count).map(([level]) => level);
  return { column: column.name, why: "told", bin: isNumeric(column) ? { edges: numbers } : { keep } };
}

/** @returns why a column is a dimension (`few_levels`), or why it is not */
export function asDimension(column: ColumnSummary, variant: ColumnSummary): GuessReason {
  const { name, distinct, present, times, numbers } = column;
  if (present === 0 || distinct < 2) return "one_level";
  if (isNamedOutcome(column)) return "other_outcome";
  if (says(name, nameWords.after)) return "after";
  if (numbers === 0 && times === present) return "time";
  const allNumbers = isNumeric(column);
  if (
    (distinct === present && !(allNumbers && !column.whole)) ||
    (says(name, nameWords.identifier) && distinct > mostTexts)
  )
    return "identifier";
  if (allNumbers && distinct > mostNumbers) return says(name, nameWords.before) ? "before" : "number_unnamed";
  if (distinct > mostTexts) return canBeNumbers(column) ? "unspelled_numbers" : "many_levels";
  const stands = standing(column, variant);
  return stands === "follows" ? "follows_variant" : stands === "uneven" ? "uneven" : "few_levels";
}

/** @returns the dimensions to look into: well-known names first, as long as their cells have units enough */
export function askedDimensions(
  dimensions: readonly GuessedColumn[],
  columns: readonly ColumnSummary[],
  rows: number,
  variants: number,
): readonly string[] {
  const levels = new Map(columns.map(({ name, distinct }) => [name, distinct]));
  const known = ({ column }: GuessedColumn) => (says(column, nameWords.dimension) ? 0 : 1);
  const most = Math.min(mostCells, rows / (variants * unitsPerCell));
  const asked: string[] = [];
  let cells = 1;
  for (const each of [...dimensions].sort((a, b) => known(a) - known(b))) {
    const more = cells * (levels.get(each.column) ?? 1);
    if (asked.length === mostAsked || more > most) continue;
    asked.push(each.column);
    cells = more;
  }
  return asked;
}
