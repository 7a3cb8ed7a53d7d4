import {
  type ErrorEntry,
  ExperimentError,
  errorOf,
  insufficient_data,
  missing_column,
  nearName,
  problem,
  unclear_code,
  unclear_control,
  unclear_outcomes,
  unclear_shares,
  unclear_variant,
  undeclared_spelling,
  unknown_name,
} from "../../errors/index.js";
import {
  experimentOf,
  type Guess,
  guessExperiment,
  summarizeColumn,
  type Told,
  type Unclear,
} from "../../guess/index.js";
import { voiceIn } from "../../report/index.js";
import { type ExperimentFile, parseExperiment } from "../../schema/index.js";
import { type CommandArguments, text } from "../command.js";
import { engineOf } from "../engine-options.js";
import type { Io } from "../io.js";
import { writeOutput } from "../output-file.js";
import { readTable } from "../read-table.js";
import { toldWritten } from "../told-written.js";
import { answered } from "./answered.js";
import { completeCommand } from "./complete-command.js";
import { toldBy } from "./guess-options.js";
import { guessWords } from "./guess-words.js";
import { toldGuess } from "./told-guess.js";

/** Rows that are looked at; what they do not show, the analysis meets and refuses. */
const mostRows = 200_000;

/** Of fewer rows no two variants are drawn. */
const fewestRows = 20;

/** A guess that became an experiment file. */
export interface GuessedExperiment extends ExperimentFile {
  readonly guess: Guess;
  /** The file's text. */
  readonly json: string;
}

const codes: Readonly<Record<Unclear["what"], { readonly entry: ErrorEntry; readonly option: string }>> = {
  variant: { entry: { unclear_variant }, option: "--variant" },
  control: { entry: { unclear_control }, option: "--control" },
  outcomes: { entry: { unclear_outcomes }, option: "--outcomes" },
  shares: { entry: { unclear_shares }, option: "--share" },
  spelling: { entry: { undeclared_spelling }, option: "--decimal" },
  code: { entry: { unclear_code }, option: "--missing" },
};

function problemOf({ what, column, found, candidates, nearest }: Unclear, command: string, file: string) {
  const { entry, option } = codes[what];
  return problem(entry, [column ?? option], found, {
    known: candidates,
    example: completeCommand(command, file, nearest),
  });
}

/** Columns and levels that were told and are not there. */
function refuseUnknown(told: Told, columns: readonly string[], levels: readonly string[]): void {
  const named = [
    ["--variant", told.variant],
    ["--unit", told.unit],
    ...(told.outcomes ?? []).map((name) => ["--outcomes", name] as const),
    ...(told.dimensions ?? []).map((name) => ["--by", name] as const),
    ...Object.keys(told.bins ?? {}).map((name) => ["--bin", name] as const),
  ] as const;
  const problems = [
    ...named.flatMap(([option, name]) =>
      name === undefined || columns.includes(name)
        ? []
        : [problem({ missing_column }, [option], name, nearName(name, columns))],
    ),
    ...[
      ...Object.keys(told.shares === "unknown" ? {} : (told.shares ?? {})).map(
        (level) => ["--share", level] as const,
      ),
      ["--control", told.control] as const,
    ].flatMap(([option, level]) =>
      level === undefined || levels.length === 0 || levels.includes(level)
        ? []
        : [problem({ unknown_name }, [option], level, nearName(level, levels))],
    ),
  ];
  if (problems.length > 0) throw errorOf(problems);
}

/** Who is in which variant does not matter: what the table leaves open of it is settled by the nearest answer. */
export interface GuessChoices {
  readonly drawn?: boolean;
}

/** A column of two variants for a table that has none. */
const drawnVariant = (columns: readonly string[], rows: number) => {
  const name = ["variant", "drawn variant"].find((each) => !columns.includes(each)) ?? "drawn";
  return summarizeColumn(
    name,
    Array.from({ length: rows }, (_, row) => (row % 2 === 0 ? "control" : "treatment")),
    {},
  );
};

/** The experiment's key: the last part of the path that is a name and not a pattern. */
function keyOf(file: string): string {
  const parts = file.split(/[\\/]/).filter((part) => part !== "" && !/[*?[]/.test(part));
  return parts.at(-1)?.replace(/\.[^.]+(\.(gz|zst))?$/i, "") || "experiment";
}

/** Columns that can be named: those that are, and by no other. */
function pick(columns: readonly string[]) {
  const times = (name: string) => columns.filter((each) => each.toLowerCase() === name.toLowerCase()).length;
  return columns.filter((name) => name !== "" && times(name) === 1).map((name) => ({ name, option: "FILE" }));
}

/**
 * The experiment file of a table, guessed from its columns and from what the command line says of them; what cannot be known
 * is asked for on a terminal, and refused elsewhere; where variants are drawn, those of the table do not matter. Says on stderr what was guessed and why, and writes it where --save says.
 * @throws ExperimentError `unclear_variant`, `unclear_control`, `unclear_outcomes`, `unclear_shares`, `undeclared_spelling`,
 *   `unclear_code`, each with the nearest complete command; `missing_column` or `unknown_name` for what is told and not there;
 *   `insufficient_data` where variants are drawn for fewer than 20 rows; what reading the table throws
 */
export async function guessedExperiment(
  command: string,
  file: string,
  args: CommandArguments,
  io: Io,
  { drawn = false }: GuessChoices = {},
): Promise<GuessedExperiment> {
  const voice = voiceIn(text(args.values, "lang"), ["--lang"]);
  const words = guessWords(voice.language);
  const read = await readTable(file, pick, engineOf(args.values), mostRows);
  const table = { ...read, columns: pick(read.columns).map(({ name }) => name) };
  let told = toldBy(args);
  refuseUnknown(told, table.columns, []);
  const rows = table.columns.length === 0 ? 0 : table.values(table.columns[0] ?? "").length;
  let made: ReturnType<typeof drawnVariant> | undefined;
  for (;;) {
    const own = table.columns.map((name) => summarizeColumn(name, table.values(name), told));
    const columns = made ? [...own, made] : own;
    const known = columns.map(({ name }) => name);
    const variant = columns.find(({ name }) => name === told.variant);
    refuseUnknown(told, known, [...(variant?.levels?.keys() ?? [])]);
    const found = guessExperiment({ rows, columns }, told);
    if (found.status === "unclear") {
      if (drawn && found.what === "variant" && told.variant === undefined) {
        if (rows < fewestRows)
          throw new ExperimentError({ insufficient_data }, ["FILE"], rows, {
            expected: { atLeast: fewestRows },
          });
        made = drawnVariant(table.columns, rows);
        told = { ...told, variant: made.name, control: "control" };
        continue;
      }
      if (drawn && (found.what === "control" || found.what === "shares")) {
        told = found.answer;
        continue;
      }
      const open = problemOf(found, command, file);
      const answer = await answered(found, open, words, voice, io);
      if (answer === undefined) throw errorOf([open]);
      told = answer;
      continue;
    }
    refuseUnknown(told, known, found.variant.levels);
    const key = keyOf(file);
    const experiment = experimentOf(found, key);
    const json = `${JSON.stringify(experiment, null, 2)}\n`;
    const same = read.columns.filter((name) => name !== "" && !table.columns.includes(name));
    const unnamable = same.map((column) => ({ column, why: "same_name" as const }));
    const shown = made ? { ...found, variant: { ...found.variant, why: "drawn" as const } } : found;
    const all = { ...shown, ignored: [...found.ignored, ...unnamable] };
    io.err(toldGuess(all, { file, all: rows < mostRows, words, voice }));
    const save = text(args.values, "save");
    if (save === undefined) io.err(`${words.keep}\n`);
    else {
      await writeOutput({ file: save, option: "--save" }, json);
      io.err(toldWritten(save, voice.language));
    }
    return { ...parseExperiment(experiment), guess: found, json };
  }
}
