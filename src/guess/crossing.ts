import type { ColumnSummary } from "./column-summary.js";

/** Counts of two columns' levels together; undefined where one has too many. */
function crossed(a: ColumnSummary, b: ColumnSummary): readonly (readonly number[])[] | undefined {
  if (!a.codes || !b.codes) return undefined;
  const counts = Array.from({ length: a.distinct }, () => Array.from({ length: b.distinct }, () => 0));
  for (const [row, at] of a.codes.entries()) {
    const line = counts[at];
    const to = b.codes[row] ?? -1;
    if (line && to >= 0) line[to] = (line[to] ?? 0) + 1;
  }
  return counts;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Rows of a level from which on its variant is no accident. */
const enoughRows = 5;

/**
 * How a column stands to the variant's: one whose levels each have one variant only says the variant again; one whose levels
 * are spread over the variants in clearly different shares may be something that the variant did.
 */
export function standing(column: ColumnSummary, variant: ColumnSummary): "free" | "follows" | "uneven" {
  const counts = crossed(column, variant);
  if (!counts) return "free";
  const total = sum(counts.map(sum));
  const large = counts.filter((line) => sum(line) >= enoughRows);
  if (
    large.length > 0 &&
    large.every((line) => line.filter((count) => count > 0.01 * sum(line)).length === 1)
  )
    return "follows";
  const columns = variant.distinct;
  const byVariant = Array.from({ length: columns }, (_, at) => sum(counts.map((line) => line[at] ?? 0)));
  let statistic = 0;
  for (const line of counts)
    for (const [at, count] of line.entries()) {
      const expected = (sum(line) * (byVariant[at] ?? 0)) / total;
      const off = count - expected;
      if (expected > 0) statistic += (off * off) / expected;
    }
  const degrees = (counts.length - 1) * (columns - 1);
  return (statistic - degrees) / Math.sqrt(2 * degrees) > 8 ? "uneven" : "free";
}
