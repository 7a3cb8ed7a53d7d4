import { ExperimentError, out_of_range } from "../errors/index.js";
import type { Io } from "./io.js";

/** One option of a command, as `node:util` parseArgs wants it, and as help shows it. */
export interface CommandOption {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands for the value in help, e.g. `FILE`. */
  readonly value?: string;
  readonly about: string;
}

/** What the command line said. */
export interface CommandArguments {
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly positionals: readonly string[];
}

/** @returns the value of a text option, or undefined when it was not given */
export function text(values: CommandArguments["values"], key: string): string | undefined {
  const value = values[key];
  return typeof value === "string" ? value : undefined;
}

/**
 * @returns the value of an option that is a whole number of 0 or more, or undefined when it was not given
 * @throws ExperimentError `out_of_range` at the option for anything else
 */
export function wholeNumber(values: CommandArguments["values"], key: string): number | undefined {
  const given = text(values, key);
  if (given === undefined) return undefined;
  if (!/^\d{1,15}$/.test(given))
    throw new ExperimentError({ out_of_range }, [`--${key}`], given, {
      expected: { whole: true, atLeast: 0 },
    });
  return Number(given);
}

/**
 * @returns the value of an option that is a number within bounds, both left out, or undefined when it was not given
 * @throws ExperimentError `out_of_range` at the option for anything else
 */
export function numberWithin(
  values: CommandArguments["values"],
  key: string,
  expected: { readonly above: number; readonly below?: number },
): number | undefined {
  const given = text(values, key);
  if (given === undefined) return undefined;
  const value = Number(given);
  if (!(value > expected.above && value < (expected.below ?? Infinity)))
    throw new ExperimentError({ out_of_range }, [`--${key}`], given, { expected });
  return value;
}

/** @returns the values of an option that may be repeated */
export function list(values: CommandArguments["values"], key: string): readonly string[] {
  const value = values[key];
  return Array.isArray(value) ? value : [];
}

/** @returns the names of an option that takes several, separated by commas, or undefined when it was not given */
export function names(values: CommandArguments["values"], key: string): string[] | undefined {
  return text(values, key)?.split(",").filter(Boolean);
}

/** A member of the command family, before it is loaded. */
export interface CommandEntry {
  /** One line for the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** What a command takes and does. */
export interface Command {
  /** Arguments after the command's name, e.g. `FILE --experiment FILE`. */
  readonly usage: string;
  /** Examples, one command line each. */
  readonly examples: readonly string[];
  readonly options: Readonly<Record<string, CommandOption>>;
  /**
   * @returns the exit code when it is not 0
   * @throws ExperimentError for whatever the caller can put right
   */
  run(args: CommandArguments, io: Io): Promise<number | undefined>;
}
