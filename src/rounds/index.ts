export type { BanditRound, ExpectedRewards } from "./bandit-round.js";
export type { Decision } from "./decision.js";
