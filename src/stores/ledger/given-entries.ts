import { textHash } from "../../bandits/state/index.js";
import type { LedgerStore } from "../ledger-store.js";

/** So many exchanges later, a store that fell back by its last seconds has been noticed. */
const HELD = 16;
/** Older entries of which it is known that they were given. */
const KNOWN = 1_000;

interface Entry {
  number: number;
  readonly hash: string;
  readonly records: number;
}

/** What a process has given one log: its last entries whole, of older ones where they were. */
export class GivenEntries {
  readonly #store: LedgerStore;
  readonly #log: string;
  #held: (Entry & { readonly text: string; exchanges: number })[] = [];
  #known: Entry[] = [];
  /** Records that the store came back without and that were given again. */
  again = 0;
  /** Records that it came back without and that are not held here. */
  lost = 0;

  constructor(store: LedgerStore, log: string) {
    this.#store = store;
    this.#log = log;
  }

  async give(text: string, records: number): Promise<void> {
    const number = await this.#store.append(this.#log, text);
    this.#held.push({ number, hash: textHash(text), records, text, exchanges: 0 });
  }

  /** Gives a store that has fallen back its last entries again: what it has twice counts once. */
  async giveAgain(): Promise<void> {
    let from = this.#held.length;
    while (from > 0 && !(await this.#isThere(this.#held[from - 1]))) from--;
    // A store falls back to a moment: where an entry is missing, those after it are.
    if (from === 0)
      while (this.#known.length > 0 && !(await this.#isThere(this.#known.at(-1))))
        this.lost += this.#known.pop()?.records ?? 0;
    for (const each of this.#held.slice(from)) {
      each.number = await this.#store.append(this.#log, each.text);
      each.exchanges = 0;
      this.again += each.records;
    }
    const old = this.#held.filter((each) => each.exchanges++ >= HELD);
    this.#held = this.#held.slice(old.length);
    this.#known.push(...old.map(({ number, hash, records }) => ({ number, hash, records })));
    if (this.#known.length > 2 * KNOWN) this.#known = this.#known.slice(-KNOWN);
  }

  async #isThere(entry: Entry | undefined): Promise<boolean> {
    if (!entry) return true;
    const [found] = await this.#store.entries(this.#log, entry.number - 1, 1);
    // A later one: it is settled, and was removed.
    return found !== undefined && (found.number > entry.number || textHash(found.text) === entry.hash);
  }
}
