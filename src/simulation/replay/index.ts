export { replayBandit } from "./replay-bandit.js";
export { labelledReplay } from "./replay-labelled.js";
export { loggedReplay } from "./replay-log.js";
export { replayTable } from "./replay-table.js";
export { type RewardColumns, rewardColumnNames } from "./reward-columns.js";
export { roundsTable } from "./rounds-table.js";
export { tableSegments, withSegments } from "./table-segments.js";
