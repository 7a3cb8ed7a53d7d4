import type { CommandArguments } from "./command.js";
import { engineOf } from "./engine-options.js";
import { readTable } from "./read-table.js";

/** @returns the rows of a file as objects, all columns that have a name */
export async function rowsOf(
  file: string,
  { values }: Pick<CommandArguments, "values">,
): Promise<readonly object[]> {
  const pick = (columns: readonly string[]) =>
    [...new Set(columns)].filter((name) => name !== "").map((name) => ({ name, option: "FILE" }));
  const table = await readTable(file, pick, engineOf(values));
  const columns = pick(table.columns).map(({ name }) => [name, table.values(name)] as const);
  return (columns[0]?.[1] ?? []).map((_, row) =>
    Object.fromEntries(columns.map(([name, column]) => [name, column[row]])),
  );
}
