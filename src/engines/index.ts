export {
  type ColumnKind,
  type Dialect,
  dialects,
  type OpenRelation,
  type ResultRow,
  type SortKey,
} from "../sql/index.js";
export type { Engine, QueryOptions } from "./engine.js";
export type { FileEngineName } from "./files/index.js";
export { type FromEventsOptions, fromEvents } from "./from-events.js";
export { type FromFileOptions, fromFile } from "./from-file.js";
export { type FromTableOptions, fromTable } from "./from-table.js";
export { type ReadRoundsOptions, type RoundsFile, readRounds, writeRounds } from "./rounds/index.js";
