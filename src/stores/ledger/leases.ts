import { ExperimentError, other_ledger, taken_source } from "../../errors/index.js";
import type { Fields } from "../../shapes/index.js";
import type { LedgerStore } from "../ledger-store.js";
import { unavailable } from "../unavailable.js";
import { readStored, tagOf } from "./shard-facts.js";

const FORMAT = "essai.ledger-leases/1";
const MOST_TRIES = 100;

/** Which process has which shard. It says who should settle what; who may, the shard's facts say. */
interface LeaseRecord {
  readonly count: number;
  /** By shard, the name of the process that has it; null: nobody. */
  readonly holders: readonly (string | null)[];
  /** How often each process was here; one that does not come any more has lost its shards. */
  readonly beats: Readonly<Record<string, number>>;
}

const whole = { kind: "number", atLeast: 0, whole: true } as const;
const fields = {
  format: { kind: "word", of: [FORMAT], format: true },
  count: whole,
  holders: {
    kind: "list",
    of: { kind: "either", of: [{ kind: "null" }, { kind: "text" }] },
    atLeast: 1,
  },
  beats: { kind: "map", of: whole },
} as const satisfies Fields;

/** One process's part in the leases of a ledger's shards. No clocks are compared: each process watches the others' beats. */
export class Leases {
  readonly #store: LedgerStore;
  readonly #name: string;
  readonly #source: string;
  readonly #shards: number;
  readonly #lease: number;
  readonly #now: () => number;
  readonly #seen = new Map<string, { beat: number; at: number }>();
  #own: number | undefined;
  #wrote = -1 / 0;

  constructor(options: {
    readonly store: LedgerStore;
    readonly name: string;
    readonly source: string;
    readonly shards: number;
    readonly lease: number;
    readonly now: () => number;
  }) {
    this.#store = options.store;
    this.#name = `${options.name} leases`;
    this.#source = options.source;
    this.#shards = options.shards;
    this.#lease = options.lease;
    this.#now = options.now;
  }

  /**
   * Says that this process is there, and shares the shards out among those that are.
   * @param leaving  it takes none, and is gone
   * @returns the shards that are its own
   */
  async renew(leaving = false): Promise<readonly number[]> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const held = await this.#store.read(this.#name, "");
      const record = held && readStored<LeaseRecord>(held.record, FORMAT, fields);
      if (record && record.holders.length !== this.#shards)
        throw new ExperimentError({ other_ledger }, ["options", "shards"], this.#shards, {
          other: record.holders.length,
        });
      const { [this.#source]: beat } = record?.beats ?? {};
      if (this.#own !== undefined && beat !== undefined && beat > this.#own)
        throw new ExperimentError({ taken_source }, ["options", "source"], this.#source);
      const now = this.#now();
      const next = this.#next(record, now, leaving);
      const same = JSON.stringify(next.holders) === JSON.stringify(record?.holders);
      const fresh = same && beat !== undefined && Math.abs(now - this.#wrote) < this.#lease / 4;
      if (!(fresh && !leaving)) {
        const text = JSON.stringify({ format: FORMAT, ...next });
        const revision = tagOf(next.count, text);
        if (!(await this.#store.replace(this.#name, { record: text, revision, replaces: held?.revision })))
          continue;
        this.#own = next.beats[this.#source];
        this.#wrote = now;
      }
      return next.holders.flatMap((holder, shard) => (holder === this.#source ? shard : []));
    }
    throw unavailable(`${MOST_TRIES} others were faster`);
  }

  #next(record: LeaseRecord | undefined, now: number, leaving: boolean): LeaseRecord {
    const source = this.#source;
    const before = record?.beats ?? {};
    const beats: Record<string, number> = {};
    for (const [name, beat] of Object.entries(before)) {
      const seen = this.#seen.get(name);
      if (seen?.beat !== beat) this.#seen.set(name, { beat, at: now });
      const { at } = this.#seen.get(name) ?? { at: now };
      // A clock that was set back makes it wait anew.
      if (now < at) this.#seen.set(name, { beat, at: now });
      if (name !== source && now - at < this.#lease) beats[name] = beat;
    }
    if (!leaving) beats[source] = (before[source] ?? 0) + 1;
    const share = Math.ceil(this.#shards / Math.max(1, Object.keys(beats).length));
    let own = 0;
    const kept = Array.from({ length: this.#shards }, (_, shard) => {
      const holder = record?.holders[shard] ?? null;
      if (holder === null || !Object.hasOwn(beats, holder)) return null;
      return holder === source && ++own > share ? null : holder;
    });
    own = Math.min(own, share);
    const holders = kept.map((holder) => {
      if (holder !== null || leaving || own >= share) return holder;
      own++;
      return source;
    });
    return { count: (record?.count ?? 0) + 1, holders, beats };
  }
}
