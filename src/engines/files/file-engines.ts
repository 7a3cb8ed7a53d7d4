import { ExperimentError, errorOf, other_engine, problem } from "../../errors/index.js";
import { csvEngine } from "../csv/csv-engine.js";
import { duckdbEngine } from "../duckdb/duckdb-engine.js";
import type { FileEngine, FileOptions, OpenFileEngine } from "./file-engine.js";

/** The engines that read files, the preferred ones first. A new member is one new file and one line here. */
export const fileEngines = { duckdb: duckdbEngine, csv: csvEngine } as const satisfies Readonly<
  Record<string, FileEngine>
>;

/** Name of an engine that reads files. */
export type FileEngineName = keyof typeof fileEngines;

const isEngine = (name: string): name is FileEngineName => Object.hasOwn(fileEngines, name);
const names = Object.keys(fileEngines).filter(isEngine);
const all: Readonly<Record<FileEngineName, FileEngine>> = fileEngines;

/**
 * What an engine does not obey is refused, not ignored.
 * @throws ExperimentError `other_engine` at ["options", name]
 */
export function refuseOthers(name: FileEngineName, options: FileOptions): void {
  const takers = (option: string) =>
    names.filter((each) => all[each].takes.some((taken) => taken === option));
  const problems = Object.entries(options).flatMap(([option, given]) => {
    const known = takers(option);
    return given === undefined || known.includes(name)
      ? []
      : [problem({ other_engine }, ["options", option], given, { other: name, known })];
  });
  if (problems.length > 0) throw errorOf(problems);
}

/**
 * Opens an engine that reads files.
 * @param name     which; default the first whose package is installed
 * @param options  what it may use
 * @returns the engine; close it when done
 * @throws ExperimentError `missing_peer` when the package of the one that was asked for is not installed; `other_engine`
 *         at ["options", name] for an option that it does not obey
 */
export async function openFileEngine(
  name?: FileEngineName,
  options: FileOptions = {},
): Promise<OpenFileEngine> {
  let missing: unknown;
  for (const candidate of name === undefined ? names : [name])
    try {
      refuseOthers(candidate, options);
      return await all[candidate].open(options);
    } catch (error) {
      if (!(error instanceof ExperimentError && error.code === "missing_peer")) throw error;
      missing = error;
    }
  throw missing;
}
