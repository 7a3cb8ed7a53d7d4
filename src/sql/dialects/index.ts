import { duckdbDialect } from "./duckdb.js";

/** The family of dialects. A new member is one new file and one line here. */
export const dialects = { duckdb: duckdbDialect } as const;
