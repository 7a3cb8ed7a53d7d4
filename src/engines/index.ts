export type { ColumnKind, Dialect } from "../sql/dialects/dialect.js";
export type { ResultRow } from "../sql/moments-sql.js";
export type { OpenRelation } from "../sql/relation.js";
export type { Engine, QueryOptions } from "./engine.js";
export { type FromEventsOptions, fromEvents } from "./from-events.js";
export { type FromFileOptions, fromFile } from "./from-file.js";
export { fromTable } from "./from-table.js";
