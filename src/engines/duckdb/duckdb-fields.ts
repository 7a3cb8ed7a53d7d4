import type { FieldsFor } from "../../shapes/index.js";

/** Options of `duckdb`. */
export interface DuckDbOptions {
  /** Database file; default: one in memory. */
  readonly path?: string;
  /** Default: one a core. */
  readonly threads?: number;
  /** E.g. `"2GB"`; default: DuckDB's, most of the machine's memory. */
  readonly memoryLimit?: string;
}

/** The keys of {@link DuckDbOptions}. */
export const duckDbFields = {
  path: { kind: "text", optional: true },
  threads: { kind: "number", whole: true, atLeast: 1, optional: true },
  memoryLimit: { kind: "text", optional: true },
} as const satisfies FieldsFor<DuckDbOptions>;
