export { armOf } from "./arm-of.js";
export { asRound } from "./as-round.js";
export type { BanditRound, ExpectedRewards, FlatRound } from "./bandit-round.js";
export type { Decision } from "./decision.js";
export { isRound } from "./is-round.js";
export { parseBanditRounds } from "./parse-bandit-rounds.js";
export { type BanditLog, type LogArm, type LogRow, readLog } from "./read-log.js";
export { roundShape } from "./round-shape.js";
export { toLogLine } from "./to-log-line.js";
