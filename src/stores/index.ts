export type { BanditStore, StoredBandit, StoredChange } from "./bandit-store.js";
export type { Configuration, ConfigurationChange } from "./configuration.js";
export { memoryStore } from "./memory-store.js";
export type { RewardJournal, Unmerged } from "./reward-journal.js";
export { type ShareOptions, shareBandit } from "./share-bandit.js";
export type { SharedBandit, SharedStats } from "./shared-bandit.js";
