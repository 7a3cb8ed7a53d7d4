import type { Decision } from "../core/decision.js";
import {
  conflicting_decision,
  not_finite,
  out_of_range,
  unknown_decision,
  unsupported_format,
  wrong_type,
} from "../core/errors.js";
import { ExperimentError } from "../core/experiment-error.js";
import type { Json } from "../core/json.js";
import type { Outcome } from "./update.js";

/** How the ledger attributes rewards. */
export interface LedgerOptions {
  /** A reward counts when it happens at most this long after its decision, in hours. */
  readonly windowHours: number;
  /** What a decision without any reward is worth once its window has closed; null: it is not learned. Default 0. */
  readonly missing?: number | null;
  /** How several rewards of one kind for one decision become one; default `"sum"`. */
  readonly combine?: "sum" | "max" | "last";
}

/** A reward as it comes in. */
export interface RewardRecord {
  readonly decisionId: string;
  /** The reward's own id: the same id again corrects the earlier value. */
  readonly id: string;
  readonly value: number;
  /** When it happened, ISO 8601. */
  readonly at: string;
  /** What it is a reward of, e.g. `"conversion"`, `"revenue"`; default `"reward"`. */
  readonly kind?: string;
}

interface Entry {
  readonly action: Readonly<Record<string, string>>;
  readonly at: string;
  readonly context: Json;
  /** Whether its outcome has been handed out. */
  settled: boolean;
  readonly rewards: Record<string, { value: number; at: string; kind: string }>;
}

/** What became of rewards that were not learned, by reason. */
export interface LedgerCounts {
  /** Happened after the window of their decision. */
  late: number;
  /** Came in, were corrected or withdrawn after their decision's outcome had been handed out. */
  afterSettlement: number;
}

const combiners = {
  sum: (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0),
  max: (values: readonly number[]) => Math.max(...values),
  last: (values: readonly number[]) => values[values.length - 1]!,
} as const;

/**
 * The book between decisions and learning: it keeps decisions until their attribution window has closed, gathers,
 * corrects and withdraws their rewards, and hands each decision's outcome out once. Recording anything twice changes
 * nothing, so at-least-once delivery is enough.
 */
export class RewardLedger {
  readonly options: Required<LedgerOptions>;
  readonly counts: LedgerCounts = { late: 0, afterSettlement: 0 };
  readonly #entries = new Map<string, Entry>();

  /**
   * @param options  attribution window, rule for missing rewards, rule for several
   * @throws ExperimentError `out_of_range` at ["windowHours"] or ["combine"]; `not_finite` at ["missing"]
   */
  constructor(options: LedgerOptions) {
    const { windowHours, missing = 0, combine = "sum" } = options;
    if (!(windowHours > 0 && windowHours < 1 / 0))
      throw new ExperimentError({ out_of_range }, ["windowHours"], windowHours);
    if (missing !== null && !Number.isFinite(missing))
      throw new ExperimentError({ not_finite }, ["missing"], missing);
    if (!Object.hasOwn(combiners, combine)) throw new ExperimentError({ out_of_range }, ["combine"], combine);
    this.options = { windowHours, missing, combine };
  }

  /** Number of decisions whose outcome has not been handed out. */
  get pending(): number {
    let count = 0;
    for (const entry of this.#entries.values()) if (!entry.settled) count += 1;
    return count;
  }

  /**
   * Records a decision; the same again changes nothing.
   * @param decision  from `decide`
   * @throws ExperimentError `conflicting_decision` at ["action"] when the id is known with another action
   */
  decision(decision: Pick<Decision, "id" | "action" | "at" | "context">): void {
    const { id, action, at, context } = decision;
    const known = this.#entries.get(id);
    if (known && JSON.stringify(known.action) !== JSON.stringify(action))
      throw new ExperimentError({ conflicting_decision }, ["action"], id);
    if (!known) this.#entries.set(id, { action, at, context, settled: false, rewards: {} });
  }

  /**
   * Records or corrects a reward.
   * @param reward  what came in
   * @returns whether it will be learned; if not, `counts` says why
   * @throws ExperimentError `unknown_decision` at ["decisionId"]; `not_finite` at ["value"]; `wrong_type` at ["at"]
   */
  reward({ decisionId, id, value, at, kind = "reward" }: RewardRecord): boolean {
    const entry = this.#entry(decisionId);
    if (!Number.isFinite(value)) throw new ExperimentError({ not_finite }, ["value"], value);
    const delay = Date.parse(at) - Date.parse(entry.at);
    if (!Number.isFinite(delay)) throw new ExperimentError({ wrong_type }, ["at"], at);
    const known = entry.rewards[id];
    if (known?.value === value && known.at === at) return true;
    if (delay > this.options.windowHours * 3_600_000) {
      this.counts.late += 1;
      return false;
    }
    if (entry.settled) {
      this.counts.afterSettlement += 1;
      return false;
    }
    entry.rewards[id] = { value, at, kind };
    return true;
  }

  /**
   * Withdraws a reward (a return, a fraud); withdrawing what is not there changes nothing.
   * @param decisionId  the decision's
   * @param id          the reward's
   * @returns whether it will be left out of what is learned
   * @throws ExperimentError `unknown_decision` at ["decisionId"]
   */
  withdraw(decisionId: string, id: string): boolean {
    const entry = this.#entry(decisionId);
    if (!entry.rewards[id]) return true;
    if (entry.settled) {
      this.counts.afterSettlement += 1;
      return false;
    }
    delete entry.rewards[id];
    return true;
  }

  /**
   * The outcomes of all decisions whose window has closed, each once: a batch for `update`.
   * @param now  the present
   * @returns for every kind of reward asked for, the outcomes in order of their decisions' ids
   * @param kinds  kinds of reward; default `["reward"]`
   */
  settle(now: Date, kinds: readonly string[] = ["reward"]): Record<string, Outcome[]> {
    const { windowHours, missing, combine } = this.options;
    const closed = [...this.#entries]
      .filter(([, entry]) => !entry.settled && now.getTime() - Date.parse(entry.at) > windowHours * 3_600_000)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const outcomes: Record<string, Outcome[]> = Object.fromEntries(kinds.map((kind) => [kind, []]));
    for (const [, entry] of closed) {
      entry.settled = true;
      const rewards = Object.entries(entry.rewards)
        .sort(([a, x], [b, y]) => (x.at === y.at ? (a < b ? -1 : 1) : x.at < y.at ? -1 : 1))
        .map(([, reward]) => reward);
      for (const kind of kinds) {
        const values = rewards.filter((reward) => reward.kind === kind).map(({ value }) => value);
        const reward = values.length > 0 ? combiners[combine](values) : missing;
        if (reward !== null) outcomes[kind]!.push({ action: entry.action, reward, context: entry.context });
      }
    }
    return outcomes;
  }

  /**
   * Forgets settled decisions whose window closed before a time; later rewards for them are unknown decisions.
   * @param before  the time
   */
  prune(before: Date): void {
    for (const [id, entry] of this.#entries)
      if (entry.settled && Date.parse(entry.at) + this.options.windowHours * 3_600_000 < before.getTime())
        this.#entries.delete(id);
  }

  /** The ledger as JSON, `essai.ledger/1`. */
  toJSON(): Json {
    return {
      format: "essai.ledger/1",
      options: { ...this.options },
      counts: { ...this.counts },
      entries: [...this.#entries].map(([id, entry]) => ({ id, ...entry })) as unknown as Json,
    };
  }

  /**
   * A ledger from its JSON.
   * @param json  what `toJSON` gave, parsed
   * @returns an equal ledger
   * @throws ExperimentError `unsupported_format` at ["format"]; `wrong_type` at ["entries"]
   */
  static from(json: unknown): RewardLedger {
    const { format, options, counts, entries } = (json ?? {}) as {
      format?: string;
      options: LedgerOptions;
      counts: LedgerCounts;
      entries: (Entry & { id: string })[];
    };
    if (format !== "essai.ledger/1") throw new ExperimentError({ unsupported_format }, ["format"], format);
    if (!Array.isArray(entries)) throw new ExperimentError({ wrong_type }, ["entries"], entries);
    const ledger = new RewardLedger(options);
    Object.assign(ledger.counts, counts);
    for (const { id, ...entry } of entries)
      ledger.#entries.set(id, { ...entry, rewards: { ...entry.rewards } });
    return ledger;
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id);
    if (!entry) throw new ExperimentError({ unknown_decision }, ["decisionId"], id);
    return entry;
  }
}
