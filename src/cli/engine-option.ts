import { type FileEngineName, fileEngines } from "../engines/files/index.js";
import { errorOf, nearName, problem, unknown_name } from "../errors/index.js";
import { type CommandArguments, type CommandOption, text } from "./command.js";

const names = Object.keys(fileEngines);
const isEngine = (name: string): name is FileEngineName => Object.hasOwn(fileEngines, name);

/** The option `--engine` of every command that reads files. */
export const engineOption: CommandOption = {
  type: "string",
  value: "NAME",
  about: `who reads the file: ${Object.entries(fileEngines)
    .map(([name, { about }]) => `${name} (${about})`)
    .join(", ")}; default the first that is installed`,
};

/**
 * @returns the engine that `--engine` names, or undefined when it was not given
 * @throws ExperimentError `unknown_name` at ["--engine"] for a name that is not an engine's
 */
export function engineOf(values: CommandArguments["values"]): FileEngineName | undefined {
  const engine = text(values, "engine");
  if (engine === undefined || isEngine(engine)) return engine;
  throw errorOf([problem({ unknown_name }, ["--engine"], engine, nearName(engine, names))]);
}
