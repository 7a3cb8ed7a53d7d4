export { type FileStoreOptions, fileStore } from "./file-store.js";
export { type JournalOptions, rewardJournal } from "./reward-journal.js";
