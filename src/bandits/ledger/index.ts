export { bookOf, Ledger, type Settled, settleDue } from "./ledger.js";
export type { LedgerBook } from "./ledger-book.js";
export type { LedgerChange } from "./ledger-change.js";
export { type LedgerOptions, ledgerFields } from "./ledger-options.js";
export type { SettledOutcomes } from "./settle-outcomes.js";
export type { NotAPromise } from "./sync-learner.js";
