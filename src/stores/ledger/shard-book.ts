import {
  compareRecords,
  IdIndex,
  idHash,
  type KeptReward,
  type Place,
  type SetAside,
  worthOf,
} from "../../bandits/ledger/index.js";
import type { Json } from "../../core/json.js";
import { DelayModel } from "./delay-model.js";
import type { KindRule } from "./kind-rules.js";
import { type Chunk, chunkOf, type LedgerRecord, refOf, type Settlement } from "./ledger-chunk.js";
import { emptyCounts, type ShardCounts, type ShardFacts } from "./shard-facts.js";
import { ShardSlice, type Standing } from "./shard-slice.js";

/** The longest window is cut into this many slices; and silence is looked at this often within a window. */
const SLICES = 64;
/** The weight of what is learned whole. */
export const WHOLE = 64;
/** Silence is learned anew once it counts so much more. */
const STEP = 8;
const MOST_EARLY = 100_000;
const keyOf = (slice: number, row: number): number => slice * 2 ** 32 + row;
const nothing: Standing = { value: 0, weight: 0 };

/** One decision that is to stand otherwise with one kind of reward. */
export interface StandingChange {
  readonly slice: ShardSlice;
  readonly row: number;
  readonly kind: number;
  readonly from: Standing;
  readonly to: Standing;
}

/** A decision that was set aside. */
export interface AsideDecision extends SetAside {
  readonly decisionId: string;
  readonly kind: string;
}

interface Early {
  readonly reward: KeptReward;
  readonly chunk: number;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** What a shard of a ledger holds, packed: made of its log, and made again by whoever takes it over. Nothing is stored here. */
export class ShardBook {
  readonly counts: ShardCounts;
  readonly delays: readonly DelayModel[];
  readonly #rules: readonly KindRule[];
  readonly #window: number;
  readonly #keep: number;
  readonly #facts: ShardFacts;
  readonly #slices = new Map<number, ShardSlice>();
  readonly #numbered: (ShardSlice | undefined)[] = [];
  readonly #index = new IdIndex((place) => this.#at(place)?.slice.entries.hash(place.row) ?? 0);
  readonly #actions: Readonly<Record<string, string>>[] = [];
  readonly #actionTexts: string[] = [];
  readonly #actionNumbers = new Map<string, number>();
  readonly #touched = new Map<number, Place>();
  readonly #early = new Map<string, Early[]>();
  readonly #aside = new Map<string, AsideDecision>();
  /** In the order of the log: which decisions an entry tells of, by the time of the last. */
  readonly #needed: { readonly number: number; until: number }[] = [];
  /** While it is being made: where the decisions of a chunk are. */
  #places: Map<number, (Place | undefined)[]> | undefined = new Map();
  #forgottenBefore: number;
  #waiting = 0;
  #open = 0;

  /**
   * @param keep   milliseconds that decisions are known after their last window
   * @param facts  of the shard, when it was taken over
   */
  constructor(rules: readonly KindRule[], keep: number, facts: ShardFacts) {
    this.#rules = rules;
    this.#window = Math.max(...rules.map(({ window }) => window));
    this.#keep = keep;
    this.#facts = facts;
    this.counts = { ...emptyCounts, ...facts.counts };
    this.delays = rules.map(
      ({ kind, window }) =>
        new DelayModel(window, facts.delays[kind] ?? { arrived: [], all: [0, 0], actions: [] }),
    );
    this.#forgottenBefore = facts.forgottenBefore ?? -1 / 0;
  }

  /** Decisions of which a window has not closed. */
  get open(): number {
    return this.#open;
  }

  /** Rewards and withdrawals that wait for their decision. */
  get waiting(): number {
    return this.#waiting;
  }

  get aside(): readonly AsideDecision[] {
    return [...this.#aside.values()];
  }

  /** Decisions that were made before this are forgotten. */
  get forgottenBefore(): number | null {
    return Number.isFinite(this.#forgottenBefore) ? this.#forgottenBefore : null;
  }

  idOf({ slice, row }: StandingChange): string {
    return slice.entries.id(row);
  }

  outcomeOf({ slice, row }: StandingChange): {
    readonly decisionId: string;
    readonly action: Readonly<Record<string, string>>;
    readonly context: Json;
  } {
    const { entries } = slice;
    return {
      decisionId: entries.id(row),
      action: this.#actions[entries.action(row)] ?? {},
      context: entries.context(row),
    };
  }

  /** Takes an entry of the log in, the next one. */
  take(number: number, { now, records }: Chunk): void {
    const counted = number > this.#facts.counted;
    const needed = { number, until: -1 / 0 };
    this.#needed.push(needed);
    records.forEach((record, place) => {
      const until = this.#record(record, refOf(number, place), now, counted);
      needed.until = Math.max(needed.until, until);
    });
  }

  /** Takes in what an earlier holder has settled, in the order in which it did. */
  takeSettlement({ groups }: Settlement): void {
    for (const { kind, value, weight, refs } of groups) {
      const k = this.#rules.findIndex((rule) => rule.kind === kind);
      if (k < 0) continue;
      let ref = 0;
      for (const distance of refs) {
        ref += distance;
        const chunk = chunkOf(ref);
        const place = this.#places?.get(chunk)?.[ref - refOf(chunk, 0)];
        const slice = place && this.#numbered[place.slice];
        if (slice) slice.stand(place.row, k, { value, weight });
      }
    }
  }

  /** Ends its making: what had closed when the last settlement was made is known to have. */
  made(): void {
    this.#places = undefined;
    const { closedBefore } = this.#facts;
    if (closedBefore === null) return;
    for (const slice of this.#slices.values())
      for (let row = 0; row < slice.entries.rows; row++)
        this.#rules.forEach(({ window }, k) => {
          if (slice.entries.time(row) + window < closedBefore) this.#close(slice, row, k);
        });
  }

  /** What is to stand otherwise from a time on. All of it, where it is fewer than `most`. */
  changes(now: number, most: number): StandingChange[] {
    const found: StandingChange[] = [];
    const looked = new Set<number>();
    for (const [key, { slice: number, row }] of this.#touched) {
      if (found.length >= most) return found;
      this.#touched.delete(key);
      looked.add(key);
      const slice = this.#numbered[number];
      if (slice) this.#look(slice, row, now, found);
    }
    for (const slice of this.#slices.values()) {
      if (slice.next > now) continue;
      let next = 1 / 0;
      for (let row = 0; row < slice.entries.rows; row++) {
        const key = keyOf(slice.entries.number, row);
        next = Math.min(next, this.#look(slice, row, now, looked.has(key) ? [] : found));
        if (found.length >= most) return found;
      }
      slice.next = next;
    }
    return found;
  }

  /** Sets decisions aside, for one kind of reward, until something changes about them. */
  setAside(changes: readonly StandingChange[], why: ReadonlyMap<string, SetAside>): void {
    for (const change of changes) {
      const decisionId = this.idOf(change);
      const kind = this.#rules[change.kind]?.kind ?? "";
      const told = why.get(decisionId);
      if (told) this.#aside.set(`${kind} ${decisionId}`, { decisionId, kind, ...told });
    }
  }

  stand(changes: readonly StandingChange[]): void {
    for (const { slice, row, kind, to } of changes) slice.stand(row, kind, to);
  }

  /**
   * Forgets decisions that have been settled for long.
   * @returns how much of the log nothing is left of
   */
  forget(now: number): number {
    const width = this.#window / SLICES;
    const before = now - this.#window - this.#keep;
    let reached = Math.floor(before / width) * width;
    for (const [bucket, slice] of this.#slices) {
      if ((bucket + 1) * width > before) continue;
      if (slice.next < 1 / 0 || this.#touched.size > 0) reached = Math.min(reached, bucket * width);
      else this.#drop(bucket, slice);
    }
    this.#forgottenBefore = Math.max(this.#forgottenBefore, reached);
    for (const [decisionId, waiting] of this.#early) {
      const left = waiting.filter(({ since }) => since >= this.#forgottenBefore);
      if (left.length === waiting.length) continue;
      this.#waiting -= waiting.length - left.length;
      this.counts.unmatched += waiting.length - left.length;
      if (left.length > 0) this.#early.set(decisionId, left);
      else this.#early.delete(decisionId);
    }
    let upTo = 0;
    while (this.#needed[0] && this.#needed[0].until < this.#forgottenBefore) {
      upTo = this.#needed[0].number;
      this.#needed.shift();
    }
    return upTo;
  }

  #at({ slice: number, row }: Place) {
    const slice = this.#numbered[number];
    return slice && { slice, row };
  }

  #find(id: string): Place | undefined {
    const hash = idHash(id);
    return this.#index.find(hash, (place) => {
      const slice = this.#numbered[place.slice]?.entries;
      return slice !== undefined && slice.hash(place.row) === hash && slice.hasId(place.row, id);
    });
  }

  /** @returns the time of the decision that it tells of */
  #record(record: LedgerRecord, ref: number, now: number, counted: boolean): number {
    const count = (of: keyof ShardCounts) => {
      if (counted) this.counts[of]++;
    };
    if (record.type === "decision") return this.#decision(record, ref, count);
    const place = this.#find(record.id);
    const held = place && this.#at(place);
    if (record.type === "release") {
      if (place && held) this.#touch(place);
      return -1 / 0;
    }
    const { reward } = record;
    if (!place || !held) {
      const since = reward.at ?? now;
      if (this.#waiting >= MOST_EARLY || since < this.#forgottenBefore) {
        count("unmatched");
        return -1 / 0;
      }
      const waiting = this.#early.get(record.id) ?? [];
      if (waiting.some(({ reward: each }) => each.id === reward.id && compareRecords(each, reward) === 0))
        return since;
      this.#early.set(record.id, [...waiting, { reward, chunk: chunkOf(ref), since }]);
      this.#waiting++;
      count("early");
      return since;
    }
    this.#reward(place, reward, count);
    return held.slice.entries.time(held.row);
  }

  #decision(
    { id, action, at, context }: LedgerRecord & { readonly type: "decision" },
    ref: number,
    count: (of: keyof ShardCounts) => void,
  ): number {
    const known = this.#find(id);
    const number = this.#actionNumber(action);
    if (known) {
      if (this.#at(known)?.slice.entries.action(known.row) !== number) count("conflicting");
      return -1 / 0;
    }
    if (at < this.#forgottenBefore) {
      count("pruned");
      return -1 / 0;
    }
    const bucket = Math.floor((at * SLICES) / this.#window);
    let slice = this.#slices.get(bucket);
    if (!slice) {
      const free = this.#numbered.indexOf(undefined);
      slice = new ShardSlice(free < 0 ? this.#numbered.length : free, this.#rules.length);
      this.#numbered[slice.entries.number] = slice;
      this.#slices.set(bucket, slice);
    }
    const hash = idHash(id);
    const row = slice.entries.add(hash, id, number, at, context);
    slice.added(ref);
    slice.next = Math.min(slice.next, ...this.#rules.map((rule) => this.#soonest(rule, at)));
    const place = { slice: slice.entries.number, row };
    this.#index.add(hash, place);
    this.#open++;
    if (this.#places) {
      const chunk = chunkOf(ref);
      const places = this.#places.get(chunk) ?? [];
      places[ref - refOf(chunk, 0)] = place;
      this.#places.set(chunk, places);
    }
    const waiting = this.#early.get(id) ?? [];
    this.#early.delete(id);
    this.#waiting -= waiting.length;
    for (const { reward, chunk } of waiting) {
      this.#reward(place, reward, count);
      const needed = this.#needed.find((each) => each.number === chunk);
      if (needed) needed.until = Math.max(needed.until, at);
    }
    return at;
  }

  #reward(place: Place, reward: KeptReward, count: (of: keyof ShardCounts) => void): void {
    const held = this.#at(place);
    if (!held) return;
    const { entries } = held.slice;
    const rule = this.#rules.find(({ kind }) => kind === reward.kind);
    const window = rule?.window ?? this.#window;
    if (reward.value !== null && (reward.at ?? 0) - entries.time(place.row) > window) {
      count("late");
      return;
    }
    const known = entries.reward(place.row, reward.id);
    if (known && compareRecords(reward, known) <= 0) return;
    entries.setReward(place.row, reward);
    this.#touch(place);
  }

  #touch(place: Place): void {
    this.#touched.set(keyOf(place.slice, place.row), place);
    const id = this.#at(place)?.slice.entries.id(place.row) ?? "";
    if (this.#aside.size > 0) for (const { kind } of this.#rules) this.#aside.delete(`${kind} ${id}`);
  }

  #soonest({ window, early, missing }: KindRule, at: number): number {
    return early && missing !== null ? at + window / SLICES : at + window;
  }

  /** @returns when something about a decision changes by itself */
  #look(slice: ShardSlice, row: number, now: number, found: StandingChange[]): number {
    const { entries } = slice;
    const at = entries.time(row);
    const rewards = entries.rewards(row);
    let next = 1 / 0;
    this.#rules.forEach((rule, kind) => {
      const value = rewards.length > 0 ? worthOf(rewards, rule.kind, rule.combine) : undefined;
      const from = slice.standing(row, kind);
      const closes = at + rule.window;
      const wasClosed = slice.closed(row, kind);
      if (closes >= now) {
        const looksAgain = rule.early && rule.missing !== null && value === undefined;
        next = Math.min(next, looksAgain ? now + rule.window / SLICES : 1 / 0, closes + 1e-3);
      } else if (!wasClosed) {
        this.#close(slice, row, kind);
        const times = rewards.flatMap((each) => (each.kind === rule.kind && each.at !== null ? each.at : []));
        const delay = times.length > 0 ? Math.min(...times) - at : undefined;
        this.delays[kind]?.closed(this.#actionTexts[entries.action(row)] ?? "", delay);
      }
      const to = this.#wanted(slice, row, kind, value, now);
      if (to.weight === from.weight && (to.value === from.value || to.weight === 0)) return;
      if (wasClosed && from.weight > 0) this.counts.corrected++;
      found.push({ slice, row, kind, from, to });
    });
    return next;
  }

  #wanted(slice: ShardSlice, row: number, kind: number, value: number | undefined, now: number): Standing {
    const rule = this.#rules[kind];
    const { entries } = slice;
    if (!rule || (this.#aside.size > 0 && this.#aside.has(`${rule.kind} ${entries.id(row)}`))) return nothing;
    const age = now - entries.time(row);
    const closed = age > rule.window;
    if (value !== undefined) return rule.early || closed ? { value, weight: WHOLE } : nothing;
    const { missing } = rule;
    if (missing === null) return nothing;
    if (closed) return { value: missing, weight: WHOLE };
    if (!rule.early) return nothing;
    const silence = this.delays[kind]?.silence(this.#actionTexts[entries.action(row)] ?? "", age) ?? 0;
    const weight = Math.min(WHOLE - 1, Math.floor(WHOLE * silence));
    const from = slice.standing(row, kind);
    const silent = from.weight < WHOLE && (from.value === missing || from.weight === 0);
    return silent && weight < from.weight + STEP ? from : { value: missing, weight };
  }

  #close(slice: ShardSlice, row: number, kind: number): void {
    slice.close(row, kind);
    if (this.#rules.every((_, k) => slice.closed(row, k))) this.#open--;
  }

  #actionNumber(action: Readonly<Record<string, string>>): number {
    const text = JSON.stringify(Object.entries(action).sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = this.#actionNumbers.get(text);
    if (known !== undefined) return known;
    const number = this.#actions.push(action) - 1;
    this.#actionTexts.push(text);
    this.#actionNumbers.set(text, number);
    return number;
  }

  #drop(bucket: number, slice: ShardSlice): void {
    const { entries } = slice;
    for (let row = 0; row < entries.rows; row++) {
      this.#index.remove(entries.hash(row), { slice: entries.number, row });
      if (this.#aside.size > 0)
        for (const { kind } of this.#rules) this.#aside.delete(`${kind} ${entries.id(row)}`);
    }
    this.#slices.delete(bucket);
    this.#numbered[entries.number] = undefined;
  }
}
