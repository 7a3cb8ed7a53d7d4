/** Things by the time at which they are due; taking what is due costs what is taken, not what there is. */
export class DueDates<T> {
  readonly #buckets = new Map<number, T[]>();
  readonly #width: number;
  readonly #dueAt: (item: T) => number;

  /**
   * @param width  milliseconds that share a bucket; one bucket is looked through each time
   * @param dueAt  when an item is due, in milliseconds
   */
  constructor(width: number, dueAt: (item: T) => number) {
    this.#width = width;
    this.#dueAt = dueAt;
  }

  add(item: T): void {
    const at = Math.floor(this.#dueAt(item) / this.#width);
    const bucket = this.#buckets.get(at);
    if (bucket) bucket.push(item);
    else this.#buckets.set(at, [item]);
  }

  /** What is due before a time; it stays. */
  before(time: number): T[] {
    const last = Math.floor(time / this.#width);
    return [...this.#buckets].flatMap(([at, items]) =>
      at < last ? items : at === last ? items.filter((item) => this.#dueAt(item) < time) : [],
    );
  }

  /** Lets go of what is due before a time. */
  drop(time: number): void {
    const last = Math.floor(time / this.#width);
    for (const at of [...this.#buckets.keys()]) if (at < last) this.#buckets.delete(at);
    const rest = this.#buckets.get(last)?.filter((item) => this.#dueAt(item) >= time);
    if (rest?.length) this.#buckets.set(last, rest);
    else this.#buckets.delete(last);
  }
}
