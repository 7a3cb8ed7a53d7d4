import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Relation } from "../../core/data-mapping.js";
import { limits } from "../../core/limits.js";
import {
  detailedProblem,
  type ErrorEntry,
  type ErrorPath,
  ExperimentError,
  errorOf,
  missing_peer,
  missing_relation,
  missing_table,
  not_a_size,
  overLimit,
  query_failed,
  remote_data,
  unreadable_data,
  unsupported_encoding,
  unsupported_file,
} from "../../errors/index.js";
import { checkFields } from "../../shapes/index.js";
import { dialects, type OpenRelation, type ResultRow } from "../../sql/index.js";
import { csvLayout } from "../csv/csv-layout.js";
import type { Engine, QueryOptions } from "../engine.js";
import { decodedText, fileEncoding } from "../files/file-encoding.js";
import {
  checkFile,
  checkUnpacked,
  fileFormat,
  isLocalFile,
  isRemote,
  isUnpackedElsewhere,
  openFile,
} from "../files/file-format.js";
import { jsonAsCsv } from "../json/json-as-csv.js";
import { type JsonColumns, jsonColumns, jsonRows } from "../json/json-rows.js";
import { type DuckDbOptions, duckDbFields } from "./duckdb-fields.js";
import { Lanes } from "./lanes.js";
import { memorySize } from "./memory-size.js";

const progressEvery = 200;
/** Rows of a part of a Parquet file: forty of DuckDB's row groups. */
const rowsOfPart = 4_915_200;
/** Bytes of a CSV file that is read several times rather than copied. */
const [smallCsv, smallGzip] = [100e6, 20e6];
/** Bytes for each query over files, whatever there is: in more or less of it, sums could end in other digits. */
const workerMemory = 512e6;
const badCsv = /CSV Error/;
const tooLong = /maximum line size/i;
const { identifier, literal } = dialects.duckdb;

/** The first line of what DuckDB says; of a CSV file's error also the line and what is wrong with it. */
function sentence(error: unknown): string {
  const lines = String(error instanceof Error ? error.message : error).split("\n");
  return lines.slice(0, badCsv.test(lines[0] as string) ? 3 : 1).join(", ");
}

/** The error of what DuckDB could not do, with what it says. */
const failed = (entry: ErrorEntry, path: ErrorPath, received: unknown, cause: unknown) =>
  errorOf([detailedProblem(entry, path, received, { detail: sentence(cause) })], { cause });

type FileRelation = Relation & { readonly file: string };

/** Whether it is a CSV file of this machine, which the parser can read. */
function isLocalCsv(relation: Relation, path: readonly string[]): relation is FileRelation {
  const { file } = relation;
  return (
    file !== undefined && isLocalFile(file) && fileFormat(file, path) === "csv" && !isUnpackedElsewhere(file)
  );
}

/** Whether it is a file of JSON; only those of this machine are read. */
function isJson(relation: Relation, path: readonly string[]): relation is FileRelation {
  const { file } = relation;
  if (file === undefined || !/^json/.test(fileFormat(file, path))) return false;
  if (isLocalFile(file)) return true;
  throw new ExperimentError({ unsupported_file }, [...path, "file"], file, { known: [".csv", ".parquet"] });
}

/** Where the file is one of this machine, the parser knows better than DuckDB's guessing which line is at fault. */
async function explainCsv(relation: Relation, path: readonly string[]): Promise<void> {
  if (!isLocalCsv(relation, path)) return;
  const { csvRows } = await import("../csv/csv-rows.js");
  for await (const _ of csvRows(relation, path).rows([]));
}

async function load(): Promise<typeof import("@duckdb/node-api")> {
  try {
    return await import("@duckdb/node-api");
  } catch (error) {
    throw failed({ missing_peer }, ["@duckdb/node-api"], undefined, error);
  }
}

/** The columns of a local CSV file as the parser names them. */
async function headerOf(relation: Relation, path: readonly string[]): Promise<readonly string[] | undefined> {
  if (!isLocalCsv(relation, path)) return undefined;
  const { csvRows } = await import("../csv/csv-rows.js");
  return csvRows(relation, path).columns();
}

/** Names as DuckDB takes them: it knows no capitals, and no two alike. One that is there already is never asked for. */
function distinct(header: readonly string[]): readonly string[] {
  const seen = new Set([""]);
  return header.map((name, at) => {
    const key = name.toLowerCase();
    if (seen.has(key)) return `essai column ${at}`;
    seen.add(key);
    return name;
  });
}

/** What stands after FROM. Text of CSV files is kept as it is: whether it spells a number is for the query to say. */
async function relationSql(
  { file, table }: Relation,
  path: readonly string[],
  header?: readonly string[],
): Promise<string> {
  if (file !== undefined) {
    const local = isLocalFile(file) && !isUnpackedElsewhere(file);
    if (fileFormat(file, path) === "parquet") {
      if (local) await checkFile(file, path);
      return `read_parquet(${literal(file)})`;
    }
    const { delimiter, skip } = local ? await csvLayout(file, path, "utf-8") : { delimiter: "", skip: 0 };
    const delim = delimiter === "" ? "" : `, delim = ${literal(delimiter)}`;
    const names = header ? `, names = [${distinct(header).map(literal).join(", ")}]` : "";
    // `skip` and `comment` are said so that DuckDB does not guess lines away that do not fit.
    return `read_csv(${literal(file)}, header = true, all_varchar = true, skip = ${skip}, comment = '', max_line_size = ${limits.rowBytes.most}, quote = '"', escape = '"'${delim}${names})`;
  }
  if (table === undefined) throw new ExperimentError({ missing_relation }, path, undefined);
  return table.split(".").map(identifier).join(".");
}

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<readonly ResultRow[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader
    .getRowObjectsJS()
    .map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value]),
      ),
    );
}

async function runOn(
  connection: DuckDBConnection,
  sql: string,
  { signal, onProgress }: QueryOptions,
): Promise<readonly ResultRow[]> {
  signal?.throwIfAborted();
  const interrupt = () => connection.interrupt();
  signal?.addEventListener("abort", interrupt);
  const timer =
    onProgress &&
    setInterval(() => {
      const { percentage } = connection.progress;
      if (percentage >= 0) onProgress(Math.min(1, percentage / 100));
    }, progressEvery);
  try {
    return await rowsOf(connection, sql);
  } catch (error) {
    signal?.throwIfAborted();
    const told = sentence(error);
    if (tooLong.test(String(error))) throw overLimit("rowBytes", ["data", "file"], undefined);
    const code = badCsv.test(told) ? { unreadable_data } : { query_failed };
    throw errorOf([detailedProblem(code, ["data"], sql, { detail: told })], { cause: error });
  } finally {
    clearInterval(timer);
    signal?.removeEventListener("abort", interrupt);
  }
}

class DuckDb implements Engine {
  readonly dialect = dialects.duckdb;
  readonly #lanes: Lanes;
  readonly #remote: boolean;
  #copies = 0;

  /** @param remote  whether files may lie on other machines */
  constructor(lanes: Lanes, remote: boolean) {
    this.#lanes = lanes;
    this.#remote = remote;
  }

  async open(relation: Relation, path: readonly string[]) {
    if (relation.file !== undefined && !this.#remote && isRemote(relation.file))
      throw new ExperimentError({ remote_data }, [...path, "file"], relation.file);
    if (relation.file !== undefined && isLocalFile(relation.file)) {
      fileFormat(relation.file, path);
      await checkFile(relation.file, path);
      await checkUnpacked(relation.file, path);
    }
    const json = isJson(relation, path) ? await jsonColumns(relation.file, path) : undefined;
    const readable = await this.#readable(relation, path, json);
    const header = json?.names ?? (await headerOf(readable, path));
    const sql = await relationSql(readable, path, header);
    try {
      const rows = await this.#rows(`DESCRIBE SELECT * FROM ${sql}`);
      if (rows.length > limits.columns.most)
        throw overLimit("columns", [...path, relation.file === undefined ? "table" : "file"], rows.length);
      return {
        sql,
        columns: rows.map(({ column_name, column_type }, at) => ({
          name: header?.[at] ?? String(column_name),
          kind: json?.nested.has(json.names[at] ?? "") ? "nested" : dialects.duckdb.kind(String(column_type)),
        })),
      };
    } catch (error) {
      if (error instanceof ExperimentError) throw error;
      const { file, table } = relation;
      await explainCsv(relation, path);
      if (file !== undefined) throw failed({ unreadable_data }, [...path, "file"], file, error);
      throw failed({ missing_table }, [...path, "table"], table, error);
    }
  }

  async size({ file, table }: Relation): Promise<number | undefined> {
    if (file !== undefined && fileFormat(file, []) !== "parquet") return undefined;
    const from = await relationSql(file === undefined ? { table: table as string } : { file }, []);
    const [row] = await this.#rows(`SELECT count(*) AS n FROM ${from}`);
    return Number(row?.n ?? 0);
  }

  async parts({ file }: Relation, open: OpenRelation): Promise<readonly OpenRelation[] | undefined> {
    if (file === undefined || !isLocalFile(file) || fileFormat(file, []) !== "parquet") return undefined;
    const rows = (await this.size({ file })) ?? 0;
    if (rows <= rowsOfPart || open.columns.some(({ name }) => /^file_row_number$/i.test(name)))
      return undefined;
    const numbered = `read_parquet(${literal(file)}, file_row_number = true)`;
    return Array.from({ length: Math.ceil(rows / rowsOfPart) }, (_, i) => {
      const [from, to] = [i * rowsOfPart, (i + 1) * rowsOfPart];
      const where = `file_row_number >= ${from} AND file_row_number < ${to}`;
      return { ...open, sql: `(SELECT * FROM ${numbered} WHERE ${where})` };
    });
  }

  async pack({ file }: Relation, open: OpenRelation, columns: readonly string[], options: QueryOptions = {}) {
    if (file === undefined || fileFormat(file, []) !== "csv") return open;
    if (isLocalFile(file) && (await checkFile(file, [])) < (/\.(gz|zst)$/i.test(file) ? smallGzip : smallCsv))
      return open;
    const copy = join(this.#lanes.folder(), `${this.#copies++}.parquet`);
    const names = columns.map(identifier).join(", ");
    await this.query(`COPY (SELECT ${names} FROM ${open.sql}) TO ${literal(copy)} (FORMAT parquet)`, {
      signal: options.signal,
    });
    return {
      ...open,
      sql: `read_parquet(${literal(copy)})`,
      columns: open.columns.filter(({ name }) => columns.includes(name)),
    };
  }

  async query(sql: string, options: QueryOptions = {}): Promise<readonly ResultRow[]> {
    return runOn(await this.#lanes.main(), sql, options);
  }

  async queries(sqls: readonly string[], { signal, onProgress }: QueryOptions = {}) {
    const results: (readonly ResultRow[])[] = [];
    const done = sqls.map(() => 0);
    const failed = new AbortController();
    const signals = AbortSignal.any(signal ? [signal, failed.signal] : [failed.signal]);
    const waiting = sqls.entries();
    const work = async (lane: DuckDBConnection) => {
      for (const [i, sql] of waiting)
        try {
          const progress = (part: number) => {
            done[i] = part;
            onProgress?.(done.reduce((a, b) => a + b, 0) / sqls.length);
          };
          results[i] = await runOn(lane, sql, { signal: signals, onProgress: onProgress && progress });
          progress(1);
        } catch (error) {
          failed.abort(error);
          throw error;
        }
    };
    const lanes = await this.#lanes.take(sqls.length);
    const ended = await Promise.allSettled(lanes.map(work));
    if (ended.some(({ status }) => status === "rejected")) throw signals.reason;
    return results;
  }

  /** The relation, or a copy of its file as CSV in UTF-8. */
  async #readable(
    relation: Relation,
    path: readonly string[],
    json: JsonColumns | undefined,
  ): Promise<Relation> {
    const { encoding } = relation;
    if (json && isJson(relation, path)) {
      const copy = join(this.#lanes.folder(), `${this.#copies++}.csv`);
      await jsonAsCsv(jsonRows(relation.file, path, "text"), json.names, relation, copy);
      return { file: copy, encoding: "utf-8" };
    }
    if (!isLocalCsv(relation, path)) {
      if (encoding === undefined || encoding === "utf-8") return relation;
      throw new ExperimentError({ unsupported_encoding }, [...path, "encoding"], encoding);
    }
    const found = encoding ?? (await fileEncoding(relation.file, path));
    if (found === "utf-8") return { ...relation, encoding: found };
    const copy = join(this.#lanes.folder(), `${this.#copies++}.csv`);
    const { plain } = openFile(relation.file, path);
    await pipeline(decodedText(plain, found, relation.file, path), createWriteStream(copy));
    return { file: copy, encoding: "utf-8" };
  }

  async #rows(sql: string): Promise<readonly ResultRow[]> {
    return rowsOf(await this.#lanes.main(), sql);
  }

  async close(): Promise<void> {
    await this.#lanes.close();
  }
}

/**
 * Opens DuckDB, the embedded analytical engine: CSV, CSV.gz and Parquet files and its own tables, as fast as the
 * machine reads them.
 * @param options  database file, threads, memory, whether extensions may be downloaded
 * @returns an engine for `fromTable` and `fromEvents`; close it when done
 * @throws ExperimentError for options that do not exist or have another type, within ["options"]; `missing_peer` when `@duckdb/node-api` is not installed, `unreadable_data` when the database
 *         file cannot be opened
 */
export async function duckdb(options: DuckDbOptions = {}): Promise<Engine> {
  checkFields(options, duckDbFields, ["options"]);
  const { DuckDBInstance } = await load();
  const { path = ":memory:", threads = 1, memoryLimit, allowExtensions = false } = options;
  const memory = memoryLimit === undefined ? undefined : (memorySize(memoryLimit) ?? 0);
  if (memory !== undefined && memory < workerMemory)
    throw new ExperimentError({ not_a_size }, ["options", "memoryLimit"], memoryLimit);
  const workers = memory === undefined ? threads : Math.min(threads, Math.floor(memory / workerMemory));
  const lanes = new Lanes(DuckDBInstance, { path, allowExtensions, memory, workers, workerMemory });
  try {
    await lanes.main();
    return new DuckDb(lanes, allowExtensions);
  } catch (error) {
    await lanes.close();
    throw failed({ unreadable_data }, ["path"], options.path, error);
  }
}
