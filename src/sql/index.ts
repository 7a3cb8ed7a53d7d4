export { binnedColumns } from "./binned-columns.js";
export type { CapsSql } from "./caps-sql.js";
export { compileEvents, type EventsGroup, type EventsQueries, type StrayReason } from "./compile-events.js";
export { compileTable, type TableQuery, type UnitState } from "./compile-table.js";
export { type ColumnKind, type Dialect, type DialectName, dialects, type SortKey } from "./dialects/index.js";
export { requireDialect } from "./dialects/require-dialect.js";
export type { ResultRow } from "./moments-sql.js";
export { kindOf, type OpenRelation } from "./relation.js";
export { columnSql, presentSql, respelledNumbers } from "./spell.js";
