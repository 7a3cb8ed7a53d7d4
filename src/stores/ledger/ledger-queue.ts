import { idHash } from "../../bandits/ledger/index.js";
import { ExperimentError, ledger_full } from "../../errors/index.js";
import type { LedgerJournal } from "../ledger-journal.js";
import type { LedgerStore } from "../ledger-store.js";
import { type Chunk, chunkText, type LedgerRecord, MOST_RECORDS } from "./ledger-chunk.js";
import { logName } from "./shard.js";

/** So many exchanges later, a store that fell back by its last seconds has been noticed. */
const KEPT = 16;

interface Sent {
  readonly number: number;
  readonly text: string;
  exchanges: number;
}

/** What this process told the ledger and the store does not have yet, by shard. */
export class LedgerQueue {
  readonly #name: string;
  readonly #store: LedgerStore;
  readonly #journal: LedgerJournal | undefined;
  readonly #most: number;
  readonly #now: () => number;
  readonly #tell: (error: unknown) => void;
  readonly #shards: { waiting: LedgerRecord[]; sent: Sent[] }[];
  #size = 0;

  constructor(options: {
    readonly name: string;
    readonly store: LedgerStore;
    readonly journal: LedgerJournal | undefined;
    readonly shards: number;
    readonly most: number;
    readonly now: () => number;
    readonly tell: (error: unknown) => void;
  }) {
    this.#name = options.name;
    this.#store = options.store;
    this.#journal = options.journal;
    this.#most = options.most;
    this.#now = options.now;
    this.#tell = options.tell;
    this.#shards = Array.from({ length: options.shards }, () => ({ waiting: [], sent: [] }));
    for (const record of options.journal?.left ?? []) this.#put(record);
  }

  /** Records that the store does not have, as far as is known. */
  get size(): number {
    return this.#size;
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
    const ended = await Promise.allSettled(this.#shards.map((_, shard) => this.#flush(shard)));
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
    const log = logName(this.#name, shard);
    await this.#stillThere(log, own);
    while (own.waiting.length > 0) {
      const records = own.waiting.slice(0, MOST_RECORDS);
      const chunk: Chunk = { now: this.#now(), records };
      const text = chunkText(chunk);
      const number = await this.#store.append(log, text);
      own.waiting.splice(0, records.length);
      this.#size -= records.length;
      own.sent.push({ number, text, exchanges: 0 });
    }
  }

  /** Gives a store that has fallen back its last entries again: what it has twice counts once. */
  async #stillThere(log: string, own: { sent: Sent[] }): Promise<void> {
    const last = own.sent.at(-1);
    if (!last) return;
    const [found] = await this.#store.entries(log, last.number - 1, 1);
    const fallen =
      !found || found.number < last.number || (found.number === last.number && found.text !== last.text);
    if (fallen)
      for (const each of own.sent)
        Object.assign(each, { number: await this.#store.append(log, each.text), exchanges: 0 });
    own.sent = own.sent.filter((each) => each.exchanges++ < KEPT);
  }
}
