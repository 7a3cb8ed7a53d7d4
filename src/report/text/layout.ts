import type { Paint } from "./paint.js";
import { alignRows, displayWidth, wrap } from "./table.js";

/** @returns an empty line, then a title with a rule to the page's edge, so that sections are found without colour */
export function heading(title: string, width: number, paint: Paint): readonly string[] {
  const [first = "", ...more] = wrap(title, width - 6);
  const lines = more.map((line) => paint(`   ${line}`, 1));
  const rule = "─".repeat(Math.max(2, width - 4 - displayWidth(more.length > 0 ? "" : first)));
  return more.length > 0 ? ["", `── ${paint(first, 1)}`, ...lines] : ["", `── ${paint(first, 1)} ${rule}`];
}

/** @returns text as lines behind an indent; further lines hang by `hang` more columns */
export function paragraph(text: string, width: number, indent = 2, hang = 0): readonly string[] {
  const space = " ".repeat(indent);
  return wrap(text, width - indent - hang).map(
    (line, at) => `${space}${at === 0 ? "" : " ".repeat(hang)}${line}`,
  );
}

/** @returns sentences as a list */
export const listed = (sentences: readonly string[], width: number): readonly string[] =>
  sentences.flatMap((sentence) =>
    wrap(sentence, width - 4).map((line, at) => `${at === 0 ? "  · " : "    "}${line}`),
  );

/** A column of a table: what it shows of a row, and whether numbers are lined up at their right. */
export interface Column<Row> {
  readonly title: string;
  readonly align?: "l" | "r";
  readonly of: (row: Row) => string;
}

/**
 * Lays rows out in the first set of columns that fits.
 * @param layouts  sets of columns, the fullest first
 * @returns the header, then one line per row; the last set where none fits
 */
export function tableOf<Row>(
  rows: readonly Row[],
  layouts: readonly (readonly Column<Row>[])[],
  width: number,
): readonly [header: string, ...lines: string[]] {
  const tries = layouts.map((columns) =>
    alignRows(
      [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ of }) => of(row)))],
      columns.map(({ align = "r" }) => align).join(""),
    ),
  );
  const fits = (lines: readonly string[]) => Math.max(...lines.map(displayWidth)) <= width;
  const [header = "", ...lines] = tries.find(fits) ?? tries.at(-1) ?? [];
  return [header, ...lines];
}

/** @returns the text, or as much of it as fits, ending in an ellipsis */
export function shortened(text: string, most: number): string {
  if (displayWidth(text) <= most) return text;
  let kept = "";
  for (const { segment } of new Intl.Segmenter("en").segment(text)) {
    if (displayWidth(kept) + displayWidth(segment) > most - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
