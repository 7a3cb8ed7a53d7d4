export type { ColumnKind, Dialect, OpenRelation, ResultRow } from "../sql/index.js";
export type { Engine, QueryOptions } from "./engine.js";
export { type FromEventsOptions, fromEvents } from "./from-events.js";
export { type FromFileOptions, fromFile } from "./from-file.js";
export { fromTable } from "./from-table.js";
