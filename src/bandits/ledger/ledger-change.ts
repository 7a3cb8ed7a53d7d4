import type { Json } from "../../core/json.js";
import type { KeptReward } from "./kept-reward.js";
import type { LedgerCounts } from "./ledger-entry.js";
import type { SetAside } from "./set-aside.js";

/**
 * All that can happen to a ledger. Whatever is checked is checked before: a change that was made once can be made again,
 * and gives the same ledger again.
 */
export type LedgerChange =
  | {
      readonly type: "decision";
      readonly id: string;
      readonly action: Readonly<Record<string, string>>;
      /** Milliseconds since 1970. */
      readonly at: number;
      readonly context: Json;
      readonly stateHash?: string | undefined;
    }
  /** Of a decision that is known. */
  | { readonly type: "reward"; readonly decisionId: string; readonly reward: KeptReward }
  /** Of a decision that is not known yet. */
  | { readonly type: "early"; readonly decisionId: string; readonly reward: KeptReward }
  /** Everything open that is due before a time was handed out, but for what was set aside. */
  | {
      readonly type: "settle";
      readonly before: number;
      readonly aside: readonly (readonly [decisionId: string, why: SetAside])[];
    }
  /** What was set aside is open again. */
  | { readonly type: "release"; readonly decisionId: string }
  | { readonly type: "prune"; readonly before: number }
  | { readonly type: "count"; readonly of: keyof LedgerCounts };
