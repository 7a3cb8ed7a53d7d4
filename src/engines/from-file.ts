import type { Source } from "../core/cells.js";
import type { DataMapping } from "../core/data-mapping.js";
import { ExperimentError, wrong_type } from "../errors/index.js";
import type { DuckDbOptions } from "./duckdb/duckdb.js";
import { type FileEngineName, openFileEngine } from "./files/file-engines.js";
import type { FromEventsOptions } from "./from-events.js";

/** Options of {@link fromFile}. */
export interface FromFileOptions extends DuckDbOptions, FromEventsOptions {
  /** `"duckdb"`, or `"csv"` for the parser that needs no other package; default: DuckDB where it is installed. */
  readonly engine?: FileEngineName;
}

/** One file of a wide table, or one of exposures and one of events. */
export type DataFiles = string | { readonly exposures: string; readonly events: string };

function withFiles(files: DataFiles | undefined, mapping: DataMapping): DataMapping {
  if (files === undefined) return mapping;
  if ("exposures" in mapping) {
    if (typeof files === "string") throw new ExperimentError({ wrong_type }, ["files"], files);
    const { exposures, events } = mapping;
    return {
      ...mapping,
      exposures: { ...exposures, file: files.exposures },
      events: { ...events, file: files.events },
    };
  }
  if (typeof files !== "string") throw new ExperimentError({ wrong_type }, ["files"], files);
  return { ...mapping, file: files };
}

/**
 * Outcomes from files: CSV, CSV.gz and Parquet by DuckDB where it is installed, else CSV and CSV.gz by the built-in
 * parser; both give the same cells.
 * @param files    a wide table's file, or `{exposures, events}`; undefined where the mapping names them
 * @param mapping  which column is what
 * @param options  which engine, and what it may use
 * @returns a source for `analyze`; it opens and closes what it needs with each reading
 * @throws ExperimentError `wrong_type` when the files do not fit the mapping. Reading throws `missing_file`,
 *         `unsupported_file`, `needs_duckdb`, `missing_column`, `unknown_variant`, `not_a_number`, `empty_data` and the
 *         like
 */
export function fromFile(
  files: DataFiles | undefined,
  mapping: DataMapping,
  options: FromFileOptions = {},
): Source {
  const complete = withFiles(files, mapping);
  return {
    kind: "file",
    async read(request) {
      const { engine: name, ...rest } = options;
      const engine = await openFileEngine(name, rest);
      try {
        return await engine.source(complete, rest).read(request);
      } finally {
        await engine.close();
      }
    },
  };
}
