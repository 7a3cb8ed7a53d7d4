import { fdatasync, readdirSync, statSync, truncateSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Outcome } from "../../bandits/index.js";
import { LineReader, LineWriter, lockFolder, makeFolder, syncFolder, unsealed } from "../../disk/index.js";
import { ExperimentError, refuseType, unsupported_format, unwritable_folder } from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import type { RewardJournal, Unmerged } from "../reward-journal.js";

const FORMAT = "essai.reward-journal/1";
const LARGEST = 1 << 20;
const named = /^(\d{12})\.journal$/;
const sync = promisify(fdatasync);

/** How a journal is kept. */
export interface JournalOptions {
  /** Hears of lines that are not as they were written, and are left out. What it throws ends there. */
  readonly onError?: (error: unknown) => void;
}

const fields = { onError: { kind: "function", optional: true } } as const satisfies FieldsFor<JournalOptions>;

type Line =
  | readonly ["unmerged", { readonly format: string } & Unmerged]
  | readonly ["learned", readonly Outcome[]];

/** What learning an outcome needs of it. */
const briefly = (outcome: Outcome): Outcome => {
  const { reward, context, variant, action } = outcome;
  const brief = { reward, ...(context !== undefined && { context }) };
  return variant === undefined
    ? { ...brief, action: action ?? {} }
    : { ...brief, variant, ...(action && { action }) };
};

/** Sealed lines in a folder of one process: the last file grows; a new one begins with all that is still needed. */
class Journal implements RewardJournal {
  readonly left: RewardJournal["left"];
  readonly #folder: string;
  readonly #options: JournalOptions;
  readonly #unlock: () => void;
  #numbers: number[] = [];
  #writer: LineWriter | undefined;
  #syncing: Promise<void> = Promise.resolve();

  constructor(folder: string, options: JournalOptions) {
    this.#folder = folder;
    this.#options = options;
    makeFolder(folder);
    this.#unlock = lockFolder(folder);
    try {
      this.left = this.#recover();
    } catch (error) {
      this.#unlock();
      throw error;
    }
  }

  get full(): boolean {
    return (this.#writer?.bytes ?? 0) >= LARGEST;
  }

  learned(outcomes: readonly Outcome[]): void {
    // Its first file begins with the name that they are learned under.
    this.#writer?.append(JSON.stringify(["learned", outcomes.map(briefly)] satisfies Line));
  }

  async keep(unmerged: Unmerged): Promise<void> {
    const text = JSON.stringify(["unmerged", { format: FORMAT, ...unmerged }] satisfies Line);
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
    await this.#syncing;
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

  #recover(): RewardJournal["left"] {
    const found = readdirSync(this.#folder).flatMap((name) => named.exec(name)?.[1] ?? []);
    this.#numbers = found.map(Number).sort((a, b) => a - b);
    let unmerged: Unmerged | undefined;
    let outcomes: Outcome[] = [];
    for (const number of this.#numbers)
      for (const line of this.#lines(this.#path(number)))
        if (line[0] === "learned") outcomes.push(...line[1]);
        else {
          const { format, ...rest } = line[1];
          if (format !== FORMAT)
            throw new ExperimentError({ unsupported_format }, ["journal", "format"], format, {
              known: [FORMAT],
            });
          [unmerged, outcomes] = [rest, []];
        }
    return unmerged && { ...unmerged, outcomes };
  }

  /** The lines of a file. A last one that was cut off is cut off for good: nobody was told that it is kept. */
  #lines(path: string): Line[] {
    const lines: Line[] = [];
    const reader = new LineReader(path);
    try {
      for (let line = reader.next(); line !== undefined; line = reader.next()) {
        const text = unsealed(line);
        if (text === undefined) this.#tell(new Error(`${path}, line ${lines.length + 1}: changed`));
        else lines.push(JSON.parse(text));
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
 * A journal on disk of what a process learned: what the store does not have survives a killed process, and is given to the
 * store by the next one that opens the folder, once.
 * @param folder   a folder of this process alone, made if need be
 * @param options  who hears of damage
 * @returns the journal, for `shareBandit`; closing the shared bandit gives the folder back
 * @throws ExperimentError `missing_value` or `wrong_type` at ["folder"]; `unknown_key` at ["options", …]; `folder_in_use`
 *         while another process has the folder; `unwritable_folder` where it cannot be made or written;
 *         `unsupported_format` at ["journal", "format"] for what another version has left
 */
export function rewardJournal(folder: string, options: JournalOptions = {}): RewardJournal {
  if (typeof folder !== "string" || folder === "") refuseType(folder, ["folder"], "text");
  checkFields(options, fields, ["options"]);
  try {
    return new Journal(folder, options);
  } catch (cause) {
    if (cause instanceof ExperimentError) throw cause;
    throw new ExperimentError({ unwritable_folder }, ["folder"], folder, { cause });
  }
}
