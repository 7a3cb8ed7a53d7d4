import type { CellsRequest, Source } from "../../core/cells.js";
import type { DataMapping, Relation } from "../../core/data-mapping.js";
import { ExperimentError, missing_relation } from "../../errors/index.js";
import {
  declaredDimensions,
  orderedDimensions,
  readEventRows,
  readTableRows,
  requireMapping,
} from "../../metrics/data/index.js";
import { checkReadable } from "./check-readable.js";
import type { CsvFile } from "./csv-rows.js";
import { localRows } from "./local-rows.js";

function fileOf({ file, encoding }: Relation, path: readonly string[]): CsvFile {
  if (file === undefined) throw new ExperimentError({ missing_relation }, path, undefined);
  checkReadable(file, path);
  return { file, encoding };
}

/**
 * Outcomes from CSV and JSON files, plain or packed, without DuckDB: one pass over each file, a wide table in constant memory
 * (one small record a unit where a unit column is mapped, and with events).
 * @param mapping  the file or files, and which column is what
 * @returns a source for `analyze`
 * @throws ExperimentError what is wrong with the mapping, within ["data"]; `missing_relation` without a file, `needs_duckdb` for Parquet, globs and URLs. Reading throws
 *         `missing_file`, `missing_column`, `unknown_variant`, `not_a_number`, `unreadable_data`, `empty_data` and the
 *         like
 */
export function fromCsv(mapping: DataMapping): Source {
  requireMapping(mapping);
  if ("exposures" in mapping) {
    const [at, then] = [
      ["data", "exposures"],
      ["data", "events"],
    ] as const;
    const [exposures, events] = [fileOf(mapping.exposures, at), fileOf(mapping.events, then)];
    const half = ({ onProgress }: CellsRequest, from: number) =>
      onProgress && ((done: number) => onProgress(from + done / 2));
    return {
      kind: "csv",
      dimensions: declaredDimensions(mapping),
      ...orderedDimensions(mapping),
      read: (request) =>
        readEventRows(
          localRows(exposures, at, half(request, 0)),
          localRows(events, then, half(request, 0.5)),
          mapping,
          request,
        ),
    };
  }
  const file = fileOf(mapping, ["data"]);
  return {
    kind: "csv",
    dimensions: declaredDimensions(mapping),
    ...orderedDimensions(mapping),
    read: (request) => readTableRows(localRows(file, ["data"], request.onProgress), mapping, request),
  };
}
