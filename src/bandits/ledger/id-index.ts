import { murmur3 } from "../../hash/murmur3.js";

/**
 * The hash of an id, 32 bits.
 * @param use  0: for finding it; others are independent
 */
export const idHash = (id: string, use = 0): number => murmur3(id, use);

/** Where something is: a slice, and a row within it. */
export interface Place {
  readonly slice: number;
  readonly row: number;
}

const SHARDS = 1024;
const CELL = 8;
const FEWEST = 8;

interface Shard {
  cells: DataView;
  /** How many cells there are, a power of 2. */
  size: number;
  used: number;
}

/**
 * Finds places by a hash: open addressing, 8 bytes per cell. Of its many small tables one grows at a time, so that no
 * single addition waits for a million others to be moved.
 */
export class IdIndex {
  readonly #shards: (Shard | undefined)[] = [];
  readonly #hashOf: (place: Place) => number;

  /** @param hashOf  the hash under which a place was added, 32 bits */
  constructor(hashOf: (place: Place) => number) {
    this.#hashOf = hashOf;
  }

  /** @returns the place of this hash that is the one sought */
  find(hash: number, sought: (place: Place) => boolean): Place | undefined {
    const shard = this.#shards[hash % SHARDS];
    if (!shard) return undefined;
    for (let cell = first(shard, hash); ; cell = (cell + 1) % shard.size) {
      const place = placeIn(shard, cell);
      if (!place || sought(place)) return place;
    }
  }

  add(hash: number, place: Place): void {
    const shard = (this.#shards[hash % SHARDS] ??= empty(FEWEST));
    if (4 * (shard.used + 1) > 3 * shard.size) {
      const larger = empty(2 * shard.size);
      for (let cell = 0; cell < shard.size; cell++) {
        const moved = placeIn(shard, cell);
        if (moved) put(larger, this.#hashOf(moved), moved);
      }
      Object.assign(shard, larger);
    }
    put(shard, hash, place);
  }

  remove(hash: number, { slice, row }: Place): void {
    const shard = this.#shards[hash % SHARDS];
    if (!shard) return;
    let gap = first(shard, hash);
    for (; ; gap = (gap + 1) % shard.size) {
      const place = placeIn(shard, gap);
      if (!place) return;
      if (place.slice === slice && place.row === row) break;
    }
    // What comes behind moves up, as far as its own first cell allows: no search may end at the gap too early.
    for (let cell = (gap + 1) % shard.size; ; cell = (cell + 1) % shard.size) {
      const place = placeIn(shard, cell);
      if (!place) break;
      const from = first(shard, this.#hashOf(place));
      if ((cell - from + shard.size) % shard.size < (cell - gap + shard.size) % shard.size) continue;
      write(shard, gap, place);
      gap = cell;
    }
    shard.cells.setUint32(gap * CELL, 0);
    shard.used--;
    if (shard.used === 0) this.#shards[hash % SHARDS] = undefined;
  }
}

const empty = (size: number): Shard => ({ cells: new DataView(new ArrayBuffer(size * CELL)), size, used: 0 });

const first = ({ size }: Shard, hash: number) => Math.floor(hash / SHARDS) % size;

function placeIn({ cells }: Shard, cell: number): Place | undefined {
  const slice = cells.getUint32(cell * CELL);
  return slice === 0 ? undefined : { slice: slice - 1, row: cells.getUint32(cell * CELL + 4) };
}

function write({ cells }: Shard, cell: number, { slice, row }: Place): void {
  cells.setUint32(cell * CELL, slice + 1);
  cells.setUint32(cell * CELL + 4, row);
}

function put(shard: Shard, hash: number, place: Place): void {
  let cell = first(shard, hash);
  while (placeIn(shard, cell)) cell = (cell + 1) % shard.size;
  write(shard, cell, place);
  shard.used++;
}
