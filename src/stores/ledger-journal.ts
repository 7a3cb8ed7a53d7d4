import type { LedgerRecord } from "./ledger/ledger-chunk.js";

/** Where a process notes what it told a ledger, until the store has it: `ledgerJournal` of `essai/stores/file` makes one. */
export interface LedgerJournal {
  /** What an earlier process has left; the store may have some of it. */
  readonly left: readonly LedgerRecord[];
  /** Whether it would rather have `keep` called than go on growing. */
  readonly full: boolean;
  /** Notes one more: once it returns, it survives a killed process. */
  note(record: LedgerRecord): void;
  /** Notes what the store does not have, in place of all before: when called, for a killed process; once it answers, on the disk. */
  keep(records: readonly LedgerRecord[]): Promise<void>;
  /** Gives back what it holds open. */
  close(): void;
}
