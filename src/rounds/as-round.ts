import { isPlainObject } from "../shapes/index.js";
import type { BanditRound, FlatRound } from "./bandit-round.js";

/**
 * A row of a log in the form of a round: it may have the reward, the segment and so on beside the decision's own fields, as
 * `update` takes it.
 * @param row  anything
 * @returns the round; what is not a row of either form as it is
 */
export function asRound(row: BanditRound | FlatRound): BanditRound;
export function asRound(row: unknown): unknown;
export function asRound(row: unknown): unknown {
  if (!isPlainObject(row) || "decision" in row) return row;
  const { reward, expected, segment, period, ...decision } = row;
  const rest = Object.entries({ expected, segment, period }).filter(([, value]) => value !== undefined);
  return { decision, reward, ...Object.fromEntries(rest) };
}
