import {
  ExperimentError,
  invalid_instant,
  nearName,
  refuseType,
  unknown_reward_kind,
} from "../../errors/index.js";
import type { Decision } from "../../rounds/decision.js";
import { recordedTime } from "../../rounds/recorded-time.js";
import { checkFields, isPlainObject, requireShape } from "../../shapes/index.js";
import type { KeptReward } from "./kept-reward.js";
import type { LedgerEntry } from "./ledger-entry.js";
import { requireJson } from "./require-json.js";
import { type RewardRecord, rewardFields } from "./reward-record.js";

const levels = { kind: "map", of: { kind: "text", empty: true } } as const;

/** What a ledger reads of a decision. */
export type LedgerDecision = Pick<Decision, "id" | "action" | "at" | "context" | "stateHash">;

/** A decision as a ledger keeps it, checked. */
export function keptDecision(
  decision: LedgerDecision,
): Pick<LedgerEntry, "id" | "action" | "at" | "context" | "stateHash"> {
  if (!isPlainObject(decision)) refuseType(decision, [], "object");
  const { id, action, context = null, stateHash } = decision;
  const at = recordedTime(decision.at);
  if (typeof id !== "string") refuseType(id, ["id"], "text");
  requireShape(action, levels, ["action"]);
  if (stateHash !== undefined && typeof stateHash !== "string") refuseType(stateHash, ["stateHash"], "text");
  requireJson(context, ["context"]);
  if (!Number.isFinite(at)) throw new ExperimentError({ invalid_instant }, ["at"], decision.at);
  return { id, action, at, context, stateHash };
}

/** A reward as a ledger keeps it, checked. */
export function keptReward(reward: RewardRecord, kinds: readonly string[]): KeptReward {
  checkFields(reward, rewardFields);
  const { id, value, at, kind = "reward", revision = 0 } = reward;
  if (!kinds.includes(kind))
    throw new ExperimentError({ unknown_reward_kind }, ["kind"], kind, nearName(kind, kinds));
  const time = recordedTime(at);
  if (!Number.isFinite(time)) throw new ExperimentError({ invalid_instant }, ["at"], at);
  // 0 where it is −0, which JSON does not know.
  return { id, value: value + 0, at: time, kind, revision };
}
