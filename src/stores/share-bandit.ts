import {
  type BanditState,
  type Constraint,
  constraints as ownConstraints,
  type Parts,
} from "../bandits/index.js";
import { requireBandit } from "../bandits/state/index.js";
import { ExperimentError, missing_value, requireMethod } from "../errors/index.js";
import { checkFields, type FieldsFor } from "../shapes/index.js";
import type { BanditStore } from "./bandit-store.js";
import type { RewardJournal } from "./reward-journal.js";
import type { SharedBandit } from "./shared-bandit.js";
import { Sharing } from "./sharing.js";

/** How a bandit is shared. */
export interface ShareOptions {
  /**
   * The name this process learns under: one that nothing else has or had, of a host and the time it started, say. Left out:
   * it reads, configures and merges others' deltas, and learns nothing itself. A journal that was begun goes on under its own.
   */
  readonly source?: string;
  /** Keeps what was learned until the store has it, so that a killed process loses nothing. Default: memory only. */
  readonly journal?: RewardJournal;
  /** Milliseconds between two exchanges with the store; 0: only when `sync` is called. Default 1,000. */
  readonly every?: number;
  /** Milliseconds that the store may take to answer. Default 10,000. */
  readonly timeout?: number;
  /** The constraints that a configuration may name, by shorthand. Default: essai's. */
  readonly constraints?: Parts<Constraint>;
  /** Hears of a store, or a journal, that does not do what it is asked. What it throws ends there. */
  readonly onError?: (error: unknown) => void;
}

const LONGEST_TIMER = 2_147_483_647;
const fields = {
  source: { kind: "text", optional: true },
  journal: { kind: "anything", optional: true },
  every: { kind: "number", atLeast: 0, atMost: LONGEST_TIMER, optional: true },
  timeout: { kind: "number", above: 0, atMost: LONGEST_TIMER, optional: true },
  constraints: { kind: "map", of: { kind: "function" }, optional: true },
  onError: { kind: "function", optional: true },
} as const satisfies FieldsFor<ShareOptions>;

/**
 * Shares a bandit with other processes: each decides from what it read last, learns for itself, and exchanges what was
 * learned through a store, where each reward counts once. Nothing waits for the store.
 * @param bandit   the bandit as this process sets it up. What it knows already is where a store begins that has nothing of
 *                 it; afterwards what the store holds is what counts
 * @param store    `memoryStore()`, or one of `essai/stores/file`, `essai/stores/redis`, `essai/stores/postgres`
 * @param options  its name, and how often it exchanges
 * @returns the shared bandit; close it at the end
 * @throws ExperimentError `not_a_bandit` at ["bandit"]; `missing_value` or `wrong_type` at ["store", …] or
 *         ["options", …]; `unknown_key`, `out_of_range` there; what `update` refuses of what a journal holds
 */
export function shareBandit<V extends string, P>(
  bandit: BanditState<V, P>,
  store: BanditStore,
  options: ShareOptions = {},
): SharedBandit<V, P> {
  requireBandit(bandit, "bandit");
  checkFields(options, fields, ["options"]);
  const { source, journal, every = 1_000, timeout = 10_000, constraints = ownConstraints, onError } = options;
  if (journal !== undefined)
    for (const method of ["learned", "keep", "close"]) requireMethod(journal, ["options", "journal"], method);
  if (journal && !source)
    throw new ExperimentError({ missing_value }, ["options", "source"], source, {
      expected: { type: "text" },
    });
  return new Sharing(bandit, store, { source, journal, every, timeout, constraints, onError });
}
