import { parseArgs } from "node:util";
import {
  bad_arguments,
  type ErrorCode,
  type ErrorLanguage,
  ExperimentError,
  english,
  inLanguage,
  nearName,
  type Problem,
  unknown_command,
  unknown_option,
} from "../errors/index.js";
import type { Command, CommandArguments, CommandOption } from "./command.js";
import { type CommandName, commands } from "./commands/index.js";
import { atEngineOption } from "./engine-options.js";
import { commandHelp, overview } from "./help.js";
import type { Io } from "./io.js";
import { packageVersion } from "./package-files.js";

/** Options of every command. */
const commonOptions: Readonly<Record<string, CommandOption>> = {
  lang: { type: "string", value: "CODE", about: "language of error messages, en or fr; default en" },
};

function readArguments(
  known: Command["options"],
  rest: readonly string[],
): CommandArguments & { readonly help: boolean } {
  const options = Object.fromEntries(
    Object.entries(known).map(([key, { type, short, multiple = false }]) => [
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
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    // The option is named first in each of Node's sentences: `Option '-e, --experiment <value>' argument missing`.
    const option = /'(?:-\w, )?(-[^' <]+)/.exec(message)?.[1] ?? message;
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
      const names = [...Object.keys(known), "help"].map((key) => `--${key}`);
      const near = nearName(option, names);
      throw new ExperimentError({ unknown_option }, ["command line"], option, { ...near, cause });
    }
    if (code?.startsWith("ERR_PARSE_ARGS")) {
      const { value } = known[option.replace(/^--/, "")] ?? {};
      const example = value === undefined ? option : `${option} ${value}`;
      throw new ExperimentError({ bad_arguments }, [option], undefined, { example, cause });
    }
    throw cause;
  }
}

/** The language that a command line asks for, as far as it can be read; loaded only where it is not English. */
async function languageOf(args: readonly string[]): Promise<ErrorLanguage> {
  const at = args.findLastIndex((each) => each === "--lang" || each.startsWith("--lang="));
  const code = args[at] === "--lang" ? args[at + 1] : args[at]?.slice("--lang=".length);
  if (at < 0 || code === undefined || code === "en") return english;
  const { languages } = await import("../report/index.js");
  return Object.entries(languages).find(([each]) => each === code)?.[1].errors ?? english;
}

/** What the help of the command is offered for. */
const withHelp: ReadonlySet<ErrorCode> = new Set(["unknown_option", "bad_arguments", "missing_argument"]);

/** A problem as the command line tells it. */
function told(problem: Problem, command: string | undefined, language: ErrorLanguage): string {
  const other = withHelp.has(problem.code) ? (problem.other ?? command) : problem.other;
  return inLanguage({ ...problem, other }, language).message;
}

/**
 * Runs one command line.
 * @param args what follows `essai`
 * @returns the exit code: 0 done, 1 bad input, 2 a bug in essai
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  const command = name !== undefined && Object.hasOwn(commands, name) ? (name as CommandName) : undefined;
  try {
    if (name === undefined || name === "--help" || name === "-h" || name === "help") {
      io.out(overview(commands, packageVersion()));
      return 0;
    }
    if (name === "--version" || name === "-v") {
      io.out(`${packageVersion()}\n`);
      return 0;
    }
    if (command === undefined) {
      const near = nearName(name, Object.keys(commands));
      throw new ExperimentError({ unknown_command }, ["command line"], name, near);
    }
    const { summary, load } = commands[command];
    const loaded = await load();
    const options = { ...commonOptions, ...loaded.options };
    const { help, ...parsed } = readArguments(options, rest);
    if (help) {
      io.out(commandHelp(name, summary, { ...loaded, options }));
      return 0;
    }
    return (await loaded.run(parsed, io)) ?? 0;
  } catch (error) {
    if (error instanceof ExperimentError) {
      const language = await languageOf(args);
      for (const each of error.problems) io.err(`essai: ${told(atEngineOption(each), command, language)}\n`);
      return 1;
    }
    if (io.signal?.aborted) {
      io.err("essai: interrupted\n");
      return 1;
    }
    io.err(
      `essai: a bug in essai, please report it\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return 2;
  }
}
