import { fileLines } from "../engines/files/index.js";
import {
  ExperimentError,
  errorOf,
  missing_column,
  type Problem,
  problem,
  problemAt,
  unreadable_data,
  unsupported_file,
} from "../errors/index.js";
import type { BanditRound } from "../rounds/index.js";
import { parseBanditRounds } from "../schema/index.js";
import type { EngineChoice } from "./engine-options.js";
import { parseJson } from "./read-json.js";
import { readTable } from "./read-table.js";

/** Decisions and rewards of a file, and what its entries are called in messages. */
export interface DecisionsFile {
  readonly rounds: readonly BanditRound[];
  /** Tells problems of the log at the file's own lines. */
  located(problems: readonly Problem[]): Problem[];
}

interface Entries {
  readonly list: readonly unknown[];
  /** Where an entry stands, e.g. `line 17`. */
  readonly place: (i: number) => string;
}

const option = "--decisions";

async function linesOf(file: string): Promise<Entries> {
  const list: unknown[] = [];
  const numbers: number[] = [];
  let number = 0;
  try {
    for await (const line of fileLines(file, [option])) {
      number += 1;
      const text = number === 1 ? line.replace(/^\uFEFF/, "") : line;
      if (text.trim() === "") continue;
      list.push(parseJson(text, [option], file, number));
      numbers.push(number);
    }
  } catch (error) {
    if (error instanceof ExperimentError) throw error;
    throw errorOf([problem({ unreadable_data }, [option], file, { detail: String(error) })], {
      cause: error,
    });
  }
  return { list, place: (i) => `line ${numbers[i] ?? "?"}` };
}

const needed = ["id", "experiment", "definitionVersion", "unitId", "occasion", "at", "action"] as const;
const wanted = [...needed, "propensity", "actions", "policy", "stateHash", "reward"] as const;
const optional = ["probabilities", "context", "expected", "segment"] as const;
const json = new Set(["action", "actions", "probabilities", "context", "expected"]);
const numeric = new Set(["definitionVersion", "propensity", "reward"]);

/** A column's value as JSON would hold it: lists and objects are written as JSON text, an action may be a bare key. */
function fieldOf(name: string, value: string | number | boolean | null): unknown {
  if (value === null || value === "") return name === "occasion" ? "" : undefined;
  if (numeric.has(name)) return Number(value);
  if (!json.has(name)) return String(value);
  const text = String(value);
  if (name === "action" && !text.trimStart().startsWith("{")) return { variant: text };
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function tableOf(file: string, engine: EngineChoice | undefined): Promise<Entries> {
  let names: readonly string[] = [];
  const table = await readTable(
    file,
    (columns) => {
      const missing = wanted.filter((name) => !columns.includes(name));
      if (missing.length > 0)
        throw errorOf(missing.map((name) => problem({ missing_column }, [option, name], undefined)));
      names = [...wanted, ...optional.filter((name) => columns.includes(name))];
      return names.map((name) => ({ name, option }));
    },
    engine,
  );
  const values = names.map((name) => [name, table.values(name)] as const);
  const rows = values[0]?.[1].length ?? 0;
  const list = Array.from({ length: rows }, (_, i) =>
    Object.fromEntries(
      values.flatMap(([name, column]) => {
        const field = fieldOf(name, column[i] ?? null);
        return field === undefined ? [] : [[name, field]];
      }),
    ),
  );
  return { list, place: (i) => (/\.(parquet|pq)$/i.test(file) ? `row ${i + 1}` : `line ${i + 2}`) };
}

function located(file: string, place: (i: number) => string, problems: readonly Problem[]): Problem[] {
  return problems.map((each) => {
    const [log, i, ...rest] = each.path;
    if (log !== "log") return each;
    const path = [option, ...(typeof i === "number" ? [place(i)] : []), ...rest];
    return { ...problemAt(path, each), file };
  });
}

/**
 * Reads a log of decisions and rewards: JSON lines (.jsonl or .ndjson, also .gz), or a CSV, CSV.gz or Parquet table whose
 * columns are named like a decision's fields, lists and objects as JSON text.
 * @returns its rounds, in the file's order
 * @throws ExperimentError `missing_file`, `unsupported_file`, `unreadable_data`, `invalid_json`, `missing_column` at
 *         ["--decisions", …]; what is wrong with a decision, at its line
 */
export async function readDecisions(file: string, engine?: EngineChoice): Promise<DecisionsFile> {
  const lines = /\.(jsonl|ndjson)(\.gz)?$/i.test(file);
  if (!lines && !/\.(csv|tsv|txt)(\.gz)?$|\.(parquet|pq)$/i.test(file)) {
    const known = [".jsonl", ".ndjson", ".csv", ".tsv", ".txt", "each also .gz", ".parquet"];
    throw new ExperimentError({ unsupported_file }, [option], file, { known });
  }
  const { list, place } = await (lines ? linesOf(file) : tableOf(file, engine));
  const tell = (problems: readonly Problem[]) => located(file, place, problems);
  try {
    return { rounds: parseBanditRounds(list), located: tell };
  } catch (error) {
    if (error instanceof ExperimentError) throw errorOf(tell(error.problems), { cause: error });
    throw error;
  }
}
