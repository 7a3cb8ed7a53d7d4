import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Spelling } from "../../core/data-spelling.js";
import type { RowTable } from "../../metrics/data/index.js";

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** A value as the table's own texts are written, so that a number that needs no declaration is read as that number. */
function written(value: unknown, { decimal, thousands }: Spelling): string {
  if (typeof value !== "number") return value === null || value === undefined ? "" : quoted(String(value));
  const mark = decimal ?? (thousands === "." ? "," : ".");
  return quoted(String(value).replace(".", mark));
}

/**
 * Writes rows as a CSV file.
 * @param declared  how the table's texts are written
 * @param to        path of the file
 */
export async function jsonAsCsv(
  table: RowTable,
  columns: readonly string[],
  declared: Spelling,
  to: string,
): Promise<void> {
  async function* text() {
    yield `${columns.map(quoted).join(",")}\n`;
    for await (const batch of table.rows(columns))
      yield batch.map((row) => `${row.map((value) => written(value, declared)).join(",")}\n`).join("");
  }
  await pipeline(text(), createWriteStream(to));
}
