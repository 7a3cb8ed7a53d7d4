import { createWriteStream } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import {
  detailedProblem,
  ExperimentError,
  errorOf,
  refuseType,
  unsupported_file,
  unwritable_file,
  within,
} from "../../errors/index.js";
import { asRound, type BanditRound, type FlatRound, toLogLine } from "../../rounds/index.js";
import { dialects } from "../../sql/index.js";
import { duckdb } from "../duckdb/duckdb.js";
import { decisionColumns, jsonColumns, numberColumns, roundColumns } from "./round-columns.js";

const { identifier, literal } = dialects.duckdb;
const names = [...Object.keys(decisionColumns), ...Object.keys(roundColumns)];

/** A round's line as one flat object of the columns that a table has: lists and objects as JSON text. */
function tableLine(line: string): string {
  const { decision, ...rest } = JSON.parse(line);
  const given: Readonly<Record<string, unknown>> = { ...decision, ...rest };
  return JSON.stringify(
    Object.fromEntries(
      names.flatMap((name) => {
        const value = given[name];
        if (value === undefined) return [];
        return [[name, jsonColumns.has(name) ? JSON.stringify(value) : value]];
      }),
    ),
  );
}

async function* linesOf(
  rounds: Iterable<BanditRound | FlatRound> | AsyncIterable<BanditRound | FlatRound>,
  map: (line: string) => string,
): AsyncGenerator<string> {
  let i = 0;
  for await (const round of rounds)
    yield `${map(within(["rounds", i++], () => toLogLine(asRound(round))))}\n`;
}

async function toParquet(lines: AsyncIterable<string>, file: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "essai-rounds-"));
  const engine = await duckdb();
  try {
    const text = join(folder, "rounds.jsonl");
    await pipeline(Readable.from(lines), createWriteStream(text));
    const types = names.map(
      (name) => `${identifier(name)}: '${numberColumns.has(name) ? "DOUBLE" : "VARCHAR"}'`,
    );
    const from = `read_json(${literal(text)}, format = 'newline_delimited', columns = {${types.join(", ")}})`;
    await engine.query(`COPY (SELECT * FROM ${from}) TO ${literal(file)} (FORMAT parquet)`);
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Writes rounds as a log: JSON lines as `toLogLine` makes them (.jsonl or .ndjson, also .gz), or through DuckDB a Parquet
 * table of the same columns, its lists and objects as JSON text. `readRounds` reads both back as they were, without the
 * payloads, which the definition gives back. The file is there whole or not at all.
 * @param file    its path; what was there is replaced
 * @param rounds  nested or flat, in any order
 * @throws ExperimentError `unsupported_file` for another ending, `unwritable_file` at ["file"]; what keeps a round from being
 *         one, at ["rounds", i, …]; `missing_peer` where `@duckdb/node-api` is not installed
 */
export async function writeRounds(
  file: string,
  rounds: Iterable<BanditRound | FlatRound> | AsyncIterable<BanditRound | FlatRound>,
): Promise<void> {
  if (typeof file !== "string" || file === "") refuseType(file, ["file"], "text");
  const iterator = Object(rounds);
  if (typeof rounds === "string" || !(iterator[Symbol.iterator] ?? iterator[Symbol.asyncIterator]))
    refuseType(rounds, ["rounds"], "list");
  const parquet = /\.(parquet|pq)$/i.test(file);
  if (!parquet && !/\.(jsonl|ndjson)(\.gz)?$/i.test(file))
    throw new ExperimentError({ unsupported_file }, ["file"], file, {
      known: [".jsonl", ".ndjson", "each also .gz", ".parquet"],
    });
  const aside = `${file}.${process.pid}.part`;
  try {
    if (parquet) await toParquet(linesOf(rounds, tableLine), aside);
    else {
      const lines = Readable.from(linesOf(rounds, (line) => line));
      const target = createWriteStream(aside, { flags: "wx" });
      await (/\.gz$/i.test(file) ? pipeline(lines, createGzip(), target) : pipeline(lines, target));
    }
    await rename(aside, file);
  } catch (cause) {
    await rm(aside, { force: true });
    if (cause instanceof ExperimentError && cause.code !== "query_failed") throw cause;
    throw errorOf([detailedProblem({ unwritable_file }, ["file"], file, { detail: String(cause) })], {
      cause,
    });
  }
}
