import type { Json } from "../../core/json.js";
import { type KeptReward, withdrawal } from "../ledger/kept-reward.js";
import type { LedgerChange } from "../ledger/ledger-change.js";
import type { LedgerCounts } from "../ledger/ledger-entry.js";
import type { LedgerOptions } from "../ledger/ledger-options.js";

/** The first line of every file: all that holds as a whole, so that files before it may go. */
export interface LogHead {
  readonly format: "essai.ledger-log/1";
  readonly options: LedgerOptions;
  readonly counts: LedgerCounts;
  /** Milliseconds since 1970; null if nothing was pruned. */
  readonly prunedBefore: number | null;
  /** How often was settled, and up to when. */
  readonly settled: readonly [times: number, before: number | null];
  /** What learning returned the last time; absent: nothing was learned yet. */
  readonly state?: Json;
}

/** A line of the log, read. */
export type LogRecord = { readonly head: LogHead } | { readonly change: LedgerChange; readonly state?: Json };

const rewardLine = (word: string, decisionId: string, { id, value, at, kind, revision }: KeptReward) =>
  value === null ? [`${word}-withdrawn`, decisionId, id] : [word, decisionId, id, value, at, kind, revision];

/** A change as a line of JSON. */
export function changeLine(change: LedgerChange): string {
  switch (change.type) {
    case "decision": {
      const { id, at, action, context, stateHash } = change;
      return JSON.stringify([
        "decision",
        id,
        at,
        action,
        context,
        ...(stateHash === undefined ? [] : [stateHash]),
      ]);
    }
    case "reward":
    case "early":
      return JSON.stringify(rewardLine(change.type, change.decisionId, change.reward));
    case "settle":
      return JSON.stringify(["settle", change.before, change.aside]);
    case "release":
      return JSON.stringify(["release", change.decisionId]);
    case "prune":
      return JSON.stringify(["prune", change.before]);
    case "count":
      return JSON.stringify(["count", change.of]);
  }
}

/** The line of a settlement, with what was learned as text that is JSON already. */
export const settleLine = (change: LedgerChange, state: string): string =>
  `${changeLine(change).slice(0, -1)},${state}]`;

export const headLine = (head: Omit<LogHead, "state">, state: string | undefined): string =>
  `["head",${JSON.stringify(head).slice(0, -1)}${state === undefined ? "" : `,"state":${state}`}}]`;

/**
 * @returns what a line says
 * @throws SyntaxError for what is not JSON; a line's checksum says whether it is as it was written
 */
export function readLine(text: string): LogRecord {
  const [word, ...rest] = JSON.parse(text);
  const reward = (type: "reward" | "early"): LogRecord => {
    const [decisionId, id, value, at, kind, revision] = rest;
    return { change: { type, decisionId, reward: { id, value, at, kind, revision } } };
  };
  switch (word) {
    case "head":
      return { head: rest[0] };
    case "decision": {
      const [id, at, action, context, stateHash] = rest;
      return { change: { type: "decision", id, at, action, context, stateHash } };
    }
    case "reward":
    case "early":
      return reward(word);
    case "reward-withdrawn":
      return { change: { type: "reward", decisionId: rest[0], reward: withdrawal(rest[1]) } };
    case "early-withdrawn":
      return { change: { type: "early", decisionId: rest[0], reward: withdrawal(rest[1]) } };
    case "settle":
      return { change: { type: "settle", before: rest[0], aside: rest[1] }, state: rest[2] };
    case "release":
      return { change: { type: "release", decisionId: rest[0] } };
    case "prune":
      return { change: { type: "prune", before: rest[0] } };
    case "count":
      return { change: { type: "count", of: rest[0] } };
    default:
      throw new SyntaxError(text.slice(0, 60));
  }
}
