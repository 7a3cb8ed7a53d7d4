import type { Source } from "../core/cells.js";
import type { DataMapping, EventsMapping, TableMapping } from "../core/data-mapping.js";
import { errorOf } from "../errors/index.js";
import { declaredDimensions, orderedDimensions, requireMapping } from "../metrics/data/index.js";
import { checkFields, type FieldsFor, type Shape, shapeProblems } from "../shapes/index.js";
import { type DuckDbOptions, duckDbFields } from "./duckdb/duckdb-fields.js";
import { type FileEngineName, fileEngines, openFileEngine, refuseOthers } from "./files/file-engines.js";
import { type SplitOptions, splitFields } from "./split-units.js";

/** Options of {@link fromFile}. */
export interface FromFileOptions extends DuckDbOptions, SplitOptions {
  /** `"duckdb"`, or `"csv"` for the parser that needs no other package; default: DuckDB where it is installed. */
  readonly engine?: FileEngineName;
}

/** One file of a wide table, or one of exposures and one of events. */
export type DataFiles = string | { readonly exposures: string; readonly events: string };

const optionFields = {
  engine: { kind: "word", of: Object.keys(fileEngines), optional: true },
  ...duckDbFields,
  ...splitFields,
} as const satisfies FieldsFor<FromFileOptions>;

const file = { kind: "text" } as const;
const bothFiles = { kind: "object", has: { exposures: file, events: file } } as const satisfies Shape;

/** A file takes the place of the file or table that the mapping names. */
function withFiles(files: DataFiles | undefined, mapping: DataMapping): DataMapping {
  requireMapping(mapping);
  if (files === undefined) return mapping;
  const problems = shapeProblems(files, "exposures" in mapping ? bothFiles : file, ["files"]);
  if (problems.length > 0) throw errorOf(problems);
  if (typeof files === "string") {
    const { table: _, ...rest } = mapping as TableMapping;
    return { ...rest, file: files };
  }
  const { exposures, events, ...rest } = mapping as EventsMapping;
  const [{ table: _, ...seen }, { table: __, ...done }] = [exposures, events];
  return {
    ...rest,
    exposures: { ...seen, file: files.exposures },
    events: { ...done, file: files.events },
  };
}

/**
 * Outcomes from files: CSV, JSON and Parquet by DuckDB where it is installed, else CSV and JSON by the built-in parser; both
 * give the same cells.
 * @param files    a wide table's file, or `{exposures, events}`; undefined where the mapping names them
 * @param mapping  which column is what
 * @param options  which engine, and what it may use
 * @returns a source for `analyze`; it opens and closes what it needs with each reading
 * @throws ExperimentError what is wrong with the mapping, within ["data"], the options, or files that do not fit the
 *         mapping, at ["files"]. Reading throws `missing_file`,
 *         `unsupported_file`, `needs_duckdb`, `missing_column`, `unknown_variant`, `not_a_number`, `empty_data` and the
 *         like
 */
export function fromFile(
  files: DataFiles | undefined,
  mapping: DataMapping,
  options: FromFileOptions = {},
): Source {
  checkFields(options, optionFields, ["options"]);
  const { engine: name, ...rest } = options;
  if (name !== undefined) refuseOthers(name, rest);
  const split = rest.buckets === undefined ? {} : { buckets: rest.buckets };
  const complete = withFiles(files, mapping);
  return {
    kind: "file",
    dimensions: declaredDimensions(mapping),
    ...orderedDimensions(mapping),
    async read(request) {
      const engine = await openFileEngine(name, rest);
      try {
        return await engine.source(complete, split).read(request);
      } finally {
        await engine.close();
      }
    },
  };
}
