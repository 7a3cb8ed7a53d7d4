import type { ReadySpelling } from "../core/data-spelling.js";
import type { ColumnKind } from "./dialects/dialect.js";

/** A table or file as an engine opened it. */
export interface OpenRelation {
  /** Text that stands after FROM. */
  readonly sql: string;
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind }[];
  /** How its texts are written, where that was declared. */
  readonly spelling?: ReadySpelling;
  /** Columns that hold other columns' numbers as the grammar of data spells them. */
  readonly numbers?: ReadonlyMap<string, string>;
}

/** Kind of a column that is known to exist. */
export function kindOf({ columns }: OpenRelation, name: string): ColumnKind {
  return columns.find((column) => column.name === name)?.kind ?? "other";
}
