import type { BanditDelta, BanditState } from "../../bandits/index.js";
import { textHash } from "../../bandits/state/index.js";
import type { ExperimentError } from "../../errors/index.js";
import type { LedgerStore } from "../ledger-store.js";
import { unavailable } from "../unavailable.js";
import { deltaOfChanges } from "./delta-of-changes.js";
import type { KindRule } from "./kind-rules.js";
import {
  chunkText,
  type LedgerRecord,
  MOST_RECORDS,
  readEntry,
  type SettledGroup,
  type Settlement,
  settlementText,
} from "./ledger-chunk.js";
import { ShardBook } from "./shard-book.js";
import { factsText, newFacts, readFacts, type ShardFacts, tagOf } from "./shard-facts.js";
import type { AsideDecision } from "./standing.js";
import type { StandingChange } from "./standing-change.js";

/** Entries that are asked for at once. */
const ENTRIES = 64;
/** Decisions that are settled in one step: while it is taken, nothing else is done. */
const AT_ONCE = 10_000;

/** What a shard needs of the ledger that it is a part of. */
export interface ShardPlace {
  /** The ledger's name, which no other has. */
  readonly name: string;
  readonly source: string;
  readonly store: LedgerStore;
  readonly rules: readonly KindRule[];
  /** Milliseconds that decisions are known after their last window. */
  readonly keep: number;
  /** Of each kind. */
  bandit(kind: string): BanditState;
  merge(kind: string, delta: BanditDelta): Promise<void>;
  now(): number;
}

export const logName = (name: string, shard: number): string => `${name} ${shard}`;

/** Another process has taken the shard over, or the store has fallen back: what is known of it is over. */
export const lost = (shard: number): ExperimentError => unavailable(`shard ${shard} has changed hands`);

/**
 * A shard of a ledger, as the process has it that holds it. Whatever goes wrong, it is let go of and taken over again: all
 * that counts is in the store. A settlement is made when the shard's facts are swapped, with its deltas in them: whoever
 * has the shard next merges them first, and once.
 */
export class Shard {
  readonly number: number;
  readonly #place: ShardPlace;
  readonly #book: ShardBook;
  readonly #log: string;
  #facts: ShardFacts;
  #tag: string;
  #read = 0;
  /** Of the entry that was read last, to see that it is still there. */
  #hash = "";

  private constructor(number: number, place: ShardPlace, facts: ShardFacts, tag: string) {
    this.number = number;
    this.#place = place;
    this.#log = logName(place.name, number);
    this.#facts = facts;
    this.#tag = tag;
    this.#book = new ShardBook(place.rules, place.keep, facts);
  }

  /** Takes a shard over: whoever had it can settle nothing from then on. */
  static async take(number: number, place: ShardPlace): Promise<Shard> {
    const { store, source } = place;
    const log = logName(place.name, number);
    const held = await store.read(log, "");
    const before = held ? readFacts(held.record) : newFacts;
    const facts = { ...before, token: before.token + 1, holder: source };
    const text = factsText(facts);
    const tag = tagOf(facts.token, text);
    if (!(await store.replace(log, { record: text, revision: tag, replaces: held?.revision })))
      throw lost(number);
    const shard = new Shard(number, place, facts, tag);
    await shard.#make();
    return shard;
  }

  get pending(): number {
    return this.#book.open;
  }

  get waiting(): number {
    return this.#book.waiting;
  }

  get counts(): ShardFacts["counts"] {
    return this.#book.counts;
  }

  get aside(): readonly AsideDecision[] {
    return this.#book.aside;
  }

  /** Takes in what has come, and settles what is due. */
  async round(): Promise<void> {
    const held = await this.#place.store.read(this.#log, "");
    if (held?.revision !== this.#tag) throw lost(this.number);
    await this.#merge();
    await this.#pull(() => undefined);
    for (;;) {
      const now = this.#place.now();
      const changes = this.#book.changes(now, AT_ONCE);
      const upTo = this.#book.forget(now);
      if (changes.length > 0 || upTo > 0) await this.#settle(changes, now);
      // The entry that was read last stays, to be looked at again.
      if (upTo > 0) await this.#place.store.trim(this.#log, Math.min(upTo, this.#read - 1));
      if (changes.length < AT_ONCE) return;
    }
  }

  /**
   * Gives a store that has come back without some of the log again what was read of it, whoever has the shard by now.
   * @returns how many records
   */
  async restore(): Promise<number> {
    const { store, now } = this.#place;
    if (this.#read === 0) return 0;
    const [last] = await store.entries(this.#log, this.#read - 1, 1);
    // A later one: what was read last was settled, and removed.
    if (last && (last.number > this.#read || textHash(last.text) === this.#hash)) return 0;
    const found = await store.read(this.#log, "");
    const there = new Shard(this.number, this.#place, found ? readFacts(found.record) : newFacts, "");
    await there.#pull(() => undefined);
    let given = 0;
    for (const records of inChunks(this.#book.lackingIn(there.#book))) {
      await store.append(this.#log, chunkText({ now: now(), records }));
      given += records.length;
    }
    return given;
  }

  async #make(): Promise<void> {
    const settlements = new Map<string, Settlement>();
    await this.#pull((settlement) => settlements.set(settlement.id, settlement));
    const chain: Settlement[] = [];
    for (let id = this.#facts.last; id !== null; ) {
      const settlement = settlements.get(id);
      if (!settlement) break;
      chain.push(settlement);
      id = settlement.previous;
    }
    for (const settlement of chain.reverse()) this.#book.takeSettlement(settlement);
    this.#book.made();
  }

  /** Reads what follows in the log; the last entry again, as another one in its place says that the store has fallen back. */
  async #pull(hear: (settlement: Settlement) => void): Promise<void> {
    const { store } = this.#place;
    for (;;) {
      const after = Math.max(0, this.#read - 1);
      const found = await store.entries(this.#log, after, ENTRIES);
      const [first] = found;
      const entries = this.#read > 0 ? found.slice(1) : found;
      if (this.#read > 0 && (first?.number !== this.#read || textHash(first.text) !== this.#hash))
        throw lost(this.number);
      for (const { number, text } of entries) {
        const entry = readEntry(text);
        if ("chunk" in entry) this.#book.take(number, entry.chunk);
        else hear(entry.settlement);
      }
      const last = found.at(-1);
      if (last) [this.#read, this.#hash] = [last.number, textHash(last.text)];
      if (found.length < ENTRIES) return;
    }
  }

  async #settle(changes: readonly StandingChange[], now: number): Promise<void> {
    const { store, rules, name } = this.#place;
    const { token, last, settlements } = this.#facts;
    const sequences = { ...this.#facts.sequences };
    // The last ones stay: a store that fell back to the moment before they were merged takes no later ones.
    const before = this.#facts.deltas.filter(({ kind, delta }) => delta.sequence === sequences[kind]);
    const deltas: ShardFacts["deltas"][number][] = [];
    const made: StandingChange[] = [];
    rules.forEach(({ kind }, k) => {
      const own = changes.filter((change) => change.kind === k);
      if (own.length === 0) return;
      const sequence = (sequences[kind] ?? 0) + 1;
      const source = logName(name, this.number);
      const settled = deltaOfChanges(this.#book, this.#place.bandit(kind), own, source, sequence);
      this.#book.setAside(own, settled.refused);
      made.push(...settled.made);
      if (!settled.delta) return;
      sequences[kind] = sequence;
      deltas.push({ kind, delta: settled.delta });
    });
    const groups = groupsOf(made, rules);
    const id = groups.length > 0 ? `${token}.${settlements + 1}` : last;
    if (id !== null && groups.length > 0)
      await store.append(this.#log, settlementText({ id, previous: last, groups }));
    await this.#swap({
      ...this.#facts,
      last: id,
      settlements: settlements + 1,
      sequences,
      deltas: [...before, ...deltas],
      closedBefore: Math.max(now, this.#facts.closedBefore ?? now),
      forgottenBefore: this.#book.forgottenBefore,
      counted: this.#read,
      counts: { ...this.#book.counts },
      delays: {
        ...this.#facts.delays,
        ...Object.fromEntries(this.#book.delays.map((each, k) => [rules[k]?.kind ?? "", each.toJSON()])),
      },
    });
    this.#book.stand(made);
    await this.#merge(deltas);
  }

  async #swap(facts: ShardFacts): Promise<void> {
    const text = factsText(facts);
    const revision = tagOf(facts.token + facts.settlements, text);
    const swapped = await this.#place.store.replace(this.#log, {
      record: text,
      revision,
      replaces: this.#tag,
    });
    if (!swapped) throw lost(this.number);
    [this.#facts, this.#tag] = [facts, revision];
  }

  /** Merges what the last settlements have learned: once, however often it is tried. */
  async #merge(deltas = this.#facts.deltas): Promise<void> {
    for (const { kind, delta } of deltas) await this.#place.merge(kind, delta);
  }
}

function* inChunks(records: Iterable<LedgerRecord>): Generator<LedgerRecord[]> {
  let chunk: LedgerRecord[] = [];
  for (const record of records)
    if (chunk.push(record) === MOST_RECORDS) {
      yield chunk;
      chunk = [];
    }
  if (chunk.length > 0) yield chunk;
}

/** Changes in the form in which they are noted. */
function groupsOf(changes: readonly StandingChange[], rules: readonly KindRule[]): SettledGroup[] {
  const groups = new Map<string, { kind: string; value: number; weight: number; refs: number[] }>();
  for (const { slice, row, kind, from, to } of changes) {
    if (from.weight === 0 && to.weight === 0) continue;
    const name = rules[kind]?.kind ?? "";
    const key = `${kind} ${to.value} ${to.weight}`;
    const group = groups.get(key) ?? { kind: name, ...to, refs: [] };
    groups.set(key, group);
    group.refs.push(slice.ref(row));
  }
  return [...groups.values()].map(({ refs, ...group }) => {
    refs.sort((a, b) => a - b);
    return { ...group, refs: refs.map((ref, i) => ref - (refs[i - 1] ?? 0)) };
  });
}
