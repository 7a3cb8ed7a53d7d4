import { fdatasync, readdirSync, statSync, truncateSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { LineReader, LineWriter, lockFolder, makeFolder, syncFolder, unsealed } from "../../disk/index.js";

const named = /^(\d{12})\.ledger$/;
const LARGEST = 8 << 20;

/** A line that is not as it was written. */
export interface Damage {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Whether the file ends in it: it was being written when its process was killed. */
  readonly torn: boolean;
}

/** Numbered files of sealed lines in a folder of one process: the last one grows, the first ones are deleted in time. */
export class LogFiles {
  /** In order. */
  readonly numbers: number[] = [];
  readonly #folder: string;
  readonly #syncEvery: number;
  readonly #tell: (error: unknown) => void;
  readonly #unlock: () => void;
  #writer: LineWriter | undefined;
  /** Bytes of its head. */
  #headed = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(folder: string, syncEvery: number, tell: (error: unknown) => void) {
    this.#folder = folder;
    this.#syncEvery = syncEvery;
    this.#tell = tell;
    makeFolder(folder);
    this.#unlock = lockFolder(folder);
  }

  /**
   * Reads every line that is there. A last one that was cut off is cut off for good: nobody was told that it is kept.
   * @param take  hears of each line's file and text
   * @returns lines that are not as they were written
   */
  read(take: (number: number, text: string) => void): Damage[] {
    const found = readdirSync(this.#folder).flatMap((name) => named.exec(name)?.[1] ?? []);
    this.numbers.push(...found.map(Number).sort((a, b) => a - b));
    return this.numbers.flatMap((number) => {
      const file = this.#path(number);
      const damage: Damage[] = [];
      const reader = new LineReader(file);
      let line = 0;
      try {
        for (let each = reader.next(); each !== undefined; each = reader.next()) {
          line++;
          const text = unsealed(each);
          if (text === undefined) damage.push({ file, line, torn: false });
          else take(number, text);
        }
        if (reader.rest > 0) {
          damage.push({ file, line: line + 1, torn: true });
          truncateSync(file, statSync(file).size - reader.rest);
        }
      } finally {
        reader.close();
      }
      return damage;
    });
  }

  /** Whether the growing file is so large that another should begin. */
  get full(): boolean {
    return this.#writer !== undefined && this.#writer.bytes - this.#headed >= LARGEST;
  }

  get growing(): boolean {
    return this.#writer !== undefined;
  }

  /** Begins a file; the one before it is on the disk from then on. */
  begin(head: string): void {
    this.#finish();
    const number = (this.numbers.at(-1) ?? 0) + 1;
    const writer = new LineWriter(this.#path(number));
    try {
      writer.append(head);
      writer.sync();
      syncFolder(this.#folder);
    } catch (error) {
      writer.close();
      unlinkSync(this.#path(number));
      throw error;
    }
    this.#writer = writer;
    this.#headed = writer.bytes;
    this.numbers.push(number);
  }

  append(text: string): void {
    if (!this.#writer) return;
    this.#writer.append(text);
    if (this.#syncEvery === 0) this.#writer.sync();
    else this.#timer ??= setTimeout(() => this.#syncLater(), this.#syncEvery).unref();
  }

  sync(): void {
    this.#writer?.sync();
  }

  /** Deletes the first file. */
  drop(): void {
    const number = this.numbers.shift();
    if (number !== undefined) unlinkSync(this.#path(number));
  }

  close(): void {
    clearTimeout(this.#timer);
    try {
      this.#finish();
    } finally {
      this.#unlock();
    }
  }

  #finish(): void {
    const writer = this.#writer;
    this.#writer = undefined;
    try {
      writer?.sync();
    } finally {
      writer?.close();
    }
  }

  #syncLater(): void {
    this.#timer = undefined;
    if (this.#writer) fdatasync(this.#writer.file, (error) => error && this.#tell(error));
  }

  #path(number: number): string {
    return join(this.#folder, `${String(number).padStart(12, "0")}.ledger`);
  }
}
