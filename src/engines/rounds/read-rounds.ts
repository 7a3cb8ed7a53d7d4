import {
  detailedProblem,
  ExperimentError,
  errorOf,
  missing_column,
  type Problem,
  problem,
  refuseType,
  unreadable_data,
  unsupported_file,
} from "../../errors/index.js";
import { type BanditRound, parseBanditRounds } from "../../rounds/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { type DuckDbOptions, duckDbFields } from "../duckdb/duckdb-fields.js";
import {
  type FileEngineName,
  type FileTable,
  fileEngines,
  fileLines,
  openFileEngine,
  parseJson,
} from "../files/index.js";
import { locatedRounds } from "./located-rounds.js";
import { cellValue, decisionColumns, roundColumns } from "./round-columns.js";

/** Options of {@link readRounds}: who reads a table, and what it may use. */
export interface ReadRoundsOptions extends Omit<DuckDbOptions, "path"> {
  /** `"duckdb"`, or `"csv"` for the parser that needs no other package; default: DuckDB where it is installed. */
  readonly engine?: FileEngineName;
}

/** The log of a bandit's decisions, as a file holds it. */
export interface RoundsFile {
  /** In the file's order. */
  readonly rounds: readonly BanditRound[];
  /** Where each stands in the file, e.g. `line 17`. */
  readonly places: readonly string[];
}

const { path: _, ...fields } = duckDbFields;
const optionFields = {
  ...fields,
  engine: { kind: "word", of: Object.keys(fileEngines), optional: true },
} as const satisfies FieldsFor<ReadRoundsOptions>;

interface Rows {
  readonly list: readonly unknown[];
  readonly places: readonly string[];
}

async function linesOf(file: string, path: readonly string[]): Promise<Rows> {
  const list: unknown[] = [];
  const places: string[] = [];
  let number = 0;
  try {
    for await (const line of fileLines(file, path)) {
      number += 1;
      const text = number === 1 ? line.replace(/^\uFEFF/, "") : line;
      if (text.trim() === "") continue;
      list.push(parseJson(text, path, file, number));
      places.push(`line ${number}`);
    }
  } catch (error) {
    if (error instanceof ExperimentError) throw error;
    throw errorOf([detailedProblem({ unreadable_data }, path, file, { detail: String(error) })], {
      cause: error,
    });
  }
  return { list, places };
}

/** The columns of a table that are fields of a round, as the table calls them; those of a column `decision` are its own. */
function columnsOf({ columns }: FileTable, path: readonly string[]): Map<string, string> {
  const within = columns.includes("decision.id") ? "decision." : "";
  const named = (name: string, prefix: string) =>
    // A table of a plain experiment may say by its key what was played.
    (name === "action" ? ["action", "variant", "arm"] : [name])
      .map((each) => `${prefix}${each}`)
      .find((each) => columns.includes(each));
  const found = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [names, prefix] of [
    [decisionColumns, within],
    [roundColumns, ""],
  ] as const)
    for (const [name, needed] of Object.entries(names)) {
      const column = named(name, prefix);
      if (column !== undefined) found.set(name, column);
      else if (needed) problems.push(problem({ missing_column }, [...path, name], undefined));
    }
  if (problems.length > 0) throw errorOf(problems);
  return found;
}

async function tableOf(
  file: string,
  path: readonly string[],
  { engine, ...options }: ReadRoundsOptions,
): Promise<Rows> {
  const opened = await openFileEngine(engine, options);
  try {
    const table = await opened.table(file, path, "decision");
    const columns = columnsOf(table, path);
    const names = [...columns.keys()];
    const values = await table.read([...columns.values()]);
    const list = Array.from({ length: values[0]?.length ?? 0 }, (_, i) =>
      Object.fromEntries(
        names.flatMap((name, at) => {
          const value = cellValue(name, values[at]?.[i] ?? null);
          return value === undefined ? [] : [[name, value]];
        }),
      ),
    );
    const parquet = /\.(parquet|pq)$/i.test(file);
    return { list, places: list.map((_, i) => (parquet ? `row ${i + 1}` : `line ${i + 2}`)) };
  } finally {
    await opened.close();
  }
}

/** What a log may be written in. */
const known = [".jsonl", ".ndjson", ".csv", ".tsv", ".txt", "each also .gz", ".parquet"];

/**
 * Reads a log of a bandit's decisions and what came back: JSON lines as `toLogLine` writes them (.jsonl or .ndjson, also .gz),
 * nested or flat, or a table (CSV, CSV.gz, or through DuckDB Parquet) whose columns are called like the fields of a round.
 * Lists and objects of a table are JSON text or Parquet's own; its decision may be one column of structs.
 * @param file     path; for DuckDB also a glob or URL
 * @param options  who reads a table, and what it may use
 * @param place    what the file is called in messages
 * @returns its rounds, in the file's order, for `banditRun`, `update` and a replay
 * @throws ExperimentError `missing_file`, `unsupported_file`, `unreadable_data`, `invalid_json` at [place]; `missing_column` at
 *         [place, name]; what keeps a row from being a round at [place, "line 17", …], twenty problems at most; `needs_duckdb`,
 *         `missing_peer`; for the options, within ["options"]
 */
export async function readRounds(
  file: string,
  options: ReadRoundsOptions = {},
  place = "file",
): Promise<RoundsFile> {
  if (typeof file !== "string" || file === "") refuseType(file, [place], "text");
  checkFields(options, optionFields, ["options"]);
  const lines = /\.(jsonl|ndjson)(\.gz)?$/i.test(file);
  if (!lines && !/\.(csv|tsv|txt)(\.gz)?$|\.(parquet|pq)$/i.test(file))
    throw new ExperimentError({ unsupported_file }, [place], file, { known });
  const { list, places } = await (lines ? linesOf(file, [place]) : tableOf(file, [place], options));
  try {
    return { rounds: parseBanditRounds(list), places };
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    throw errorOf(locatedRounds(error.problems, { file, place, places }), { cause: error });
  }
}
