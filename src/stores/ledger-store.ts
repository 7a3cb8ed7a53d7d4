import type { BanditStore } from "./bandit-store.js";

/** One entry of a log. */
export interface StoreLogEntry {
  /** Its place: 1 for a log's first entry, then one more each. */
  readonly number: number;
  /** JSON, for essai to read. */
  readonly text: string;
}

/**
 * A place that several processes share, with logs: what `shareLedger` needs. Whoever can compare, swap and append can be
 * one, and `ledgerStoreSuite` of `essai/testing` tries it.
 */
export interface LedgerStore extends BanditStore {
  /**
   * Puts an entry at the end of a log. Once it answers, the entry survives whatever the store promises to survive. Whoever
   * reads an entry has been able to read all before it.
   * @returns its number
   */
  append(log: string, text: string): Promise<number>;
  /**
   * What follows an entry, in order and without a gap.
   * @param after  0: from the first that is still there
   * @param most   entries, at least 1
   */
  entries(log: string, after: number, most: number): Promise<readonly StoreLogEntry[]>;
  /** Removes the entries up to a number; the last one of a log stays, so that no number comes twice. */
  trim(log: string, upTo: number): Promise<void>;
}
