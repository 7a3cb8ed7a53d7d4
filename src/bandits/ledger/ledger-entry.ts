import type { Json } from "../../core/json.js";
import type { LedgerOptions } from "./ledger-options.js";

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
}

/** A reward as the ledger keeps it; value null: it was withdrawn. */
interface KeptReward {
  readonly value: number | null;
  readonly at: string;
  readonly kind: string;
  readonly revision: number;
}

/** A decision as the ledger keeps it. */
export interface LedgerEntry {
  readonly id: string;
  readonly action: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly context: Json;
  /** Of the state that decided; absent where the decision did not say. */
  readonly stateHash?: string;
  /** Whether its outcome has been handed out. */
  settled: boolean;
  /** By the rewards' ids; null until the first comes in. */
  rewards: Map<string, KeptReward> | null;
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
    readonly rewards: readonly (KeptReward & { readonly id: string })[];
  })[];
}
