import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";

const SUM_DIGITS = 8;
const CHUNK = 1 << 16;
const LINE_BREAK = 10;

/** A line that shows whether it is whole: the checksum of a text, and the text. */
const sealed = (text: string) => `${crc32(text).toString(16).padStart(SUM_DIGITS, "0")} ${text}`;

/** @returns the text of a line; undefined for one that was cut off or changed */
export function unsealed(line: string): string | undefined {
  const text = line.slice(SUM_DIGITS + 1);
  return sealed(text) === line ? text : undefined;
}

/** Reads a file's lines from its start, also while it grows. */
export class LineReader {
  readonly #file: number;
  #rest = Buffer.alloc(0);
  #offset = 0;

  constructor(path: string) {
    this.#file = openSync(path, "r");
  }

  /** @returns the next line that ends in a line break; undefined while there is no such line */
  next(): string | undefined {
    for (let from = 0; ; ) {
      const end = this.#rest.indexOf(LINE_BREAK, from);
      if (end >= 0) {
        const line = this.#rest.toString("utf8", 0, end);
        this.#rest = this.#rest.subarray(end + 1);
        return line;
      }
      from = this.#rest.length;
      const chunk = Buffer.allocUnsafe(CHUNK);
      const read = readSync(this.#file, chunk, 0, CHUNK, this.#offset);
      if (read === 0) return undefined;
      this.#offset += read;
      this.#rest = Buffer.concat([this.#rest, chunk.subarray(0, read)]);
    }
  }

  /** Bytes after the last whole line: whether the file ends within one. */
  get rest(): number {
    return this.#rest.length;
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Appends sealed lines to a file: each is handed to the operating system whole, or not at all. */
export class LineWriter {
  readonly file: number;
  #bytes: number;

  constructor(path: string) {
    this.file = openSync(path, "a");
    this.#bytes = fstatSync(this.file).size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws Error of the operating system; the file is as it was, unless that fails too */
  append(text: string): void {
    const line = Buffer.from(`${sealed(text)}\n`);
    try {
      for (let written = 0; written < line.length; ) written += writeSync(this.file, line, written);
    } catch (error) {
      ftruncateSync(this.file, this.#bytes);
      throw error;
    }
    this.#bytes += line.length;
  }

  sync(): void {
    fdatasyncSync(this.file);
  }

  close(): void {
    closeSync(this.file);
  }
}
