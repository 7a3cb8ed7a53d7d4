import type { DuckDBConnection } from "@duckdb/node-api";
import type { Relation } from "../../core/data-mapping.js";
import {
  ExperimentError,
  errorOf,
  missing_peer,
  missing_relation,
  missing_table,
  problem,
  query_failed,
  remote_data,
  unreadable_data,
  unsupported_encoding,
} from "../../errors/index.js";
import { checkFields } from "../../shapes/index.js";
import { dialects, type ResultRow } from "../../sql/index.js";
import type { Engine, QueryOptions } from "../engine.js";
import { checkFile, fileFormat, isLocalFile, isRemote, sniffDelimiter } from "../files/file-format.js";
import { type DuckDbOptions, duckDbFields } from "./duckdb-fields.js";

const progressEvery = 200;
const badCsv = /CSV Error/;
const { identifier, literal } = dialects.duckdb;

/** The first line of what DuckDB says; of a CSV file's error also the line and what is wrong with it. */
function sentence(error: unknown): string {
  const lines = String(error instanceof Error ? error.message : error).split("\n");
  return lines.slice(0, badCsv.test(lines[0] as string) ? 3 : 1).join(", ");
}

/** Where the file is one of this machine, the parser knows better than DuckDB's guessing which line is at fault. */
async function explainCsv({ file }: Relation, path: readonly string[]): Promise<void> {
  if (file === undefined || !isLocalFile(file) || fileFormat(file, path) !== "csv") return;
  const { csvRows } = await import("../csv/csv-rows.js");
  for await (const _ of csvRows({ file }, path).rows([]));
}

async function load(): Promise<typeof import("@duckdb/node-api")> {
  try {
    return await import("@duckdb/node-api");
  } catch (error) {
    throw errorOf([problem({ missing_peer }, ["@duckdb/node-api"], undefined, { detail: sentence(error) })], {
      cause: error,
    });
  }
}

/** The columns of a local CSV file as the parser names them. */
async function headerOf({ file }: Relation, path: readonly string[]): Promise<readonly string[] | undefined> {
  if (file === undefined || !isLocalFile(file) || fileFormat(file, path) !== "csv") return undefined;
  const { csvRows } = await import("../csv/csv-rows.js");
  return csvRows({ file }, path).columns();
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
    const local = isLocalFile(file);
    if (fileFormat(file, path) === "parquet") {
      if (local) await checkFile(file, path);
      return `read_parquet(${literal(file)})`;
    }
    const delimiter = local ? `, delim = ${literal(await sniffDelimiter(file, path))}` : "";
    const names = header ? `, names = [${distinct(header).map(literal).join(", ")}]` : "";
    // `skip` and `comment` are said so that DuckDB does not guess lines away that do not fit.
    return `read_csv(${literal(file)}, header = true, all_varchar = true, skip = 0, comment = '', quote = '"', escape = '"'${delimiter}${names})`;
  }
  if (table === undefined) throw new ExperimentError({ missing_relation }, path, undefined);
  return table.split(".").map(identifier).join(".");
}

class DuckDb implements Engine {
  readonly dialect = dialects.duckdb;
  readonly #connection: DuckDBConnection;
  readonly #end: () => void;
  readonly #remote: boolean;

  /** @param remote  whether files may lie on other machines */
  constructor(connection: DuckDBConnection, end: () => void, remote: boolean) {
    this.#connection = connection;
    this.#end = end;
    this.#remote = remote;
  }

  async open(relation: Relation, path: readonly string[]) {
    if (relation.file !== undefined && !this.#remote && isRemote(relation.file))
      throw new ExperimentError({ remote_data }, [...path, "file"], relation.file);
    if (relation.encoding !== undefined && relation.encoding !== "utf-8")
      throw new ExperimentError({ unsupported_encoding }, [...path, "encoding"], relation.encoding);
    const header = await headerOf(relation, path);
    const sql = await relationSql(relation, path, header);
    try {
      const rows = await this.#rows(`DESCRIBE SELECT * FROM ${sql}`);
      return {
        sql,
        columns: rows.map(({ column_name, column_type }, at) => ({
          name: header?.[at] ?? String(column_name),
          kind: dialects.duckdb.kind(String(column_type)),
        })),
      };
    } catch (error) {
      const { file, table } = relation;
      await explainCsv(relation, path);
      if (file !== undefined)
        throw errorOf([problem({ unreadable_data }, [...path, "file"], file, { detail: sentence(error) })], {
          cause: error,
        });
      throw errorOf([problem({ missing_table }, [...path, "table"], table, { detail: sentence(error) })], {
        cause: error,
      });
    }
  }

  async size({ file, table }: Relation): Promise<number | undefined> {
    if (file !== undefined && fileFormat(file, []) !== "parquet") return undefined;
    const from = await relationSql(file === undefined ? { table: table as string } : { file }, []);
    const [row] = await this.#rows(`SELECT count(*) AS n FROM ${from}`);
    return Number(row?.n ?? 0);
  }

  async query(sql: string, { signal, onProgress }: QueryOptions = {}): Promise<readonly ResultRow[]> {
    signal?.throwIfAborted();
    const interrupt = () => this.#connection.interrupt();
    signal?.addEventListener("abort", interrupt);
    const timer =
      onProgress &&
      setInterval(() => {
        const { percentage } = this.#connection.progress;
        if (percentage >= 0) onProgress(Math.min(1, percentage / 100));
      }, progressEvery);
    try {
      return await this.#rows(sql);
    } catch (error) {
      signal?.throwIfAborted();
      const told = sentence(error);
      const code = badCsv.test(told) ? { unreadable_data } : { query_failed };
      throw errorOf([problem(code, ["data"], sql, { detail: told })], { cause: error });
    } finally {
      clearInterval(timer);
      signal?.removeEventListener("abort", interrupt);
    }
  }

  async #rows(sql: string): Promise<readonly ResultRow[]> {
    const reader = await this.#connection.runAndReadAll(sql);
    return reader
      .getRowObjectsJS()
      .map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            typeof value === "bigint" ? Number(value) : value,
          ]),
        ),
      );
  }

  async close(): Promise<void> {
    this.#connection.closeSync();
    this.#end();
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
  const { path, threads = 1, memoryLimit, allowExtensions = false } = options;
  try {
    const instance = await DuckDBInstance.create(path ?? ":memory:", {
      threads: String(threads),
      autoinstall_known_extensions: String(allowExtensions),
      autoload_known_extensions: String(allowExtensions),
      ...(memoryLimit === undefined ? {} : { memory_limit: memoryLimit }),
    });
    const connection = await instance.connect();
    for (const setting of [
      "TimeZone = 'UTC'",
      "enable_progress_bar = true",
      "enable_progress_bar_print = false",
    ])
      await connection.run(`SET ${setting}`);
    return new DuckDb(connection, () => instance.closeSync(), allowExtensions);
  } catch (error) {
    const detail = sentence(error);
    const [place, given] = /memory/i.test(detail) ? ["memoryLimit", memoryLimit] : ["path", path];
    throw errorOf([problem({ unreadable_data }, [String(place)], given, { detail })], { cause: error });
  }
}
