import { isUtf8 } from "node:buffer";
import type { Readable } from "node:stream";
import type { Encoding } from "../../core/data-mapping.js";
import {
  detailedProblem,
  ExperimentError,
  errorOf,
  problem,
  unreadable_data,
  wrong_encoding,
} from "../../errors/index.js";
import { checkFile, openFile } from "./file-format.js";

/** What the encodings of files are called on the web. */
const labels: Readonly<Record<Encoding, string>> = {
  "utf-8": "utf-8",
  "latin-1": "windows-1252",
  "utf-16": "utf-16le",
};

const startsWith = (bytes: Uint8Array, ...mark: readonly number[]) =>
  mark.every((byte, i) => bytes[i] === byte);
const hasMark = (bytes: Uint8Array) => startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff);

/** Bytes up to the end of the last character that is whole in UTF-8. */
function wholeBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes.at(-back) ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Whether bytes that are not all UTF-8 look like text of Windows: more letters that are its own than those of UTF-8. */
class OtherThanUtf8 {
  readonly #decoder = new TextDecoder();
  #utf8 = 0;
  #other = 0;

  /** Whether a byte was there that Windows gives no character. */
  #unused = false;

  add(bytes: Uint8Array): void {
    this.#unused ||= bytes.some((byte) => byte === 0 || unusedBytes.has(byte));
    for (const [char] of this.#decoder.decode(bytes, { stream: true }).matchAll(/[^\0-\x7f]/gu))
      if (char === "\ufffd") this.#other++;
      else this.#utf8++;
  }

  get isWindows(): boolean {
    return !this.#unused && this.#other > this.#utf8;
  }
}

const unusedBytes: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

async function scanned(file: string, path: readonly string[]): Promise<Encoding> {
  let rest: Uint8Array = new Uint8Array(0);
  let isFirst = true;
  let valid = true;
  for await (const chunk of openFile(file, path).plain) {
    const bytes: Uint8Array = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (isFirst && hasMark(bytes)) return "utf-16";
    if (isFirst && bytes.subarray(0, 4096).includes(0)) valid = false;
    isFirst = false;
    const whole = wholeBytes(bytes);
    valid &&= isUtf8(bytes.subarray(0, whole));
    if (!valid) break;
    rest = bytes.subarray(whole);
  }
  if (valid && rest.length === 0) return "utf-8";
  const other = new OtherThanUtf8();
  for await (const chunk of openFile(file, path).plain) other.add(chunk);
  if (other.isWindows) return "latin-1";
  throw errorOf([problem({ wrong_encoding }, [...path, "file"], file, { other: "utf-8" })]);
}

/**
 * How a local file's bytes stand for characters, from all of them: UTF-16 where it begins with its mark; else UTF-8 where
 * it is valid; else Windows-1252, unless what is not UTF-8 is the exception in it. None of them changes a digit.
 * @throws ExperimentError `wrong_encoding` where it is none of these; `missing_file`, `unreadable_data`, `over_limit`
 */
export async function fileEncoding(file: string, path: readonly string[]): Promise<Encoding> {
  await checkFile(file, path);
  try {
    return await scanned(file, path);
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
 * @param plain     a file's bytes
 * @param encoding  how they stand for characters
 * @returns its text in pieces; throws `wrong_encoding` on what the encoding does not allow
 */
export async function* decodedText(
  plain: Readable,
  encoding: Encoding,
  file: string,
  path: readonly string[],
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  const decoded = (chunk: Uint8Array | undefined) => {
    try {
      return decoder?.decode(chunk, { stream: chunk !== undefined }) ?? "";
    } catch (cause) {
      throw errorOf([problem({ wrong_encoding }, [...path, "file"], file, { other: encoding })], { cause });
    }
  };
  for await (const chunk of plain) {
    const isBigEndian = encoding === "utf-16" && startsWith(chunk, 0xfe, 0xff);
    decoder ??= new TextDecoder(isBigEndian ? "utf-16be" : labels[encoding], { fatal: true });
    yield decoded(chunk);
  }
  yield decoded(undefined);
}
