import { IdIndex, idHash, type Place } from "../../bandits/ledger/index.js";
import type { Json } from "../../core/json.js";
import { ShardSlice } from "./shard-slice.js";

/** The decisions of a shard that are known: in slices by when they were made, and by id. */
export class HeldDecisions {
  readonly #kinds: number;
  readonly #byTime = new Map<number, ShardSlice>();
  readonly #numbered: (ShardSlice | undefined)[] = [];
  readonly #index = new IdIndex((place) => this.slice(place.slice)?.entries.hash(place.row) ?? 0);

  /** @param kinds  of rewards */
  constructor(kinds: number) {
    this.#kinds = kinds;
  }

  /** By span of time. */
  get slices(): ReadonlyMap<number, ShardSlice> {
    return this.#byTime;
  }

  slice(number: number): ShardSlice | undefined {
    return this.#numbered[number];
  }

  find(id: string): Place | undefined {
    const hash = idHash(id);
    return this.#index.find(hash, (place) => {
      const entries = this.slice(place.slice)?.entries;
      return entries !== undefined && entries.hash(place.row) === hash && entries.hasId(place.row, id);
    });
  }

  /** Adds a decision to the slice of a span of time. */
  add(
    span: number,
    decision: { readonly id: string; readonly at: number; readonly action: number; readonly context: Json },
    ref: number,
  ): { readonly slice: ShardSlice; readonly place: Place } {
    let slice = this.#byTime.get(span);
    if (!slice) {
      const free = this.#numbered.indexOf(undefined);
      slice = new ShardSlice(free < 0 ? this.#numbered.length : free, this.#kinds);
      this.#numbered[slice.entries.number] = slice;
      this.#byTime.set(span, slice);
    }
    const { id, action, at, context } = decision;
    const hash = idHash(id);
    const place = { slice: slice.entries.number, row: slice.entries.add(hash, id, action, at, context) };
    slice.added(ref);
    this.#index.add(hash, place);
    return { slice, place };
  }

  drop(span: number): void {
    const entries = this.#byTime.get(span)?.entries;
    if (!entries) return;
    for (let row = 0; row < entries.rows; row++)
      this.#index.remove(entries.hash(row), { slice: entries.number, row });
    this.#byTime.delete(span);
    this.#numbered[entries.number] = undefined;
  }
}
