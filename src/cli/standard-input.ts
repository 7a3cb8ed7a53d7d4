import { createWriteStream } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { constants, gunzipSync } from "node:zlib";
import { ExperimentError, errorOf, missing_argument, type Problem } from "../errors/index.js";
import type { CommandArguments } from "./command.js";
import type { Io } from "./io.js";

/** How standard input is called on a command line. */
const dash = "-";
const looked = 65_536;

/** The ending of a file that begins so. */
function endingOf(bytes: Buffer): string {
  if (bytes.length >= 2 && bytes.readUInt16BE(0) === 0x1f8b) {
    const inner = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
    return `${endingOf(inner)}.gz`;
  }
  if (bytes.length >= 4 && bytes.readUInt32LE(0) === 0xfd2fb528) return "csv.zst";
  const text = bytes
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (text.startsWith("PAR1")) return "parquet";
  if (text.startsWith("[")) return "json";
  if (!text.startsWith("{")) return "csv";
  return /"format"\s*:\s*"essai\./.test(text.slice(0, 4096)) ? "json" : "jsonl";
}

/** Copies what comes in to a file, for a table is read more than once. */
async function spooled(input: AsyncIterable<Uint8Array>, folder: string): Promise<string> {
  const copy = join(folder, "stdin");
  let start = Buffer.alloc(0);
  async function* noted() {
    for await (const chunk of input) {
      if (start.length < looked) start = Buffer.concat([start, chunk]).subarray(0, looked);
      yield chunk;
    }
  }
  await pipeline(noted(), createWriteStream(copy));
  const named = `${copy}.${endingOf(start)}`;
  await rename(copy, named);
  return named;
}

const renamed = (problem: Problem, copy: string): Problem => {
  const named = <T>(value: T) => (typeof value === "string" ? value.replaceAll(copy, dash) : value);
  const { received, example, file, message } = problem;
  return {
    ...problem,
    received: named(received),
    message: message.replaceAll(copy, dash),
    ...(example === undefined ? {} : { example: example.replaceAll(copy, dash) }),
    ...(file === undefined ? {} : { file: file.replaceAll(copy, dash) }),
  };
};

/**
 * Runs a command whose FILE may be `-`, with a copy of standard input in its place, gone when it is done.
 * @throws ExperimentError `missing_argument` at ["FILE"] where nothing comes in; what the command throws, told of `-`
 */
export async function withStandardInput<T>(
  args: CommandArguments,
  io: Io,
  run: (args: CommandArguments, io: Io) => Promise<T>,
): Promise<T> {
  if (!args.positionals.includes(dash)) return run(args, io);
  if (!io.input) throw new ExperimentError({ missing_argument }, ["FILE"], undefined);
  const folder = await mkdtemp(join(tmpdir(), "essai-"));
  let copy = join(folder, "stdin");
  try {
    copy = await spooled(io.input, folder);
    const positionals = args.positionals.map((each) => (each === dash ? copy : each));
    return await run({ ...args, positionals }, { ...io, err: (text) => io.err(text.replaceAll(copy, dash)) });
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    throw errorOf(
      error.problems.map((each) => renamed(each, copy)),
      { cause: error },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
