import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Duplex, pipeline, Readable, Transform } from "node:stream";
import zlib from "node:zlib";
import { limits } from "../../core/limits.js";
import {
  detailedProblem,
  ExperimentError,
  errorOf,
  irregular_file,
  missing_file,
  needs_zstd,
  overLimit,
  unreadable_data,
  unsupported_file,
} from "../../errors/index.js";
import { zstdFrames } from "./zstd-frames.js";

/** How files are written, with the endings of their names. A new member is one line here, and an engine that reads it. */
export const fileFormats = {
  csv: { endings: ["csv", "tsv", "txt"], packed: true },
  jsonl: { endings: ["jsonl", "ndjson"], packed: true },
  json: { endings: ["json"], packed: true },
  parquet: { endings: ["parquet", "pq"], packed: false },
} as const satisfies Readonly<
  Record<string, { readonly endings: readonly string[]; readonly packed: boolean }>
>;

/** How a file's rows are written. */
export type FileFormat = keyof typeof fileFormats;

const isFormat = (name: string): name is FileFormat => Object.hasOwn(fileFormats, name);
const formatNames = Object.keys(fileFormats).filter(isFormat);
const ending = ({ endings, packed }: (typeof fileFormats)[FileFormat]) =>
  new RegExp(`\\.(${endings.join("|")})${packed ? "(\\.(gz|zst))?" : ""}$`);

/**
 * @param file  path, glob or URL
 * @param path  where the mapping names it, for messages
 * @returns the format its name tells
 * @throws ExperimentError `unsupported_file` for any other name
 */
export function fileFormat(file: string, path: readonly string[]): FileFormat {
  const name = file.toLowerCase().replace(/[?#].*$/, "");
  const format = formatNames.find((each) => ending(fileFormats[each]).test(name));
  if (format) return format;
  throw new ExperimentError({ unsupported_file }, [...path, "file"], file);
}

/** Whether it lies on another machine: a URL. */
export function isRemote(file: string): boolean {
  return /^(?!file:)[a-z][a-z0-9+.-]+:\/\//i.test(file);
}

/** Whether it is one file of this machine: no URL, no glob. */
export function isLocalFile(file: string): boolean {
  return !/^[a-z][a-z0-9+.-]+:\/\//i.test(file) && !/[*?[]/.test(file);
}

/** Bytes that a packed file may unpack to, however well it was packed. */
const muchUnpacked = 268_435_456;

/** A file's decompressed bytes, and how many of its own bytes were read so far. */
export function openFile(
  file: string,
  path: readonly string[] = [],
): { readonly plain: Readable; readonly bytesRead: () => number } {
  const raw = createReadStream(file);
  const bytesRead = () => raw.bytesRead;
  if (!isPacked(file)) return { plain: raw, bytesRead };
  const unpacking = unpackerOf(file, path);
  let unpacked = 0;
  const plain = new Transform({
    transform(chunk: Buffer, _, done) {
      unpacked += chunk.length;
      const over = unpacked > muchUnpacked && unpacked > limits.unpacked.most * raw.bytesRead;
      done(over ? overLimit("unpacked", [...path, "file"], file) : null, chunk);
    },
  });
  // Whatever fails or ends early ends all three.
  pipeline(raw, unpacking, plain, () => {});
  return { plain, bytesRead };
}

/** Node's own; there since 22.15. */
const unpacksZstd = "createZstdDecompress" in zlib && zlib.createZstdDecompress;

function unpackerOf(file: string, path: readonly string[]): Duplex {
  if (!/\.zst$/i.test(file)) return zlib.createGunzip();
  if (typeof unpacksZstd !== "function") throw new ExperimentError({ needs_zstd }, [...path, "file"], file);
  return Duplex.from(async function* (packed: AsyncIterable<Uint8Array>) {
    for await (const frame of zstdFrames(packed, file, path))
      yield* pipeline(Readable.from(frame), unpacksZstd(), () => {});
  });
}

const isPacked = (file: string): boolean => /\.(gz|zst)$/i.test(file);

/** Whether only DuckDB unpacks the file: one of zstd's, on a Node that does not know it. */
export const isUnpackedElsewhere = (file: string): boolean =>
  /\.zst$/i.test(file) && typeof unpacksZstd !== "function";
/** No packed file of so few bytes unpacks to much: deflate makes 1,032 bytes of one at most. */
const littlePacked = 250_000;

/**
 * Refuses a packed file that unpacks to much more than a table does, or was cut off; for readers that unpack it themselves.
 * @throws ExperimentError `over_limit`, `unreadable_data`
 */
export async function checkUnpacked(file: string, path: readonly string[]): Promise<void> {
  if (isUnpackedElsewhere(file)) {
    // DuckDB reads what is there of a file that was cut off.
    for await (const frame of zstdFrames(createReadStream(file), file, path)) for await (const _ of frame);
    return;
  }
  if (!isPacked(file) || (await checkFile(file, path)) < littlePacked) return;
  const { plain } = openFile(file, path);
  try {
    for await (const _ of plain);
  } catch (error) {
    if (error instanceof ExperimentError) throw error;
    throw errorOf(
      [detailedProblem({ unreadable_data }, [...path, "file"], file, { detail: String(error) })],
      {
        cause: error,
      },
    );
  }
}

/**
 * @returns the file's size in bytes
 * @throws ExperimentError `missing_file` when there is no such file; `irregular_file` for a folder, device or pipe
 */
export async function checkFile(file: string, path: readonly string[]): Promise<number> {
  const missing = (options?: ErrorOptions) =>
    new ExperimentError({ missing_file }, [...path, "file"], file, options);
  const found = await stat(file).catch((cause: unknown) => {
    throw missing({ cause });
  });
  if (!found.isFile()) throw new ExperimentError({ irregular_file }, [...path, "file"], file);
  return found.size;
}
