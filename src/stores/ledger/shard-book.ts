import {
  compareRecords,
  type KeptReward,
  type Place,
  type SetAside,
  worthOf,
} from "../../bandits/ledger/index.js";
import { ActionNumbers } from "./action-numbers.js";
import { DelayModel } from "./delay-model.js";
import { EarlyRecords } from "./early-records.js";
import { HeldDecisions } from "./held-decisions.js";
import type { KindRule } from "./kind-rules.js";
import { type Chunk, chunkOf, type LedgerRecord, refOf, type Settlement } from "./ledger-chunk.js";
import { LogNeeds } from "./log-needs.js";
import { emptyCounts, type ShardCounts, type ShardFacts } from "./shard-facts.js";
import type { ShardSlice } from "./shard-slice.js";
import { type AsideDecision, nothing, type Standing } from "./standing.js";
import type { StandingChange } from "./standing-change.js";
import { wantedStanding } from "./wanted-standing.js";

/** The longest window is cut into this many slices; and silence is looked at this often within a window. */
const SLICES = 64;
const MOST_EARLY = 100_000;
const keyOf = (slice: number, row: number): number => slice * 4_294_967_296 + row;

/** What a shard of a ledger holds, packed: made of its log, and made again by whoever takes it over. Nothing is stored here. */
export class ShardBook {
  readonly counts: ShardCounts;
  readonly delays: readonly DelayModel[];
  readonly #rules: readonly KindRule[];
  readonly #window: number;
  readonly #keep: number;
  readonly #facts: ShardFacts;
  readonly #held: HeldDecisions;
  readonly #actions = new ActionNumbers();
  readonly #touched = new Map<number, Place>();
  readonly #early = new EarlyRecords();
  readonly #aside = new Map<string, AsideDecision>();
  readonly #needs = new LogNeeds();
  /** While it is being made: where the decisions of a chunk are. */
  #places: Map<number, (Place | undefined)[]> | undefined = new Map();
  #forgottenBefore: number;
  #open = 0;

  /**
   * @param keep   milliseconds that decisions are known after their last window
   * @param facts  of the shard, when it was taken over
   */
  constructor(rules: readonly KindRule[], keep: number, facts: ShardFacts) {
    this.#rules = rules;
    this.#held = new HeldDecisions(rules.length);
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
    return this.#early.size;
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

  outcomeOf({ slice, row }: StandingChange) {
    const { entries } = slice;
    return {
      decisionId: entries.id(row),
      action: this.#actions.action(entries.action(row)),
      context: entries.context(row),
    };
  }

  /** Takes an entry of the log in, the next one. */
  take(number: number, { now, records }: Chunk): void {
    const counted = number > this.#facts.counted;
    const times = records.map((record, place) => this.#record(record, refOf(number, place), now, counted));
    this.#needs.add(number, Math.max(-1 / 0, ...times));
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
        const slice = place && this.#held.slice(place.slice);
        if (slice) slice.stand(place.row, k, { value, weight });
      }
    }
  }

  /** Ends its making: what had closed when the last settlement was made is known to have. */
  made(): void {
    this.#places = undefined;
    const { closedBefore } = this.#facts;
    if (closedBefore === null) return;
    for (const slice of this.#held.slices.values())
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
      const slice = this.#held.slice(number);
      if (slice) this.#look(slice, row, now, found);
    }
    for (const slice of this.#held.slices.values()) {
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
    for (const [span, slice] of this.#held.slices) {
      if ((span + 1) * width > before) continue;
      if (slice.next < 1 / 0 || this.#touched.size > 0) reached = Math.min(reached, span * width);
      else this.#drop(span, slice);
    }
    this.#forgottenBefore = Math.max(this.#forgottenBefore, reached);
    this.counts.unmatched += this.#early.forget(this.#forgottenBefore);
    return this.#needs.forget(this.#forgottenBefore);
  }

  /** What another book of the same shard has not heard of. */
  *lackingIn(other: ShardBook): Generator<LedgerRecord> {
    for (const { entries } of this.#held.slices.values())
      for (let row = 0; row < entries.rows; row++) {
        const [id, at] = [entries.id(row), entries.time(row)];
        if (at < other.#forgottenBefore) continue;
        const action = this.#actions.action(entries.action(row));
        if (!other.#held.find(id)) yield { type: "decision", id, action, at, context: entries.context(row) };
        for (const reward of entries.rewards(row))
          if (!other.#heard(id, reward)) yield { type: "reward", id, reward };
      }
    for (const [id, reward] of this.#early)
      if (!other.#heard(id, reward)) yield { type: "reward", id, reward };
  }

  #heard(id: string, reward: KeptReward): boolean {
    const place = this.#held.find(id);
    const held = place && this.#at(place);
    if (!held) return this.#early.has(id, reward);
    const known = held.slice.entries.reward(held.row, reward.id);
    return known !== undefined && compareRecords(reward, known) <= 0;
  }

  #at({ slice: number, row }: Place) {
    const slice = this.#held.slice(number);
    return slice && { slice, row };
  }

  /** @returns the time of the decision that it tells of */
  #record(record: LedgerRecord, ref: number, now: number, counted: boolean): number {
    const count = (of: keyof ShardCounts) => {
      if (counted) this.counts[of]++;
    };
    if (record.type === "decision") return this.#decision(record, ref, count);
    const place = this.#held.find(record.id);
    const held = place && this.#at(place);
    if (record.type === "release") {
      if (place && held) this.#touch(place);
      return -1 / 0;
    }
    const { reward } = record;
    if (!place || !held) {
      const since = reward.at ?? now;
      if (this.#early.size >= MOST_EARLY || since < this.#forgottenBefore) {
        count("unmatched");
        return -1 / 0;
      }
      if (this.#early.add(record.id, { reward, chunk: chunkOf(ref), since })) count("early");
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
    const known = this.#held.find(id);
    const number = this.#actions.of(action);
    if (known) {
      if (this.#at(known)?.slice.entries.action(known.row) !== number) count("conflicting");
      return -1 / 0;
    }
    if (at < this.#forgottenBefore) {
      count("pruned");
      return -1 / 0;
    }
    const span = Math.floor((at * SLICES) / this.#window);
    const { slice, place } = this.#held.add(span, { id, action: number, at, context }, ref);
    slice.next = Math.min(slice.next, ...this.#rules.map((rule) => this.#soonest(rule, at)));
    this.#open++;
    if (this.#places) {
      const chunk = chunkOf(ref);
      const places = this.#places.get(chunk) ?? [];
      places[ref - refOf(chunk, 0)] = place;
      this.#places.set(chunk, places);
    }
    for (const { reward, chunk } of this.#early.take(id)) {
      this.#reward(place, reward, count);
      this.#needs.extend(chunk, at);
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
        this.delays[kind]?.closed(this.#actions.text(entries.action(row)), delay);
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
    const action = this.#actions.text(entries.action(row));
    const age = now - entries.time(row);
    return wantedStanding(rule, this.delays[kind], slice.standing(row, kind), value, action, age);
  }

  #close(slice: ShardSlice, row: number, kind: number): void {
    slice.close(row, kind);
    if (this.#rules.every((_, k) => slice.closed(row, k))) this.#open--;
  }

  #drop(span: number, { entries }: ShardSlice): void {
    for (let row = 0; row < entries.rows && this.#aside.size > 0; row++)
      for (const { kind } of this.#rules) this.#aside.delete(`${kind} ${entries.id(row)}`);
    this.#held.drop(span);
  }
}
