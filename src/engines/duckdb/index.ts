export { type DuckDbOptions, duckdb } from "./duckdb.js";
