import { listed } from "../listed.js";
import type { Sentences, Told } from "../parameters.js";
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
  "is not what is expected here",
  example === undefined ? `see essai ${other ?? "COMMAND"} --help` : `write ${example}`,
];
export const missing_argument: Sentences = ({ other, example }) => [
  "is needed and is missing",
  example === undefined ? `see essai ${other ?? "COMMAND"} --help` : `write ${example}`,
];
export const exclusive_options: Sentences = ({ known = [] }) => [
  "needs exactly one of the ways below",
  `give one of: ${known.join(" | ")}`,
];
export const incomplete_option: Sentences = ({ example }) => [
  "needs another option beside it",
  `give it together with ${example ?? "that option"}`,
];
export const mapped_otherwise: Sentences = ({ example }) => [
  "does not fit the data section of the experiment file",
  `give ${example ?? "what it maps"}`,
];
export const learned_shares: Sentences = [
  "is of a policy that learns, so that units were not treated at random in known shares",
  "use `essai evaluate` on its log of decisions",
];
export const reward_as_feature: Sentences = [
  "says what came back, so it cannot be a feature too",
  "leave it out of --features",
];
export const table_for_experiment: Sentences = ({ example }) => [
  "is a table, and an experiment file is needed here",
  example === undefined ? "make an experiment file first, and pass the table with --data" : `run ${example}`,
];
export const missing_file: Sentences = ["there is no such file", "check the path and its spelling"];
export const unreadable_file: Sentences = [
  "the file cannot be read",
  "check that it is a file and that you may read it",
];
export const unloadable_module: Sentences = [
  "the module cannot be run",
  "put right what it says; TypeScript is run by Node 22.18 or later, and has to be compiled to JavaScript before",
];
export const nothing_to_compile: Sentences = ({ known = [] }) => [
  `exports no definition and no catalogue${known.length > 0 ? ` (there are: ${known.join(", ")})` : ""}`,
  "export what `defineExperiment` or `defineCatalogue` gave",
];
export const unknown_ending: Sentences = ({ known = [".ts", ".json"] }) => [
  "ends with nothing that says what to write",
  `let it end with ${known.join(" or ")}`,
];
export const no_past_tests: Sentences = [
  "holds no report, no cells and no table of finished tests",
  "put reports there (`essai analyze … --json`), or name a table of effects",
];
export const unwritable_file: Sentences = [
  "the file cannot be written",
  "check that its folder exists and that you may write there",
];
export const invalid_json: Sentences = ({ at }) => [
  `is not JSON${at ? ` from line ${at.line}, column ${at.column}, on` : ""}`,
  "correct it there",
];
export const uneven_log: Sentences = [
  "is a log that did not play all arms alike, and without propensities a replay would favor the frequent ones",
  "give each row's propensity; where arms were drawn at random, an arm's share is its propensity",
];
export const overwrites_input: Sentences = ({ other }) => [
  `is ${other === undefined ? "written twice" : `the same file as ${other}`}, which would be lost`,
  "write to another file",
];
export const unwritable_output: Sentences = [
  "standard output cannot be written",
  "check that the disk is not full",
];
/** Names that may be meant, if there are any. */
const among = ({ known = [] }: Told): string =>
  known.length === 0 ? "" : ` (there are: ${listed(known, (count) => `, and ${count} more`)})`;

export const unclear_variant: Sentences = (told) => [
  `no column says plainly which variant a unit was in${among(told)}`,
  `name it: ${told.example ?? "--variant COLUMN"}`,
];
export const unclear_control: Sentences = (told) => [
  `no variant is plainly the control${among(told)}`,
  `name it: ${told.example ?? "--control LEVEL"}`,
];
export const unclear_outcomes: Sentences = (told) => [
  `no column is plainly an outcome${among(told)}`,
  `name them: ${told.example ?? "--outcomes A,B"}`,
];
export const unclear_shares: Sentences = ({ example }) => [
  "variants have unequal numbers of units, and only planned shares can tell whether units are missing",
  `say what was planned, whatever was found, or --share unknown where nobody recorded it: ${example ?? "--share A=0.9 --share B=0.1"}`,
];
export const undeclared_spelling: Sentences = ({ example }) => [
  "is not written as programs write it, and reading it otherwise would change what it means",
  `declare how the table writes it: ${example ?? '"decimal": ","'}`,
];
export const unclear_code: Sentences = ({ example }) => [
  "is far from every other value, as codes for missing values are",
  `declare it as missing, or write --missing= if it is a value like others: ${example ?? "--missing=-999"}`,
];
