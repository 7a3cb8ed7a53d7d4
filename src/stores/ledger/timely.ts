import { inTime } from "../in-time.js";
import type { LedgerStore } from "../ledger-store.js";

/** A store of which each answer is waited for so long and no longer. */
export const timely = (store: LedgerStore, timeout: number): LedgerStore => ({
  read: (...args) => inTime(store.read(...args), timeout),
  replace: (...args) => inTime(store.replace(...args), timeout),
  append: (...args) => inTime(store.append(...args), timeout),
  entries: (...args) => inTime(store.entries(...args), timeout),
  trim: (...args) => inTime(store.trim(...args), timeout),
});
