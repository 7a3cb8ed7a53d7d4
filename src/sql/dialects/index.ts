import type { Dialect } from "./dialect.js";
import { duckdbDialect } from "./duckdb.js";
import { postgresDialect } from "./postgres.js";

export type { ColumnKind, Dialect, SortKey } from "./dialect.js";

/** The family of dialects. A new member is one new file and one line here. */
export const dialects = { duckdb: duckdbDialect, postgres: postgresDialect } as const satisfies Readonly<
  Record<string, Dialect>
>;

/** Name of a dialect. */
export type DialectName = keyof typeof dialects;
