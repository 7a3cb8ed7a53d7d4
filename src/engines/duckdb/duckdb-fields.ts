import type { FieldsFor } from "../../shapes/index.js";

/** Options of `duckdb`. */
export interface DuckDbOptions {
  /** Database file; default: one in memory. */
  readonly path?: string;
  /** How many queries over files may run at once; default 1, and any number gives the same digits. */
  readonly threads?: number;
  /**
   * E.g. `"2GB"`, at least `"512MB"`, for queries over files and for the database each; default 512 MB for each query over
   * files, and for the database DuckDB's, most of the machine's memory.
   */
  readonly memoryLimit?: string;
  /** Whether DuckDB may download and load its extensions, which reading `http` and `s3` addresses takes; default: no. */
  readonly allowExtensions?: boolean;
}

/** The keys of {@link DuckDbOptions}. */
export const duckDbFields = {
  path: { kind: "text", optional: true },
  threads: { kind: "number", whole: true, atLeast: 1, optional: true },
  memoryLimit: { kind: "text", optional: true },
  allowExtensions: { kind: "flag", optional: true },
} as const satisfies FieldsFor<DuckDbOptions>;
