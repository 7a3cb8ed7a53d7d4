import {
  conflicting_decision,
  ExperimentError,
  ledger_busy,
  refuseType,
  rewards_overflow,
  unknown_decision,
} from "../../errors/index.js";
import { timeOf } from "../../rounds/time-of.js";
import { keptDecision, keptReward, type LedgerDecision } from "./checked-records.js";
import { compareRecords, type KeptReward, sayTheSame, withdrawal } from "./kept-reward.js";
import { type Held, LedgerBook } from "./ledger-book.js";
import type { LedgerChange } from "./ledger-change.js";
import type { LedgerCounts, LedgerEntry } from "./ledger-entry.js";
import { type LedgerOptions, ledgerRules } from "./ledger-options.js";
import { stage } from "./ledger-slice.js";
import type { RewardRecord } from "./reward-record.js";
import type { SetAside } from "./set-aside.js";
import {
  type KindRules,
  outcomesOf,
  type QuarantinedDecision,
  quarantinedOf,
  refusedBy,
  type SettledOutcomes,
} from "./settle-outcomes.js";
import { syncLearner } from "./sync-learner.js";

/** What the rewards of one decision and kind may add up to, their signs left out. */
const MOST = 1e308;

/** What was settled. */
export interface Settled<R = undefined> {
  /** For every kind of reward the outcomes, in order of their decisions' ids. */
  readonly outcomes: SettledOutcomes;
  /** Decisions that were set aside this time. */
  readonly quarantined: readonly QuarantinedDecision[];
  /** What `learn` returned. */
  readonly learned: R;
}

interface Inner {
  readonly book: LedgerBook;
  readonly rules: KindRules;
  readonly note: ((change: LedgerChange) => void) | undefined;
  settling: boolean;
}

// Not private methods: what extends the class is in other files, and static blocks would need a helper in every page.
const inners = new WeakMap<object, Inner>();

function innerOf(ledger: Ledger): Inner {
  return inners.get(ledger) ?? refuseType(ledger, ["ledger"], "object");
}

/** What a ledger holds. */
export const bookOf = (ledger: Ledger): LedgerBook => innerOf(ledger).book;

function requireIdle({ settling }: Inner): void {
  if (settling) throw new ExperimentError({ ledger_busy }, ["learn"]);
}

/** Hands out what is due, sets aside what `learn` refuses by name, and makes a change of it, of which `note` hears before. */
export function settleDue<R>(
  ledger: Ledger,
  now: Date | number,
  learn: ((outcomes: SettledOutcomes) => R) | undefined,
  note?: (change: LedgerChange, learned: R | undefined) => void,
): Settled<R | undefined> {
  const inner = innerOf(ledger);
  const { book, rules } = inner;
  requireIdle(inner);
  const before = timeOf(now, ["now"]);
  const learner = learn === undefined ? undefined : syncLearner(learn, ["learn"]);
  let due = [...book.due(before)]
    .map((held: Held) => book.entry(held))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const aside: [LedgerEntry, SetAside][] = [];
  inner.settling = true;
  try {
    for (;;) {
      const outcomes = outcomesOf(due, rules);
      try {
        const learned = learner?.(outcomes);
        const change: LedgerChange = {
          type: "settle",
          before,
          aside: aside.map(([{ id }, why]) => [id, why]),
        };
        if (note) note(change, learned);
        else inner.note?.(change);
        book.apply(change);
        const quarantined = aside.map(([entry, why]) => quarantinedOf(entry, rules, why));
        return { outcomes, quarantined, learned };
      } catch (error) {
        const refused = refusedBy(error);
        const left = due.filter((entry) => {
          const why = refused.get(entry.id);
          if (why) aside.push([entry, why]);
          return !why;
        });
        // It says nothing of any of these decisions: then nothing has happened.
        if (left.length === due.length) throw error;
        due = left;
      }
    }
  } finally {
    inner.settling = false;
  }
}

/** What ledgers share, wherever they are kept: everything is checked here, and becomes a change. */
export abstract class Ledger {
  readonly options: Required<LedgerOptions>;
  readonly #book: LedgerBook;
  readonly #rules: KindRules;
  readonly #window: number;
  readonly #inner: Inner;

  /**
   * @param options  as stated
   * @param note     hears of each change before it is made; if it throws, nothing happens
   */
  constructor(options: LedgerOptions, note?: (change: LedgerChange) => void) {
    const { rules, ...stated } = ledgerRules(options);
    this.options = stated;
    this.#rules = rules;
    this.#window = stated.windowHours * 3_600_000;
    this.#book = new LedgerBook(this.#window);
    this.#inner = { book: this.#book, rules, note, settling: false };
    inners.set(this, this.#inner);
  }

  /** How many records were not learned, by reason. */
  get counts(): Readonly<LedgerCounts> {
    return { ...this.#book.counts };
  }

  /** Number of decisions whose outcome has not been handed out, without those that were set aside. */
  get pending(): number {
    return this.#book.open;
  }

  /** Number of rewards and withdrawals that wait for their decision. */
  get waiting(): number {
    return this.#book.early.size;
  }

  /**
   * Records a decision; the same again changes nothing. Rewards that came before it are its own from now on. An occasion
   * that was decided again, once the bandit had moved on, is not the same: see `decideOnce`.
   * @param decision  from `decide` or `quickDecide`
   * @returns whether the ledger has it; not if decisions of its time were pruned, and then `counts` says so, as it does
   *          of occasions that were decided again to the same action
   * @throws ExperimentError `conflicting_decision` at ["action"] when the id is known with another action; `wrong_type` at
   *         ["id"], ["action"], ["action", factor] or ["stateHash"]; `not_json` at ["context"]; `invalid_instant` at ["at"]
   */
  decision(decision: LedgerDecision): boolean {
    requireIdle(this.#inner);
    const { id, action, at, context, stateHash } = keptDecision(decision);
    const known = this.#book.find(id);
    if (!known) {
      const pruned = at + this.#window < this.#book.prunedBefore;
      this.#commit(
        pruned ? { type: "count", of: "pruned" } : { type: "decision", id, action, at, context, stateHash },
      );
      return !pruned;
    }
    const { slice, row } = known;
    if (slice.action(row) !== this.#book.actionNumber(action))
      throw new ExperimentError({ conflicting_decision }, ["action"], id);
    const first = slice.stateHash(row);
    if (stateHash !== undefined && first !== undefined && first !== stateHash)
      this.#commit({ type: "count", of: "redecided" });
    return true;
  }

  /**
   * Records or corrects a reward. One that comes before its decision waits for it; `prune` lets go of those that happened
   * more than a window before what it prunes, and at most `mostEarly` wait at a time.
   *
   * Of several records with one id one counts, in whatever order they come: the withdrawn one, else that of the highest
   * revision, then of the latest time, the lowest value, the kind that is last by code point. What happened after the
   * window of its decision, and what comes in after settlement, takes no part.
   * @param reward  what came in
   * @returns whether it will be learned, as far as is known, or has been; if not, `counts` says why, or it was withdrawn or
   *          outdone by another record
   * @throws ExperimentError `not_finite` at ["value"] or ["revision"]; `wrong_type` at ["id"]; `invalid_instant` at ["at"];
   *         `unknown_key` at a key that a reward does not have; `unknown_reward_kind` at ["kind"]; `rewards_overflow` at
   *         ["value"] when the decision's rewards of this kind are summed, and their sizes would add up to more than 1e308;
   *         `unknown_decision` at ["decisionId"] when as many wait already as may; `ledger_busy` within `learn`
   */
  reward(reward: RewardRecord): boolean {
    requireIdle(this.#inner);
    const record = keptReward(reward, [...this.#rules.keys()]);
    const { id, kind, revision } = record;
    const { decisionId } = reward;
    const rule = this.#rules.get(kind);
    const time = record.at ?? 0;
    const held = this.#book.find(decisionId);
    if (!held) {
      const waiting = this.#book.early.of(decisionId);
      if (!this.#book.early.has(decisionId, record)) {
        if (rule?.combine === "sum") this.#requireRoom(record, waiting);
        this.#wait(decisionId, record);
      }
      return !waiting.some((each) => each.id === id && compareRecords(each, record) > 0);
    }
    const { slice, row } = held;
    const known = slice.reward(row, id);
    const same = known !== undefined && sayTheSame(known, record);
    const settled = slice.stage(row) === stage.settled;
    if (same && (settled || known.revision >= revision)) return true;
    if (known && compareRecords(known, record) > 0) return false;
    if (time - slice.time(row) > this.#window) return this.#uncounted("late");
    if (settled) return this.#uncounted("afterSettlement");
    if (rule?.combine === "sum") this.#requireRoom(record, slice.rewards(row));
    this.#commit({ type: "reward", decisionId, reward: record });
    return true;
  }

  /**
   * Withdraws a reward (a return, a fraud) for good: also one that only comes in later, or again, and one of a decision that
   * has not come yet.
   * @param decisionId  the decision's
   * @param id          the reward's
   * @returns whether it is left out of what is learned
   * @throws ExperimentError `wrong_type` at ["decisionId"] or ["id"]; `unknown_decision` at ["decisionId"] when as many wait
   *         already as may; `ledger_busy` within `learn`
   */
  withdraw(decisionId: string, id: string): boolean {
    requireIdle(this.#inner);
    if (typeof decisionId !== "string") refuseType(decisionId, ["decisionId"], "text");
    if (typeof id !== "string") refuseType(id, ["id"], "text");
    const record = withdrawal(id);
    const held = this.#book.find(decisionId);
    if (!held) {
      if (!this.#book.early.has(decisionId, record)) this.#wait(decisionId, record);
      return true;
    }
    const { slice, row } = held;
    const known = slice.reward(row, id);
    if (known?.value === null) return true;
    if (slice.stage(row) === stage.settled) {
      if (known) this.#uncounted("afterSettlement");
      return !known;
    }
    this.#commit({ type: "reward", decisionId, reward: record });
    return true;
  }

  /**
   * Decisions that were set aside because their outcome could not be learned, e.g. two clicks where one is possible. They
   * count as settled until a correction or a withdrawal of their rewards, or `release`, opens them again; `prune` forgets
   * them.
   * @returns each with its outcome and what was wrong with it
   */
  quarantined(): QuarantinedDecision[] {
    return [...this.#book.aside()].flatMap((entry) =>
      entry.aside ? [quarantinedOf(entry, this.#rules, entry.aside)] : [],
    );
  }

  /**
   * Opens a decision that was set aside: the next `settle` hands it out again, e.g. to a model that can learn it.
   * @param decisionId  the decision's
   * @returns whether it had been set aside
   * @throws ExperimentError `wrong_type` at ["decisionId"]; `ledger_busy` within `learn`
   */
  release(decisionId: string): boolean {
    requireIdle(this.#inner);
    if (typeof decisionId !== "string") refuseType(decisionId, ["decisionId"], "text");
    const held = this.#book.find(decisionId);
    if (held?.slice.stage(held.row) !== stage.aside) return false;
    this.#commit({ type: "release", decisionId });
    return true;
  }

  /**
   * Forgets settled decisions whose window closed before a time. Should one of them be delivered again, it is not taken
   * for a new one; later rewards for them wait like those of unknown decisions, until the next `prune`.
   * @param before  a `Date`, or milliseconds since 1970; how long deliveries may be repeated is for the caller to know
   * @throws ExperimentError `wrong_type` at ["before"]; `ledger_busy` within `learn`
   */
  prune(before: Date | number): void {
    requireIdle(this.#inner);
    this.#commit({ type: "prune", before: timeOf(before, ["before"]) });
  }

  #commit(change: LedgerChange): void {
    this.#inner.note?.(change);
    this.#book.apply(change);
  }

  #uncounted(of: keyof LedgerCounts): boolean {
    this.#commit({ type: "count", of });
    return false;
  }

  #wait(decisionId: string, reward: KeptReward): void {
    const { mostEarly: atMost } = this.options;
    if (this.#book.early.size >= atMost)
      throw new ExperimentError({ unknown_decision }, ["decisionId"], decisionId, { expected: { atMost } });
    this.#commit({ type: "early", decisionId, reward });
  }

  #requireRoom({ id, kind, value }: KeptReward, others: readonly KeptReward[]): void {
    const size = others
      .filter((each) => each.id !== id && each.kind === kind)
      .reduce((sum, each) => sum + Math.abs(each.value ?? 0), Math.abs(value ?? 0));
    if (size > MOST) throw new ExperimentError({ rewards_overflow }, ["value"], value);
  }
}
