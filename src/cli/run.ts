import { parseArgs } from "node:util";
import {
  bad_arguments,
  ExperimentError,
  errorOf,
  nearName,
  problem,
  unknown_command,
  unknown_option,
} from "../errors/index.js";
import type { Command, CommandArguments } from "./command.js";
import { type CommandName, commands } from "./commands/index.js";
import { commandHelp, overview } from "./help.js";
import type { Io } from "./io.js";
import { packageVersion } from "./package-files.js";

function readArguments(
  command: Command,
  rest: readonly string[],
): CommandArguments & { readonly help: boolean } {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([key, { type, short, multiple = false }]) => [
      key,
      { type, multiple, ...(short ? { short } : {}) },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...rest],
      options: { ...options, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
      strict: true,
    });
    return { values: values as CommandArguments["values"], positionals, help: values.help === true };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
      const option = /'([^']+)'/.exec(message)?.[1] ?? message;
      const known = [...Object.keys(command.options), "help"].map((key) => `--${key}`);
      throw errorOf([problem({ unknown_option }, ["command line"], option, nearName(option, known))], {
        cause: error,
      });
    }
    if (code?.startsWith("ERR_PARSE_ARGS"))
      throw new ExperimentError({ bad_arguments }, ["command line"], message, { cause: error });
    throw error;
  }
}

/**
 * Runs one command line.
 * @param args what follows `essai`
 * @returns the exit code: 0 done, 1 bad input, 2 a fault of essai
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    const [name, ...rest] = args;
    if (name === undefined || name === "--help" || name === "-h" || name === "help") {
      io.out(overview(commands, packageVersion()));
      return 0;
    }
    if (name === "--version" || name === "-v") {
      io.out(`${packageVersion()}\n`);
      return 0;
    }
    if (!Object.hasOwn(commands, name))
      throw errorOf([
        problem({ unknown_command }, ["command line"], name, nearName(name, Object.keys(commands))),
      ]);
    const { summary, load } = commands[name as CommandName];
    const command = await load();
    const { help, ...parsed } = readArguments(command, rest);
    if (help) {
      io.out(commandHelp(name, summary, command));
      return 0;
    }
    return (await command.run(parsed, io)) ?? 0;
  } catch (error) {
    if (error instanceof ExperimentError) {
      for (const problem of error.problems) io.err(`essai: ${problem.message}\n`);
      return 1;
    }
    if (io.signal?.aborted) {
      io.err("essai: interrupted\n");
      return 1;
    }
    io.err(
      `essai: a fault of essai itself, please report it\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return 2;
  }
}
