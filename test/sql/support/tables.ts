import type { Engine } from "../../../src/engines/index.js";
import type { Row } from "../../engines/support/messy.js";

/** Makes a table of rows; a column without a type is text. */
export async function createTable(
  engine: Engine,
  table: string,
  rows: readonly Row[],
  text: string,
  types: Readonly<Record<string, string>> = {},
) {
  const { identifier, literal } = engine.dialect;
  const names = Object.keys(rows[0]!);
  const value = (cell: Row[string] | undefined) =>
    cell === null || cell === undefined ? "NULL" : literal(String(cell));
  const columns = names.map((name) => `${identifier(name)} ${types[name] ?? text}`);
  await engine.query(`CREATE TABLE ${identifier(table)} (${columns.join(", ")})`);
  for (let i = 0; i < rows.length; i += 500) {
    const some = rows.slice(i, i + 500).map((row) => `(${names.map((name) => value(row[name])).join(", ")})`);
    await engine.query(`INSERT INTO ${identifier(table)} VALUES ${some.join(", ")}`);
  }
}
