import { canonicalEntries } from "../../core/code-point-order.js";
import { EarlyRewards } from "./early-rewards.js";
import { IdIndex, idHash, type Place } from "./id-index.js";
import { compareRecords, type KeptReward } from "./kept-reward.js";
import type { LedgerChange } from "./ledger-change.js";
import type { LedgerCounts, LedgerEntry } from "./ledger-entry.js";
import { LedgerSlice, stage } from "./ledger-slice.js";
import type { SetAside } from "./set-aside.js";

// A window is cut into this many slices; settling looks through one of them and takes the others whole.
const SLICES = 64;

/** A decision that the book holds. */
export interface Held {
  readonly slice: LedgerSlice;
  readonly row: number;
}

/** What a ledger holds, packed, and what each change does to it. Nothing is checked here. */
export class LedgerBook {
  readonly counts: LedgerCounts = {
    late: 0,
    afterSettlement: 0,
    redecided: 0,
    pruned: 0,
    early: 0,
    unmatched: 0,
    quarantined: 0,
  };
  readonly early = new EarlyRewards();
  /** Decisions whose window closed before this were pruned. */
  prunedBefore = -1 / 0;
  readonly #window: number;
  readonly #width: number;
  readonly #slices = new Map<number, LedgerSlice>();
  readonly #numbered: (LedgerSlice | undefined)[] = [];
  readonly #index = new IdIndex((place) => this.#held(place)?.slice.hash(place.row) ?? 0);
  readonly #actions: LedgerEntry["action"][] = [];
  readonly #actionNumbers = new Map<string, number>();
  readonly #aside = new Map<string, SetAside>();
  #open = 0;

  /** @param window  milliseconds from a decision to its settlement */
  constructor(window: number) {
    this.#window = window;
    this.#width = window / SLICES;
  }

  get open(): number {
    return this.#open;
  }

  find(id: string): Held | undefined {
    const hash = idHash(id);
    const place = this.#index.find(hash, (at) => {
      const slice = this.#numbered[at.slice];
      return slice !== undefined && slice.hash(at.row) === hash && slice.hasId(at.row, id);
    });
    return place && this.#held(place);
  }

  /** @returns the number under which equal actions are held, whatever the order of their factors */
  actionNumber(action: LedgerEntry["action"]): number {
    const text = JSON.stringify(canonicalEntries(action));
    const known = this.#actionNumbers.get(text);
    if (known !== undefined) return known;
    const number = this.#actions.push(action) - 1;
    this.#actionNumbers.set(text, number);
    return number;
  }

  entry({ slice, row }: Held): LedgerEntry {
    const id = slice.id(row);
    const stateHash = slice.stateHash(row);
    const aside = this.#aside.get(id);
    return {
      id,
      action: this.#actions[slice.action(row)] ?? {},
      at: slice.time(row),
      context: slice.context(row),
      ...(stateHash !== undefined && { stateHash }),
      settled: slice.stage(row) === stage.settled,
      ...(aside && { aside }),
      rewards: slice.rewards(row),
    };
  }

  *entries(): Generator<LedgerEntry> {
    for (const [, slice] of [...this.#slices].sort(([a], [b]) => a - b))
      for (let row = 0; row < slice.rows; row++)
        if (slice.stage(row) !== stage.gone) yield this.entry({ slice, row });
  }

  /** Decisions that were set aside. */
  *aside(): Generator<LedgerEntry> {
    for (const id of this.#aside.keys()) {
      const held = this.find(id);
      if (held) yield this.entry(held);
    }
  }

  /** Open decisions that are due before a time. */
  *due(before: number): Generator<Held> {
    yield* this.#dueBefore(before, [stage.open]);
  }

  /** Puts a whole decision in, in place of what is known of it. */
  enter({ settled, aside, rewards, ...decision }: LedgerEntry): void {
    const held = this.find(decision.id) ?? this.#add(decision);
    for (const reward of rewards) held.slice.setReward(held.row, reward);
    this.#move(held, aside ? stage.aside : settled ? stage.settled : stage.open);
    if (aside) this.#aside.set(decision.id, aside);
  }

  apply(change: LedgerChange): void {
    switch (change.type) {
      case "decision": {
        const held = this.#add(change);
        for (const reward of this.early.take(change.id)) this.#receive(held, reward);
        break;
      }
      case "reward": {
        const held = this.find(change.decisionId);
        if (!held) break;
        held.slice.setReward(held.row, change.reward);
        this.#release(change.decisionId, held);
        break;
      }
      case "early":
        this.early.add(change.decisionId, change.reward);
        this.counts.early++;
        break;
      case "settle":
        this.#settle(change.before, change.aside);
        break;
      case "release": {
        const held = this.find(change.decisionId);
        if (held) this.#release(change.decisionId, held);
        break;
      }
      case "prune":
        this.#prune(change.before);
        break;
      case "count":
        this.counts[change.of]++;
    }
  }

  #held({ slice: number, row }: Place): Held | undefined {
    const slice = this.#numbered[number];
    return slice && { slice, row };
  }

  #add({ id, action, at, context, stateHash }: Omit<LedgerEntry, "settled" | "rewards">): Held {
    const due = Math.floor((at + this.#window) / this.#width);
    let slice = this.#slices.get(due);
    if (!slice) {
      const free = this.#numbered.indexOf(undefined);
      slice = new LedgerSlice(free < 0 ? this.#numbered.length : free);
      this.#numbered[slice.number] = slice;
      this.#slices.set(due, slice);
    }
    const hash = idHash(id);
    const row = slice.add(hash, id, this.actionNumber(action), at, context, stateHash);
    this.#index.add(hash, { slice: slice.number, row });
    this.#open++;
    return { slice, row };
  }

  /** What an early record would have met, had it come after its decision. */
  #receive(held: Held, record: KeptReward): void {
    const { slice, row } = held;
    if (record.value !== null && (record.at ?? 0) - slice.time(row) > this.#window) {
      this.counts.late++;
      return;
    }
    const known = slice.reward(row, record.id);
    if (!known || compareRecords(record, known) > 0)
      slice.setReward(row, record.value === null ? { ...record, at: null } : record);
  }

  /** Decisions at these stages that are due before a time; slices without any cost nothing. */
  *#dueBefore(time: number, stages: readonly number[]): Generator<Held> {
    for (const [number, slice] of this.#slices) {
      // A slice more than division says: it may have rounded.
      if ((number - 1) * this.#width >= time || stages.every((each) => slice.count(each) === 0)) continue;
      for (let row = 0; row < slice.rows; row++)
        if (stages.includes(slice.stage(row)) && slice.time(row) + this.#window < time) yield { slice, row };
    }
  }

  #settle(before: number, aside: readonly (readonly [string, SetAside])[]): void {
    for (const [id, why] of aside) {
      const held = this.find(id);
      if (held?.slice.stage(held.row) !== stage.open) continue;
      this.#move(held, stage.aside);
      this.#aside.set(id, why);
      this.counts.quarantined++;
    }
    for (const held of this.due(before)) this.#move(held, stage.settled);
  }

  #release(id: string, held: Held): void {
    if (this.#aside.delete(id)) this.#move(held, stage.open);
  }

  #move({ slice, row }: Held, to: number): void {
    this.#open += Number(to === stage.open) - Number(slice.stage(row) === stage.open);
    slice.setStage(row, to);
  }

  #prune(before: number): void {
    for (const held of this.#dueBefore(before, [stage.settled, stage.aside])) {
      const { slice, row } = held;
      if (slice.stage(row) === stage.aside) this.#aside.delete(slice.id(row));
      this.#index.remove(slice.hash(row), { slice: slice.number, row });
      this.#move(held, stage.gone);
    }
    for (const [due, slice] of this.#slices)
      if (slice.live === 0) {
        this.#slices.delete(due);
        this.#numbered[slice.number] = undefined;
      }
    this.counts.unmatched += this.early.prune(before - this.#window, before);
    this.prunedBefore = Math.max(this.prunedBefore, before);
  }
}
