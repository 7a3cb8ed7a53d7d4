export { duckdb } from "./duckdb.js";
export type { DuckDbOptions } from "./duckdb-fields.js";
