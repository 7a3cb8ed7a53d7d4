import type { Json } from "../../core/json.js";
import type { KeptReward } from "./kept-reward.js";
import { PackedRows } from "./packed-rows.js";
import { PackedTexts } from "./packed-texts.js";

/** What has become of a decision: it waits, was handed out, was set aside, or is forgotten. */
export const stage = { open: 0, settled: 1, aside: 2, gone: 3 } as const;

/** Bytes of a decision's row; texts and rewards are stored as their address + 1. */
const row = {
  at: 0,
  hash: 8,
  action: 12,
  id: 16,
  context: 20,
  stateHash: 24,
  rewards: 28,
  stage: 32,
} as const;
const ROW = 33;
const reward = { value: 0, at: 8, revision: 16, id: 24, next: 28, kind: 32 } as const;
const REWARD = 36;

/** Texts of which there are few, by their place in a list. */
class Names {
  readonly list: string[] = [];
  readonly #places = new Map<string, number>();

  placeOf(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.list.length);
    return this.list.push(name) - 1;
  }
}

/** The decisions that are due within one span of time, with their rewards, in some 33 + 36 bytes and their texts. */
export class LedgerSlice {
  /** Its number in the index. */
  readonly number: number;
  readonly #rows = new PackedRows(ROW);
  readonly #rewards = new PackedRows(REWARD);
  readonly #texts = new PackedTexts();
  readonly #stateHashes = new Names();
  readonly #kinds = new Names();
  /** How many there are of each stage. */
  readonly #stages = [0, 0, 0, 0];

  constructor(number: number) {
    this.number = number;
  }

  get rows(): number {
    return this.#rows.size;
  }

  /** How many are not forgotten. */
  get live(): number {
    return this.#rows.size - this.count(stage.gone);
  }

  count(of: number): number {
    return this.#stages[of] ?? 0;
  }

  /** @returns the decision's row; it is open */
  add(hash: number, id: string, action: number, at: number, context: Json, stateHash?: string): number {
    const added = this.#rows.add();
    this.#rows.setFloat(added, row.at, at);
    this.#rows.setWhole(added, row.hash, hash);
    this.#rows.setWhole(added, row.action, action);
    this.#rows.setWhole(added, row.id, this.#texts.add(id));
    if (context !== null)
      this.#rows.setWhole(added, row.context, this.#texts.add(JSON.stringify(context)) + 1);
    if (stateHash !== undefined)
      this.#rows.setWhole(added, row.stateHash, this.#stateHashes.placeOf(stateHash) + 1);
    this.#stages[stage.open] = this.count(stage.open) + 1;
    return added;
  }

  hash(at: number): number {
    return this.#rows.whole(at, row.hash);
  }

  id(at: number): string {
    return this.#texts.get(this.#rows.whole(at, row.id));
  }

  hasId(at: number, id: string): boolean {
    return this.#texts.is(this.#rows.whole(at, row.id), id);
  }

  time(at: number): number {
    return this.#rows.float(at, row.at);
  }

  action(at: number): number {
    return this.#rows.whole(at, row.action);
  }

  context(at: number): Json {
    const address = this.#rows.whole(at, row.context);
    return address === 0 ? null : JSON.parse(this.#texts.get(address - 1));
  }

  stateHash(at: number): string | undefined {
    return this.#stateHashes.list[this.#rows.whole(at, row.stateHash) - 1];
  }

  stage(at: number): number {
    return this.#rows.byte(at, row.stage);
  }

  setStage(at: number, to: number): void {
    this.#stages[this.stage(at)] = this.count(this.stage(at)) - 1;
    this.#stages[to] = this.count(to) + 1;
    this.#rows.setByte(at, row.stage, to);
  }

  /** In the order in which they came. */
  rewards(at: number): KeptReward[] {
    const found: KeptReward[] = [];
    for (
      let next = this.#rows.whole(at, row.rewards);
      next > 0;
      next = this.#rewards.whole(next - 1, reward.next)
    )
      found.push(this.#reward(next - 1));
    return found.reverse();
  }

  reward(at: number, id: string): KeptReward | undefined {
    const found = this.#find(at, id);
    return found === undefined ? undefined : this.#reward(found);
  }

  /** Keeps a reward in place of what was known under its id. */
  setReward(at: number, { id, value, at: time, kind, revision }: KeptReward): void {
    let place = this.#find(at, id);
    if (place === undefined) {
      place = this.#rewards.add();
      this.#rewards.setWhole(place, reward.id, this.#texts.add(id));
      this.#rewards.setWhole(place, reward.next, this.#rows.whole(at, row.rewards));
      this.#rows.setWhole(at, row.rewards, place + 1);
    }
    this.#rewards.setFloat(place, reward.value, value ?? Number.NaN);
    this.#rewards.setFloat(place, reward.at, time ?? Number.NaN);
    this.#rewards.setFloat(place, reward.revision, revision);
    this.#rewards.setWhole(place, reward.kind, this.#kinds.placeOf(kind));
  }

  #find(at: number, id: string): number | undefined {
    let next = this.#rows.whole(at, row.rewards);
    while (next > 0 && !this.#texts.is(this.#rewards.whole(next - 1, reward.id), id))
      next = this.#rewards.whole(next - 1, reward.next);
    return next > 0 ? next - 1 : undefined;
  }

  #reward(place: number): KeptReward {
    const value = this.#rewards.float(place, reward.value);
    return {
      id: this.#texts.get(this.#rewards.whole(place, reward.id)),
      value: Number.isNaN(value) ? null : value,
      at: Number.isNaN(value) ? null : this.#rewards.float(place, reward.at),
      kind: this.#kinds.list[this.#rewards.whole(place, reward.kind)] ?? "",
      revision: this.#rewards.float(place, reward.revision),
    };
  }
}
