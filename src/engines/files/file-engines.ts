import { ExperimentError } from "../../errors/index.js";
import { csvEngine } from "../csv/csv-engine.js";
import { duckdbEngine } from "../duckdb/duckdb-engine.js";
import type { DuckDbOptions } from "../duckdb/duckdb-fields.js";
import type { FileEngine, OpenFileEngine } from "./file-engine.js";

/** The engines that read files, the preferred ones first. A new member is one new file and one line here. */
export const fileEngines = { duckdb: duckdbEngine, csv: csvEngine } as const satisfies Readonly<
  Record<string, FileEngine>
>;

/** Name of an engine that reads files. */
export type FileEngineName = keyof typeof fileEngines;

/**
 * Opens an engine that reads files.
 * @param name     which; default the first whose package is installed
 * @param options  what it may use
 * @returns the engine; close it when done
 * @throws ExperimentError `missing_peer` when the package of the one that was asked for is not installed
 */
export async function openFileEngine(
  name?: FileEngineName,
  options: DuckDbOptions = {},
): Promise<OpenFileEngine> {
  const candidates = name === undefined ? Object.values(fileEngines) : [fileEngines[name]];
  let missing: unknown;
  for (const engine of candidates)
    try {
      return await engine.open(options);
    } catch (error) {
      if (!(error instanceof ExperimentError && error.code === "missing_peer")) throw error;
      missing = error;
    }
  throw missing;
}
