import { fdatasync, readdirSync, statSync, truncateSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { LineReader, LineWriter, lockFolder, makeFolder, syncFolder, unsealed } from "../../disk/index.js";
import { ExperimentError, refuseType, unwritable_folder } from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";

const LARGEST = 1 << 20;
const named = /^(\d{12})\.journal$/;
const sync = promisify(fdatasync);

/** How a journal is kept. */
export interface JournalOptions {
  /** Hears of lines that are not as they were written, and are left out. What it throws ends there. */
  readonly onError?: (error: unknown) => void;
}

const fields = { onError: { kind: "function", optional: true } } as const satisfies FieldsFor<JournalOptions>;

/** Sealed lines in a folder of one process: the last file grows; a new one begins with all that is still needed. */
export class JournalFiles {
  readonly #folder: string;
  readonly #options: JournalOptions;
  readonly #unlock: () => void;
  #numbers: number[] = [];
  #writer: LineWriter | undefined;
  #syncing: Promise<void> = Promise.resolve();

  /** @param hear  hears of each line that an earlier process has left */
  constructor(folder: string, options: JournalOptions, hear: (text: string) => void) {
    this.#folder = folder;
    this.#options = options;
    makeFolder(folder);
    this.#unlock = lockFolder(folder);
    try {
      const found = readdirSync(this.#folder).flatMap((name) => named.exec(name)?.[1] ?? []);
      this.#numbers = found.map(Number).sort((a, b) => a - b);
      for (const number of this.#numbers) for (const text of this.#lines(this.#path(number))) hear(text);
    } catch (error) {
      this.#unlock();
      throw error;
    }
  }

  get full(): boolean {
    return (this.#writer?.bytes ?? 0) >= LARGEST;
  }

  /** Writes a line, where a file has begun. */
  append(text: string): void {
    this.#writer?.append(text);
  }

  /** Writes a line in place of all before: when called, for a killed process; once it answers, on the disk. */
  keep(text: string): Promise<void> {
    const before = this.#writer;
    let over: readonly number[] = [];
    if (before && !this.full) before.append(text);
    else over = this.#begin(text);
    const writer = this.#writer;
    // One after the other, so that no file is closed while it is forced onto the disk.
    this.#syncing = this.#syncing
      .catch(() => undefined)
      .then(async () => {
        if (writer) await sync(writer.file);
        if (over.length === 0) return;
        syncFolder(this.#folder);
        before?.close();
        for (const number of over) unlinkSync(this.#path(number));
      });
    return this.#syncing;
  }

  close(): void {
    const writer = this.#writer;
    this.#writer = undefined;
    try {
      writer?.sync();
      writer?.close();
    } finally {
      this.#unlock();
    }
  }

  /** @returns the files that are not needed once this one is on the disk */
  #begin(text: string): readonly number[] {
    const over = this.#numbers;
    const number = (over.at(-1) ?? 0) + 1;
    const writer = new LineWriter(this.#path(number));
    writer.append(text);
    this.#writer = writer;
    this.#numbers = [number];
    return over;
  }

  /** The lines of a file. A last one that was cut off is cut off for good: nobody was told that it is kept. */
  #lines(path: string): string[] {
    const lines: string[] = [];
    const reader = new LineReader(path);
    try {
      for (let line = reader.next(); line !== undefined; line = reader.next()) {
        const text = unsealed(line);
        if (text === undefined) this.#tell(new Error(`${path}, line ${lines.length + 1}: changed`));
        else lines.push(text);
      }
      if (reader.rest > 0) truncateSync(path, statSync(path).size - reader.rest);
    } finally {
      reader.close();
    }
    return lines;
  }

  #tell(error: unknown): void {
    (async () => this.#options.onError?.(error))().catch(() => undefined);
  }

  #path(number: number): string {
    return join(this.#folder, `${String(number).padStart(12, "0")}.journal`);
  }
}

/**
 * Opens a journal in a folder.
 * @throws ExperimentError `missing_value` or `wrong_type` at ["folder"]; `unknown_key` at ["options", …]; `folder_in_use`;
 *         `unwritable_folder`; what `open` refuses
 */
export function openJournal<J>(folder: string, options: JournalOptions, open: () => J): J {
  if (typeof folder !== "string" || folder === "") refuseType(folder, ["folder"], "text");
  checkFields(options, fields, ["options"]);
  try {
    return open();
  } catch (cause) {
    if (cause instanceof ExperimentError) throw cause;
    throw new ExperimentError({ unwritable_folder }, ["folder"], folder, { cause });
  }
}
