import type { Json } from "../../core/json.js";
import { bookOf, Ledger, type Settled, settleDue } from "./ledger.js";
import type { LedgerEntry, LedgerJson } from "./ledger-entry.js";
import type { LedgerOptions } from "./ledger-options.js";
import { readLedger } from "./read-ledger.js";
import type { SettledOutcomes } from "./settle-outcomes.js";
import type { NotAPromise } from "./sync-learner.js";

const timeText = (at: number | null) => (at === null ? "" : new Date(at).toISOString());

/**
 * The book between decisions and learning: it keeps decisions until their attribution window has closed, gathers,
 * corrects and withdraws their rewards, and hands each decision's outcome out once. Recording anything twice, in any
 * order, changes nothing, so at-least-once delivery is enough. It lives in memory; `openLedger` of `essai/bandits/node`
 * keeps one on disk.
 */
export class RewardLedger extends Ledger {
  /**
   * @param options  attribution window, kinds of reward, rule for missing rewards, rule for several
   * @throws ExperimentError with every problem at its option: `out_of_range` at ["windowHours"]; `unknown_name` at
   *         ["combine"] or ["kinds", kind, "combine"]; `unknown_key` at an option that does not exist, of a kind too
   */
  constructor(options: LedgerOptions) {
    super(options);
  }

  /**
   * The outcomes of all decisions whose window has closed, each once: a batch for `update`. Costs what is due.
   * @param now  the present: a `Date`, or milliseconds since 1970
   * @returns the outcomes
   * @throws ExperimentError `wrong_type` at ["now"]
   */
  settle(now: Date | number): Settled;
  /**
   * The outcomes of all decisions whose window has closed, each once: a batch for `update`. Costs what is due. A decision
   * whose outcome `update` refuses is set aside, and told; `learn` is then called again with the rest.
   * @param now    the present: a `Date`, or milliseconds since 1970
   * @param learn  takes the outcomes and returns what it has learned, e.g. `({ reward }) => update(bandit, reward!)`; if it
   *               throws, nothing counts as handed out. As it may be called again it changes nothing itself, and it is not
   *               async: saving comes after settling
   * @returns the outcomes, what `learn` returned, and the decisions that were set aside
   * @throws ExperimentError `wrong_type` at ["now"] or ["learn"]; `async_learner` at ["learn"] for what returns a promise;
   *         `ledger_busy` within `learn`; what `learn` throws that does not name a decision
   */
  settle<R>(now: Date | number, learn: (outcomes: SettledOutcomes) => R & NotAPromise<R>): Settled<R>;
  settle<R>(now: Date | number, learn?: (outcomes: SettledOutcomes) => R): Settled<R | undefined> {
    return settleDue(this, now, learn);
  }

  /** The ledger as JSON, `essai.ledger/1`. Kept together with the bandit's state, it survives a crash without loss. */
  toJSON(): Json {
    const { counts, options } = this;
    const book = bookOf(this);
    const { prunedBefore } = book;
    const rewardJson = <T extends LedgerEntry["rewards"][number]>(reward: T) => ({
      ...reward,
      at: timeText(reward.at),
    });
    const json: LedgerJson = {
      format: "essai.ledger/1",
      options,
      counts,
      prunedBefore: Number.isFinite(prunedBefore) ? prunedBefore : null,
      entries: [...book.entries()].map(({ rewards, at, ...entry }) => ({
        ...entry,
        at: timeText(at),
        rewards: rewards.map(rewardJson),
      })),
      early: [...book.early].map(rewardJson),
    };
    return json as unknown as Json;
  }

  /**
   * A ledger from its JSON.
   * @param json  what `JSON.stringify(ledger)` wrote, as text or parsed
   * @returns an equal ledger
   * @throws ExperimentError `invalid_json` for a text that is not; `unsupported_format` at ["format"]; with every problem at
   *         its place in the JSON: `wrong_type`, `unknown_key`, `invalid_instant`, `duplicate_key`, …
   */
  static from(json: unknown): RewardLedger {
    const { options, counts, prunedBefore, entries, early } = readLedger(json);
    const ledger = new RewardLedger(options);
    const book = bookOf(ledger);
    for (const entry of entries) book.enter(entry);
    for (const { decisionId, ...record } of early) book.early.add(decisionId, record);
    Object.assign(book.counts, counts);
    book.prunedBefore = prunedBefore ?? -1 / 0;
    return ledger;
  }
}
