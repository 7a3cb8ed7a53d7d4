import { ExperimentError, needs_duckdb } from "../../errors/index.js";
import { fileFormat, isLocalFile } from "../files/file-format.js";

/** @throws ExperimentError `needs_duckdb` for what the parser cannot read: another format, a URL, a glob */
export function checkReadable(file: string, path: readonly string[]): void {
  if (!isLocalFile(file) || fileFormat(file, path) === "parquet")
    throw new ExperimentError({ needs_duckdb }, [...path, "file"], file);
}
