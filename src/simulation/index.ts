export type { BanditRound, ExpectedRewards, FlatRound } from "../rounds/index.js";
export { type AaRequest, type AaRow, type AaRun, type AaSentence, type AaSpread, runAa } from "./aa/index.js";
export type { Arrivals, BanditWorld, Season } from "./bandit/bandit-world.js";
export type { Delay } from "./bandit/delays.js";
export type { Drift } from "./bandit/drifts.js";
export type { SimulationOptions } from "./bandit/play.js";
export type {
  BernoulliReward,
  HurdleReward,
  NormalReward,
  PoissonReward,
  RewardLaw,
} from "./bandit/reward-laws.js";
export {
  type SimulatedBandit,
  type SimulatedPart,
  type SimulatedRound,
  simulateBandit,
  simulateRounds,
} from "./bandit/simulate-bandit.js";
export type { When } from "./bandit/when.js";
export type { CampaignEvent, CampaignExposure } from "./campaign/campaign-rows.js";
export type { Planted, PlantedEffect } from "./campaign/campaign-truth.js";
export { type PlantedAgainstFound, plantedAgainstFound } from "./campaign/planted-against-found.js";
export {
  type Campaign,
  type CampaignChunk,
  type CampaignOptions,
  simulateCampaign,
} from "./campaign/simulate-campaign.js";
export { type CampaignFiles, writeCampaign } from "./campaign/write-campaign.js";
export type { Law } from "./laws/index.js";
export {
  measurePast,
  type Past,
  type PastMetric,
  type PastRequest,
  type PastTraffic,
} from "./past/measure-past.js";
export type { Replay, ReplayedArm, ReplayOptions } from "./replay/replay.js";
export { type LabelledRow, replayLabelled } from "./replay/replay-labelled.js";
export { type LoggedRow, replayLog } from "./replay/replay-log.js";
export {
  type TableColumn,
  type TableContexts,
  type TableValue,
  tableContexts,
} from "./replay/table-contexts.js";
