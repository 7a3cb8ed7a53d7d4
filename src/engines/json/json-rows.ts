import { limits } from "../../core/limits.js";
import {
  detailedProblem,
  ExperimentError,
  empty_data,
  errorOf,
  nested_column,
  not_rows,
  overLimit,
  problem,
  unreadable_data,
} from "../../errors/index.js";
import type { RowTable } from "../../metrics/data/index.js";
import { isPlainObject } from "../../shapes/index.js";
import { decodedText } from "../files/file-encoding.js";
import { checkFile, checkUnpacked, fileFormat, openFile } from "../files/file-format.js";
import { fileLines } from "../files/file-lines.js";
import { parseJson } from "../files/parse-json.js";

type JsonRow = Readonly<Record<string, unknown>>;

const batchSize = 2048;

function rowOf(json: unknown, file: string, path: readonly string[], row: number): JsonRow {
  if (isPlainObject(json)) return json;
  throw errorOf([problem({ not_rows }, path, file, { row })]);
}

async function* linesOf(file: string, path: readonly string[]): AsyncGenerator<JsonRow> {
  let number = 0;
  for await (const line of fileLines(file, path)) {
    number++;
    const text = number === 1 ? line.replace(/^\uFEFF/, "") : line;
    if (text.trim() === "") continue;
    const place = [...path, "file"];
    yield rowOf(parseJson(text, place, file, number), file, place, number);
  }
}

async function* listOf(file: string, path: readonly string[]): AsyncGenerator<JsonRow> {
  const place = [...path, "file"];
  await checkFile(file, path);
  let text = "";
  for await (const piece of decodedText(openFile(file, path).plain, "utf-8", file, path)) {
    text += piece;
    if (text.length > limits.jsonBytes.most) throw overLimit("jsonBytes", place, file);
  }
  if (text.trim() === "") return;
  const json = parseJson(text.replace(/^\uFEFF/, ""), place, file);
  if (!Array.isArray(json)) throw errorOf([problem({ not_rows }, place, file)]);
  for (const [i, row] of json.entries()) yield rowOf(row, file, place, i + 1);
}

async function* records(file: string, path: readonly string[]): AsyncGenerator<readonly JsonRow[]> {
  await checkUnpacked(file, path);
  let batch: JsonRow[] = [];
  try {
    for await (const row of (fileFormat(file, path) === "json" ? listOf : linesOf)(file, path)) {
      batch.push(row);
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    if (error instanceof ExperimentError) throw error;
    throw errorOf(
      [detailedProblem({ unreadable_data }, [...path, "file"], file, { detail: String(error) })],
      {
        cause: error,
      },
    );
  }
  yield batch;
}

const isNested = (value: unknown): boolean => typeof value === "object" && value !== null;

/** The columns of a file of objects. */
export interface JsonColumns {
  readonly names: readonly string[];
  /** Those that hold a list or an object somewhere. */
  readonly nested: ReadonlySet<string>;
}

/**
 * @returns the keys of all objects, in the order in which they were met
 * @throws ExperimentError as {@link jsonRows}
 */
export async function jsonColumns(file: string, path: readonly string[]): Promise<JsonColumns> {
  const names = new Set<string>();
  const nested = new Set<string>();
  for await (const batch of records(file, path)) {
    for (const row of batch)
      for (const [name, value] of Object.entries(row)) {
        names.add(name);
        if (isNested(value)) nested.add(name);
      }
    if (names.size > limits.columns.most) throw overLimit("columns", [...path, "file"], file);
  }
  if (names.size === 0) throw errorOf([problem({ empty_data }, [...path, "file"], file)]);
  return { names: [...names], nested };
}

/**
 * JSON lines, or a list of objects in one JSON text, each plain or packed: an object is a row, its keys are columns.
 * @param path    where the mapping names it, for messages
 * @param nested  whether lists and objects are refused where they are read, or are their JSON text
 * @returns its rows, values as they are in the file, null where an object lacks a column; reading throws `missing_file`,
 *   `empty_data`, `invalid_json`, `unreadable_data`, and `nested_column` at a column that is read and holds a list or an object
 */
export function jsonRows(
  file: string,
  path: readonly string[],
  nested: "refused" | "text" = "refused",
): RowTable {
  const cell = (row: JsonRow, name: string) => {
    const value = Object.hasOwn(row, name) ? row[name] : null;
    if (!isNested(value)) return value;
    if (nested === "text") return JSON.stringify(value);
    throw new ExperimentError({ nested_column }, [name], name);
  };
  return {
    columns: async () => (await jsonColumns(file, path)).names,
    async *rows(columns) {
      for await (const batch of records(file, path))
        yield batch.map((row) => columns.map((name) => cell(row, name)));
    },
  };
}
