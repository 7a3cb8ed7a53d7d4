import type { Json } from "../../core/json.js";
import {
  conflicting_decision,
  ExperimentError,
  invalid_instant,
  nearName,
  refuseType,
  unknown_decision,
  unknown_reward_kind,
} from "../../errors/index.js";
import type { Decision } from "../../rounds/decision.js";
import { timeOf } from "../../rounds/time-of.js";
import { checkFields, type FieldsFor, isPlainObject } from "../../shapes/index.js";
import { DueDates } from "./due-dates.js";
import type { LedgerCounts, LedgerEntry, LedgerJson } from "./ledger-entry.js";
import { combiners, type KindOptions, type LedgerOptions, ledgerRules } from "./ledger-options.js";
import { readLedger } from "./read-ledger.js";

/** A reward as it comes in. */
export interface RewardRecord {
  readonly decisionId: string;
  /** The reward's own id: the same id again corrects the earlier value. */
  readonly id: string;
  readonly value: number;
  /** When it happened, ISO 8601. Before its decision is in time: clocks differ. */
  readonly at: string;
  /** What it is a reward of, e.g. `"conversion"`, `"revenue"`; default `"reward"`. */
  readonly kind?: string;
  /** Of several records with one id the highest counts, in whatever order they come; default 0, the last one of equals. */
  readonly revision?: number;
}

const text = { kind: "text", empty: true } as const;
const rewardFields = {
  decisionId: text,
  id: text,
  value: { kind: "number" },
  at: text,
  kind: { ...text, optional: true },
  revision: { kind: "number", optional: true },
} as const satisfies FieldsFor<RewardRecord>;

/** What became of one decision; `update` takes it as it is. */
export interface SettledOutcome {
  readonly decisionId: string;
  readonly action: Readonly<Record<string, string>>;
  readonly reward: number;
  readonly context: Json;
}

// A window is cut into this many pieces; settling looks through one of them and takes the others whole.
const PIECES = 64;

/**
 * The book between decisions and learning: it keeps decisions until their attribution window has closed, gathers,
 * corrects and withdraws their rewards, and hands each decision's outcome out once. Recording anything twice, in any
 * order, changes nothing, so at-least-once delivery is enough.
 */
export class RewardLedger {
  readonly options: Required<LedgerOptions>;
  readonly counts: LedgerCounts = { late: 0, afterSettlement: 0, redecided: 0, pruned: 0 };
  readonly #rules: ReadonlyMap<string, Required<KindOptions>>;
  readonly #window: number;
  readonly #entries = new Map<string, LedgerEntry>();
  readonly #open: DueDates<LedgerEntry>;
  readonly #settled: DueDates<LedgerEntry>;
  /** One object an action, however many decisions chose it. */
  readonly #actions = new Map<string, LedgerEntry["action"]>();
  #pending = 0;
  #prunedBefore = -1 / 0;

  /**
   * @param options  attribution window, kinds of reward, rule for missing rewards, rule for several
   * @throws ExperimentError with every problem at its option: `out_of_range` at ["windowHours"]; `unknown_name` at
   *         ["combine"] or ["kinds", kind, "combine"]; `unknown_key` at an option that does not exist, of a kind too
   */
  constructor(options: LedgerOptions) {
    const { rules, ...stated } = ledgerRules(options);
    this.options = stated;
    this.#rules = rules;
    this.#window = stated.windowHours * 3_600_000;
    const dueAt = (entry: LedgerEntry) => entry.at + this.#window;
    this.#open = new DueDates(this.#window / PIECES, dueAt);
    this.#settled = new DueDates(this.#window / PIECES, dueAt);
  }

  /** Number of decisions whose outcome has not been handed out. */
  get pending(): number {
    return this.#pending;
  }

  /**
   * Records a decision; the same again changes nothing. An occasion that was decided again, once the bandit had moved on,
   * is not the same: see `decideOnce`.
   * @param decision  from `decide` or `quickDecide`
   * @returns whether the ledger has it; not if decisions of its time were pruned, and then `counts` says so, as it does
   *          of occasions that were decided again to the same action
   * @throws ExperimentError `conflicting_decision` at ["action"] when the id is known with another action; `wrong_type` at
   *         ["id"], ["action"] or ["stateHash"]; `invalid_instant` at ["at"]
   */
  decision(decision: Pick<Decision, "id" | "action" | "at" | "context" | "stateHash">): boolean {
    if (!isPlainObject(decision)) refuseType(decision, [], "object");
    const { id, context = null, stateHash } = decision;
    const at = Date.parse(decision.at);
    if (typeof id !== "string") refuseType(id, ["id"], "text");
    if (!isPlainObject(decision.action)) refuseType(decision.action, ["action"], "object");
    if (stateHash !== undefined && typeof stateHash !== "string")
      refuseType(stateHash, ["stateHash"], "text");
    if (!Number.isFinite(at)) throw new ExperimentError({ invalid_instant }, ["at"], decision.at);
    const action = this.#shared(decision.action);
    const known = this.#entries.get(id);
    if (known && known.action !== action) throw new ExperimentError({ conflicting_decision }, ["action"], id);
    if (!known && at + this.#window < this.#prunedBefore) {
      this.counts.pruned += 1;
      return false;
    }
    if (known && stateHash !== undefined && known.stateHash !== undefined && known.stateHash !== stateHash)
      this.counts.redecided += 1;
    const made = stateHash === undefined ? undefined : { stateHash };
    if (!known) this.#enter({ id, action, at, context, ...made, settled: false, rewards: null });
    return true;
  }

  /**
   * Records or corrects a reward.
   * @param reward  what came in
   * @returns whether it will be learned, or has been; if not, `counts` says why, or it was withdrawn or outdone by a
   *          higher revision
   * @throws ExperimentError `unknown_decision` at ["decisionId"]; `not_finite` at ["value"] or ["revision"]; `wrong_type` at
   *         ["id"]; `invalid_instant` at ["at"]; `unknown_key` at a key that a reward does not have; `unknown_reward_kind` at ["kind"]
   */
  reward(reward: RewardRecord): boolean {
    checkFields(reward, rewardFields);
    const { decisionId, id, value, at, kind = "reward", revision = 0 } = reward;
    const entry = this.#entry(decisionId);
    if (!this.#rules.has(kind))
      throw new ExperimentError(
        { unknown_reward_kind },
        ["kind"],
        kind,
        nearName(kind, [...this.#rules.keys()]),
      );
    const time = Date.parse(at);
    if (!Number.isFinite(time)) throw new ExperimentError({ invalid_instant }, ["at"], at);
    const known = entry.rewards?.get(id);
    if (known?.value === value && known.at === at && known.kind === kind) return true;
    if (known && (known.value === null || known.revision > revision)) return false;
    if (time - entry.at > this.#window) {
      this.counts.late += 1;
      return false;
    }
    if (entry.settled) {
      this.counts.afterSettlement += 1;
      return false;
    }
    (entry.rewards ??= new Map()).set(id, { value, at, kind, revision });
    return true;
  }

  /**
   * Withdraws a reward (a return, a fraud) for good: also one that only comes in later, or again.
   * @param decisionId  the decision's
   * @param id          the reward's
   * @returns whether it is left out of what is learned
   * @throws ExperimentError `unknown_decision` at ["decisionId"]; `wrong_type` at ["id"]
   */
  withdraw(decisionId: string, id: string): boolean {
    const entry = this.#entry(decisionId);
    if (typeof id !== "string") refuseType(id, ["id"], "text");
    const known = entry.rewards?.get(id);
    if (known?.value === null) return true;
    if (entry.settled) {
      if (known) this.counts.afterSettlement += 1;
      return !known;
    }
    (entry.rewards ??= new Map()).set(id, { value: null, at: "", kind: "", revision: 0 });
    return true;
  }

  /**
   * The outcomes of all decisions whose window has closed, each once: a batch for `update`. Costs what is due.
   * @param now    the present: a `Date`, or milliseconds since 1970
   * @param learn  takes the outcomes, e.g. `({ reward }) => (bandit = update(bandit, reward!))`; if it throws, nothing
   *               counts as handed out
   * @returns for every kind of reward the outcomes, in order of their decisions' ids
   * @throws ExperimentError `wrong_type` at ["now"] or ["learn"]; what `learn` throws
   */
  settle(
    now: Date | number,
    learn?: (outcomes: Readonly<Record<string, SettledOutcome[]>>) => void,
  ): Record<string, SettledOutcome[]> {
    const time = timeOf(now, ["now"]);
    if (learn !== undefined && typeof learn !== "function") refuseType(learn, ["learn"], "function");
    const closed = this.#open.before(time).sort((a, b) => (a.id < b.id ? -1 : 1));
    const outcomes = Object.fromEntries(
      [...this.#rules].map(([kind, rule]) => [kind, closed.flatMap((entry) => outcomeOf(entry, kind, rule))]),
    );
    learn?.(outcomes);
    this.#open.drop(time);
    for (const entry of closed) {
      entry.settled = true;
      this.#settled.add(entry);
    }
    this.#pending -= closed.length;
    return outcomes;
  }

  /**
   * Forgets settled decisions whose window closed before a time. Should one of them be delivered again, it is not taken
   * for a new one; later rewards for them are rewards of unknown decisions.
   * @param before  a `Date`, or milliseconds since 1970; how long deliveries may be repeated is for the caller to know
   * @throws ExperimentError `wrong_type` at ["before"]
   */
  prune(before: Date | number): void {
    const time = timeOf(before, ["before"]);
    for (const { id } of this.#settled.before(time)) this.#entries.delete(id);
    this.#settled.drop(time);
    this.#prunedBefore = Math.max(this.#prunedBefore, time);
  }

  /** The ledger as JSON, `essai.ledger/1`. Kept together with the bandit's state, it survives a crash without loss. */
  toJSON(): Json {
    const json: LedgerJson = {
      format: "essai.ledger/1",
      options: this.options,
      counts: { ...this.counts },
      prunedBefore: Number.isFinite(this.#prunedBefore) ? this.#prunedBefore : null,
      entries: [...this.#entries.values()].map(({ rewards, at, ...entry }) => ({
        ...entry,
        at: new Date(at).toISOString(),
        rewards: [...(rewards ?? [])].map(([id, reward]) => ({ id, ...reward })),
      })),
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
    const { options, counts, prunedBefore, entries } = readLedger(json);
    const ledger = new RewardLedger(options);
    Object.assign(ledger.counts, counts);
    ledger.#prunedBefore = prunedBefore ?? -1 / 0;
    for (const entry of entries) ledger.#enter({ ...entry, action: ledger.#shared(entry.action) });
    return ledger;
  }

  #enter(entry: LedgerEntry): void {
    this.#entries.set(entry.id, entry);
    (entry.settled ? this.#settled : this.#open).add(entry);
    if (!entry.settled) this.#pending += 1;
  }

  #shared(action: LedgerEntry["action"]): LedgerEntry["action"] {
    const text = JSON.stringify(Object.entries(action).sort());
    const known = this.#actions.get(text);
    if (!known) this.#actions.set(text, action);
    return known ?? action;
  }

  #entry(id: string): LedgerEntry {
    const entry = this.#entries.get(id);
    if (!entry) throw new ExperimentError({ unknown_decision }, ["decisionId"], id);
    return entry;
  }
}

/** What a decision's rewards of one kind come to: one outcome, or none where a missing reward is not learned. */
function outcomeOf(
  { id, action, context, rewards }: LedgerEntry,
  kind: string,
  { combine, missing }: Required<KindOptions>,
): SettledOutcome[] {
  const values = [...(rewards ?? [])]
    .filter(([, reward]) => reward.value !== null && reward.kind === kind)
    .sort(([a, x], [b, y]) => (x.at === y.at ? (a < b ? -1 : 1) : Date.parse(x.at) - Date.parse(y.at)))
    .map(([, reward]) => reward.value as number);
  const reward = values.length > 0 ? combiners[combine](values) : missing;
  return reward === null ? [] : [{ decisionId: id, action, reward, context }];
}
