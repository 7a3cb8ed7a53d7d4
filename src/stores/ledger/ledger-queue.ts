import { idHash } from "../../bandits/ledger/index.js";
import { ExperimentError, ledger_full } from "../../errors/index.js";
import { fellBack } from "../fell-back.js";
import type { LedgerJournal } from "../ledger-journal.js";
import type { LedgerStore } from "../ledger-store.js";
import { GivenEntries } from "./given-entries.js";
import { type Chunk, chunkText, type LedgerRecord, MOST_RECORDS } from "./ledger-chunk.js";
import { logName } from "./shard.js";

/** What this process told the ledger and the store does not have yet, by shard. */
export class LedgerQueue {
  readonly #source: string;
  readonly #journal: LedgerJournal | undefined;
  readonly #most: number;
  readonly #now: () => number;
  readonly #tell: (error: unknown) => void;
  readonly #shards: { readonly waiting: LedgerRecord[]; readonly given: GivenEntries }[];
  #size = 0;

  constructor(options: {
    readonly name: string;
    readonly source: string;
    readonly store: LedgerStore;
    readonly journal: LedgerJournal | undefined;
    readonly shards: number;
    readonly most: number;
    readonly now: () => number;
    readonly tell: (error: unknown) => void;
  }) {
    this.#source = options.source;
    this.#journal = options.journal;
    this.#most = options.most;
    this.#now = options.now;
    this.#tell = options.tell;
    this.#shards = Array.from({ length: options.shards }, (_, shard) => ({
      waiting: [],
      given: new GivenEntries(options.store, logName(options.name, shard)),
    }));
    for (const record of options.journal?.left ?? []) this.#put(record);
  }

  /** Records that the store does not have, as far as is known. */
  get size(): number {
    return this.#size;
  }

  /** Records that the store came back without and that were given again. */
  get again(): number {
    return this.#shards.reduce((sum, { given }) => sum + given.again, 0);
  }

  /** Records that it came back without and that are not held here. */
  get lost(): number {
    return this.#shards.reduce((sum, { given }) => sum + given.lost, 0);
  }

  /** @throws ExperimentError `ledger_full` where as many wait already as may */
  add(record: LedgerRecord): void {
    if (this.#size >= this.#most)
      throw new ExperimentError({ ledger_full }, [], record.id, { expected: { atMost: this.#most } });
    try {
      this.#journal?.note(record);
    } catch (error) {
      // What a disk refuses waits in memory only.
      this.#tell(error);
    }
    this.#put(record);
  }

  /** Gives the store what it does not have. */
  async flush(): Promise<void> {
    // All have ended before any is begun again: two at once would take each other's records for given.
    const { again, lost } = this;
    const ended = await Promise.allSettled(this.#shards.map((_, shard) => this.#flush(shard)));
    const missed = this.again + this.lost - again - lost;
    if (missed > 0) this.#tell(fellBack(this.#source, missed, this.again - again));
    for (const each of ended) if (each.status === "rejected") throw each.reason;
    if (this.#journal?.full) await this.#journal.keep(this.#shards.flatMap(({ waiting }) => waiting));
  }

  close(): void {
    this.#journal?.close();
  }

  #put(record: LedgerRecord): void {
    this.#shards[idHash(record.id, 1) % this.#shards.length]?.waiting.push(record);
    this.#size++;
  }

  async #flush(shard: number): Promise<void> {
    const own = this.#shards[shard];
    if (!own) return;
    await own.given.giveAgain();
    while (own.waiting.length > 0) {
      const records = own.waiting.slice(0, MOST_RECORDS);
      const chunk: Chunk = { now: this.#now(), records };
      const text = chunkText(chunk);
      await own.given.give(text, records.length);
      own.waiting.splice(0, records.length);
      this.#size -= records.length;
    }
  }
}
