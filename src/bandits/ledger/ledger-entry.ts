import type { Json } from "../../core/json.js";
import type { KeptReward } from "./kept-reward.js";
import type { LedgerOptions } from "./ledger-options.js";
import type { SetAside } from "./set-aside.js";

/** How many records were not learned, by reason; a record delivered twice counts twice. */
export interface LedgerCounts {
  /** Happened after the window of their decision. */
  late: number;
  /** Came in, were corrected or withdrawn after their decision's outcome had been handed out. */
  afterSettlement: number;
  /** Occasions that were decided again, by another state, to the same action: their first propensity holds. */
  redecided: number;
  /** Decisions that came in when those of their time had been pruned. */
  pruned: number;
  /** Rewards and withdrawals that came before their decision and waited for it. They are learned when it comes. */
  early: number;
  /** Of those, the ones that `prune` let go of: their decision did not come. */
  unmatched: number;
  /** Times that a decision was set aside, because its reward could not be learned. */
  quarantined: number;
}

/** A decision as the ledger keeps it. */
export interface LedgerEntry {
  readonly id: string;
  readonly action: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly context: Json;
  /** Of the state that decided; absent where the decision did not say. */
  readonly stateHash?: string | undefined;
  /** Whether its outcome has been handed out. */
  readonly settled: boolean;
  /** Why it was set aside; absent: it was not. */
  readonly aside?: SetAside | undefined;
  readonly rewards: readonly KeptReward[];
}

/** A reward in JSON. */
interface RewardJson extends Omit<KeptReward, "at"> {
  /** ISO 8601; empty where the value is null. */
  readonly at: string;
}

/** The ledger's JSON, `essai.ledger/1`. */
export interface LedgerJson {
  readonly format: "essai.ledger/1";
  readonly options: LedgerOptions;
  readonly counts: LedgerCounts;
  /** Milliseconds since 1970; null if nothing was pruned. */
  readonly prunedBefore: number | null;
  readonly entries: readonly (Omit<LedgerEntry, "at" | "rewards"> & {
    readonly at: string;
    readonly rewards: readonly RewardJson[];
  })[];
  /** What waits for its decision. */
  readonly early: readonly (RewardJson & { readonly decisionId: string })[];
}
