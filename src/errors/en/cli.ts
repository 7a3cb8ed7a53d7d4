import type { Sentences } from "../parameters.js";
import { choice } from "./phrases.js";

export const unknown_command: Sentences = (told) => [
  "is not a command of essai",
  choice(told, "see essai --help"),
];
export const unknown_option: Sentences = (told) => [
  `is not an option of ${told.other === undefined ? "this command" : `essai ${told.other}`}`,
  choice(told, `see essai ${told.other ?? "COMMAND"} --help`),
];
export const bad_arguments: Sentences = ({ other, example }) => [
  "the command line cannot be read",
  example === undefined ? `see essai ${other ?? "COMMAND"} --help` : `write ${example}`,
];
export const missing_argument: Sentences = ({ other, example }) => [
  "is needed here",
  example === undefined ? `see essai ${other ?? "COMMAND"} --help` : `write ${example}`,
];
export const missing_file: Sentences = ["there is no such file", "check the path and its spelling"];
export const unreadable_file: Sentences = [
  "the file cannot be read",
  "check that it is a file and that you may read it",
];
export const unwritable_file: Sentences = [
  "the file cannot be written",
  "check that its folder exists and that you may write there",
];
export const invalid_json: Sentences = ["the file is not JSON", "correct it where the message says"];
export const uneven_log: Sentences = [
  "is a log that did not play all arms alike, and without propensities a replay would favor the frequent ones",
  "give each row's propensity; where arms were drawn at random, an arm's share is its propensity",
];
