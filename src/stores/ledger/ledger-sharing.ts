import type { BanditState } from "../../bandits/index.js";
import {
  keptDecision,
  keptReward,
  type LedgerDecision,
  type RewardRecord,
  withdrawal,
} from "../../bandits/ledger/index.js";
import { ExperimentError, ledger_closed, refuseType } from "../../errors/index.js";
import { fellBack } from "../fell-back.js";
import type { SharedBandit } from "../shared-bandit.js";
import type { LedgerStats, SharedLedger } from "../shared-ledger.js";
import type { Leases } from "./leases.js";
import type { LedgerRecord } from "./ledger-chunk.js";
import type { LedgerQueue } from "./ledger-queue.js";
import { logName, Shard, type ShardPlace } from "./shard.js";
import type { SharedCounts } from "./shard-facts.js";
import type { AsideDecision } from "./standing.js";

const LONGEST_PAUSE = 60_000;

interface Tuning {
  readonly every: number;
  readonly tell: (error: unknown) => void;
}

/** A shared ledger; its options are checked. */
export class LedgerSharing<Kind extends string, V extends string, P> implements SharedLedger<Kind, V, P> {
  readonly shared: SharedLedger<Kind, V, P>["shared"];
  readonly #kinds: readonly Kind[];
  readonly #place: ShardPlace;
  readonly #queue: LedgerQueue;
  readonly #leases: Leases;
  readonly #tuning: Tuning;
  readonly #shards = new Map<number, Shard>();
  /** Shards that were let go of: should the store have fallen back, they know what it lacks. */
  readonly #former = new Map<number, Shard>();
  /** The shards that are this process's, whether it has taken them over yet or not. */
  #own: readonly number[] = [];
  #restored = 0;
  #failures = 0;
  #problem: unknown;
  #round: Promise<LedgerStats> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pause = 0;
  #closed = false;

  constructor(
    shared: Readonly<Record<Kind, SharedBandit<V, P>>>,
    place: ShardPlace,
    queue: LedgerQueue,
    leases: Leases,
    tuning: Tuning,
  ) {
    this.shared = shared;
    this.#kinds = Object.keys(shared) as Kind[];
    this.#place = place;
    this.#queue = queue;
    this.#leases = leases;
    this.#tuning = tuning;
    this.#schedule();
  }

  get bandits(): Readonly<Record<Kind, BanditState<V, P>>> {
    const all = this.#kinds.map((kind) => [kind, this.shared[kind].bandit] as const);
    return Object.fromEntries(all) as Record<Kind, BanditState<V, P>>;
  }

  decision(decision: LedgerDecision): void {
    const { id, action, at, context } = keptDecision(decision);
    this.#add({ type: "decision", id, action, at, context });
  }

  reward(reward: RewardRecord): void {
    const kept = keptReward(reward, this.#kinds);
    this.#add({ type: "reward", id: reward.decisionId, reward: kept });
  }

  withdraw(decisionId: string, id: string): void {
    if (typeof decisionId !== "string") refuseType(decisionId, ["decisionId"], "text");
    if (typeof id !== "string") refuseType(id, ["id"], "text");
    this.#add({ type: "reward", id: decisionId, reward: withdrawal(id) });
  }

  release(decisionId: string): void {
    if (typeof decisionId !== "string") refuseType(decisionId, ["decisionId"], "text");
    this.#add({ type: "release", id: decisionId });
  }

  sync(): Promise<LedgerStats> {
    this.#round ??= this.#exchange().finally(() => {
      this.#round = undefined;
      this.#schedule();
    });
    return this.#round;
  }

  quarantined(): readonly AsideDecision[] {
    return [...this.#shards.values()].flatMap(({ aside }) => aside);
  }

  stats(): LedgerStats {
    const shards = [...this.#shards.values()];
    const total = (of: (shard: Shard) => number) => shards.reduce((sum, shard) => sum + of(shard), 0);
    const counts: SharedCounts = {
      late: total((shard) => shard.counts.late),
      conflicting: total((shard) => shard.counts.conflicting),
      pruned: total((shard) => shard.counts.pruned),
      early: total((shard) => shard.counts.early),
      unmatched: total((shard) => shard.counts.unmatched),
      corrected: total((shard) => shard.counts.corrected),
    };
    return {
      queued: this.#queue.size,
      restored: this.#queue.again + this.#restored,
      lost: this.#queue.lost,
      shards: shards.length,
      pending: total(({ pending }) => pending),
      waiting: total(({ waiting }) => waiting),
      quarantined: total(({ aside }) => aside.length),
      ...counts,
      failures: this.#failures,
      ...(this.#problem !== undefined && { problem: this.#problem }),
    };
  }

  async close(): Promise<LedgerStats> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#round;
    await this.sync();
    try {
      await this.#leases.renew(true);
    } catch (error) {
      // Its shards are missed after a while.
      this.#tuning.tell(error);
    }
    await Promise.all(this.#kinds.map((kind) => this.shared[kind].close()));
    this.#queue.close();
    return this.stats();
  }

  #add(record: LedgerRecord): void {
    if (this.#closed) throw new ExperimentError({ ledger_closed }, ["ledger"]);
    this.#queue.add(record);
  }

  async #exchange(): Promise<LedgerStats> {
    const failed: unknown[] = [];
    const tried = async (run: () => Promise<unknown>) => {
      try {
        await run();
        return true;
      } catch (error) {
        failed.push(error);
        return false;
      }
    };
    await tried(() => this.#queue.flush());
    const leased = await tried(async () => this.#keep(await this.#leases.renew()));
    if (leased) for (const number of this.#former.keys()) await tried(() => this.#restore(number));
    else this.#keep([]);
    for (const number of this.#own) await tried(() => this.#settle(number));
    await Promise.all(
      this.#kinds.map(async (kind) => {
        const { problem } = await this.shared[kind].sync();
        if (problem !== undefined) failed.push(problem);
      }),
    );
    this.#failures = failed.length > 0 ? this.#failures + 1 : 0;
    this.#problem = failed[0];
    if (failed.length > 0) this.#tuning.tell(failed[0]);
    return this.stats();
  }

  /** Lets go of shards that are not this process's any more. */
  #keep(numbers: readonly number[]): void {
    this.#own = numbers;
    for (const number of this.#shards.keys()) if (!numbers.includes(number)) this.#letGo(number);
  }

  #letGo(number: number): void {
    const shard = this.#shards.get(number);
    this.#shards.delete(number);
    if (shard && !this.#former.has(number)) this.#former.set(number, shard);
  }

  async #restore(number: number): Promise<void> {
    const given = (await this.#former.get(number)?.restore()) ?? 0;
    this.#former.delete(number);
    this.#restored += given;
    if (given > 0) this.#tuning.tell(fellBack(logName(this.#place.name, number), given, given));
  }

  async #settle(number: number): Promise<void> {
    const shard = this.#shards.get(number) ?? (await Shard.take(number, this.#place));
    this.#shards.set(number, shard);
    try {
      await shard.round();
    } catch (error) {
      this.#letGo(number);
      throw error;
    }
  }

  #schedule(): void {
    const { every } = this.#tuning;
    if (every === 0 || this.#closed) return;
    clearTimeout(this.#timer);
    this.#pause = this.#failures > 0 ? Math.max(every, Math.min(2 * this.#pause, LONGEST_PAUSE)) : every;
    this.#timer = setTimeout(() => void this.sync(), this.#pause);
    // It keeps no process alive; timers of pages and workers are numbers.
    Object(this.#timer).unref?.();
  }
}
