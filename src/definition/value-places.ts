/** FNV-1a over the characters of a value's text. */
function hashOf(value: unknown): number {
  const text = String(value);
  let hash = text.length;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/**
 * Numbers values in the order in which they are met, equal ones alike: a hash table with open addressing. A `Map` of a
 * hundred thousand texts takes more than twice as long, and is used only where somebody made texts that collide.
 */
export class ValuePlaces {
  readonly #values: unknown[] = [];
  readonly #slots: Int32Array;
  #steps: number;
  #map: Map<unknown, number> | undefined;

  /** @param most  the most values that will be asked for */
  constructor(most: number) {
    let size = 16;
    while (size < 2 * most) size *= 2;
    this.#slots = new Int32Array(size).fill(-1);
    this.#steps = 16 * size;
  }

  /** @returns the number of a value: that of an equal one, or the next */
  of(value: unknown): number {
    if (this.#map) return this.#inMap(this.#map, value);
    const last = this.#slots.length - 1;
    for (let at = hashOf(value) & last; this.#steps-- > 0; at = (at + 1) & last) {
      const place = this.#slots[at];
      if (place === -1) {
        this.#slots[at] = this.#values.length;
        return this.#values.push(value) - 1;
      }
      if (place !== undefined && this.#values[place] === value) return place;
    }
    this.#map = new Map(this.#values.map((each, i) => [each, i]));
    return this.#inMap(this.#map, value);
  }

  #inMap(map: Map<unknown, number>, value: unknown): number {
    const place = map.get(value) ?? map.size;
    map.set(value, place);
    return place;
  }
}
