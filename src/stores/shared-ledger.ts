import type { BanditState } from "../bandits/index.js";
import type { LedgerDecision, RewardRecord } from "../bandits/ledger/index.js";
import type { SharedCounts } from "./ledger/shard-facts.js";
import type { AsideDecision } from "./ledger/standing.js";
import type { SharedBandit } from "./shared-bandit.js";

/** What became of what was recorded: `queued` here, the rest of the shards that this process settles at present. */
export interface LedgerStats extends SharedCounts {
  /** Records of this process that the store does not have yet, as far as is known. */
  readonly queued: number;
  /** Records that this process gave again to a store that came back without them. */
  readonly restored: number;
  /** Records of this process that the store came back without and that it does not hold any more: another one may. */
  readonly lost: number;
  /** Shards that this process settles; of all processes together it is all of them. */
  readonly shards: number;
  /** Decisions of these of which a window has not closed. */
  readonly pending: number;
  /** Rewards and withdrawals that wait for their decision. */
  readonly waiting: number;
  /** Decisions that are set aside. */
  readonly quarantined: number;
  /** How often in a row an exchange did not do all it should. */
  readonly failures: number;
  /** Why it did not the last time. */
  readonly problem?: unknown;
}

/** A ledger that several processes share, with the bandits that it teaches, as `shareLedger` gives it. */
export interface SharedLedger<Kind extends string = string, V extends string = string, P = unknown> {
  /** By kind of reward, the bandit to decide with: what the store held at the last exchange. */
  readonly bandits: Readonly<Record<Kind, BanditState<V, P>>>;
  /** By kind of reward, the bandit as it is shared, e.g. to `configure` it. */
  readonly shared: Readonly<Record<Kind, SharedBandit<V, P>>>;
  /**
   * Records a decision; the same again changes nothing. Never waits.
   * @param decision  from `decide` or `quickDecide`
   * @throws ExperimentError what is wrong with it, as `RewardLedger.decision`, but for what only the store knows;
   *         `ledger_full` where too much waits for the store; `ledger_closed` after `close`
   */
  decision(decision: LedgerDecision): void;
  /**
   * Records or corrects a reward, in whichever process, before its decision or after it was settled. Never waits.
   * @param reward  what came in
   * @throws ExperimentError what is wrong with it, as `RewardLedger.reward`; `ledger_full`; `ledger_closed`
   */
  reward(reward: RewardRecord): void;
  /**
   * Withdraws a reward for good: what was learned of it is taken back. Never waits.
   * @throws ExperimentError `wrong_type` at ["decisionId"] or ["id"]; `ledger_full`; `ledger_closed`
   */
  withdraw(decisionId: string, id: string): void;
  /**
   * Has a decision tried again that was set aside, e.g. by a model that can learn it. Never waits.
   * @throws ExperimentError `wrong_type` at ["decisionId"]; `ledger_full`; `ledger_closed`
   */
  release(decisionId: string): void;
  /**
   * Exchanges with the store, now: gives it what was recorded, settles what is due in the shards of this process, reads the
   * bandits. One exchange goes on at a time.
   * @returns what became of it; it never rejects: where the store fails, `problem` says why, and what was recorded waits
   */
  sync(): Promise<LedgerStats>;
  /** Decisions that were set aside because their outcome cannot be learned, of the shards that this process settles. */
  quarantined(): readonly AsideDecision[];
  /** What became of what was recorded. */
  stats(): LedgerStats;
  /**
   * Takes nothing more, gives the store what waits, lets the others have its shards, and ends.
   * @returns what became of it; what is still queued is in the journal, or lost where there is none
   */
  close(): Promise<LedgerStats>;
}
