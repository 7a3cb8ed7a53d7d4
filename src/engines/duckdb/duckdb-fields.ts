import type { FieldsFor } from "../../shapes/index.js";

/** Options of `duckdb`. */
export interface DuckDbOptions {
  /** Database file; default: one in memory. */
  readonly path?: string;
  /** Default 1, which gives the same last digits at every run; several do not, and are faster. */
  readonly threads?: number;
  /** E.g. `"2GB"`; default: DuckDB's, most of the machine's memory. */
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
