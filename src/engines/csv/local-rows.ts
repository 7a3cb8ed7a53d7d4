import type { RowTable } from "../../metrics/data/index.js";
import { fileFormat } from "../files/file-format.js";
import { jsonRows } from "../json/json-rows.js";
import { type CsvFile, csvRows } from "./csv-rows.js";

/** @returns the rows of a local file that the parser reads: CSV, JSON lines or a list of objects */
export function localRows(
  relation: CsvFile,
  path: readonly string[],
  onProgress?: (done: number) => void,
): RowTable {
  return fileFormat(relation.file, path) === "csv"
    ? csvRows(relation, path, onProgress)
    : jsonRows(relation.file, path);
}
