import { type FileEngineName, fileEngines } from "../engines/files/index.js";
import type { FromFileOptions } from "../engines/index.js";
import { errorOf, nearName, type Problem, problem, problemAt, unknown_name } from "../errors/index.js";
import { type CommandArguments, type CommandOption, text, wholeNumber } from "./command.js";

const names = Object.keys(fileEngines);
const isEngine = (name: string): name is FileEngineName => Object.hasOwn(fileEngines, name);

/** The options of every command that reads files: who reads, and what it may use. */
export const engineOptions = {
  engine: {
    type: "string",
    value: "NAME",
    about: `who reads the file: ${Object.entries(fileEngines)
      .map(([name, { about }]) => `${name} (${about})`)
      .join(", ")}; default the first that is installed`,
  },
  memory: {
    type: "string",
    value: "SIZE",
    about: "memory that DuckDB may use, e.g. 2GB, at least 512MB; what does not fit goes to disk",
  },
  threads: {
    type: "string",
    value: "N",
    about: "threads that DuckDB may use; default 1, and any number gives the same report",
  },
  "allow-extensions": {
    type: "boolean",
    about: "lets DuckDB download and run its extensions, which http and s3 addresses take",
  },
} as const satisfies Readonly<Record<string, CommandOption>>;

/** Who reads files, and what it may use. */
export type EngineChoice = Pick<FromFileOptions, "engine" | "memoryLimit" | "threads" | "allowExtensions">;

/** How the command line spells the options of engines. */
const spelled: Readonly<Record<string, keyof typeof engineOptions>> = {
  engine: "engine",
  memoryLimit: "memory",
  threads: "threads",
  allowExtensions: "allow-extensions",
};

/** @returns the problem told at the command line's option, where it lies in an option of an engine */
export function atEngineOption(found: Problem): Problem {
  const [options, name] = found.path;
  const option = options === "options" ? spelled[String(name)] : undefined;
  return option === undefined ? found : problemAt([`--${option}`], found);
}

/**
 * @returns what {@link engineOptions} say, of those that were given
 * @throws ExperimentError `unknown_name` at ["--engine"] for a name that is not an engine's
 */
export function engineOf(values: CommandArguments["values"]): EngineChoice {
  const [engine, memoryLimit] = [text(values, "engine"), text(values, "memory")];
  if (engine !== undefined && !isEngine(engine))
    throw errorOf([problem({ unknown_name }, ["--engine"], engine, nearName(engine, names))]);
  const threads = wholeNumber(values, "threads");
  return {
    ...(engine === undefined ? {} : { engine }),
    ...(threads === undefined ? {} : { threads }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(values["allow-extensions"] === true ? { allowExtensions: true } : {}),
  };
}
