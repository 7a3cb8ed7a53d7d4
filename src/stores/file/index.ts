export { type FileStoreOptions, fileStore } from "./file-store.js";
export type { JournalOptions } from "./journal-files.js";
export { ledgerJournal } from "./ledger-journal.js";
export { rewardJournal } from "./reward-journal.js";
