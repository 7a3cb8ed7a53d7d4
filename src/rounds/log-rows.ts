import type { Json } from "../core/json.js";
import type { ExpectedRewards } from "./bandit-round.js";

/** One decision, its action and vector told by the arms' places. */
interface LogRow {
  readonly arm: number;
  readonly reward: number | null;
  readonly at: number;
  readonly unit: number;
  readonly propensity: number;
  readonly vector: readonly number[] | undefined;
  readonly context: Json;
  readonly segment: string | undefined;
  readonly expected: ExpectedRewards | undefined;
}

/**
 * The decisions of a log, column by column: a million objects that live long would keep the collector busy for longer than
 * everything that is worked out from them.
 */
export interface LogRows {
  readonly length: number;
  /** Place of the arm. */
  readonly arm: ArrayLike<number>;
  /** NaN where it is not known yet. */
  readonly reward: ArrayLike<number>;
  /** Milliseconds since 1970. */
  readonly at: ArrayLike<number>;
  /** Number of the unit, from 0 in order of appearance. */
  readonly unit: ArrayLike<number>;
  readonly propensity: ArrayLike<number>;
  /** Probability of each arm; undefined where the decision recorded none. */
  readonly vector: readonly (readonly number[] | undefined)[];
  readonly context: readonly Json[];
  /** These two end with the last row that has one. */
  readonly segment: readonly (string | undefined)[];
  readonly expected: readonly (ExpectedRewards | undefined)[];
}

type Numbers = Float64Array | Int32Array;

function grown<T extends Numbers>(list: T, into: T): T {
  into.set(list);
  return into;
}

function ordered<T extends Numbers>(list: T, order: Int32Array, into: T): T {
  for (let i = 0; i < order.length; i++) into[i] = list[order[i] ?? 0] ?? 0;
  return into;
}

/** Puts what few rows have into a list that ends with the last of them. */
function put<T>(list: (T | undefined)[], place: number, value: T | undefined): void {
  if (value !== undefined) while (list.length < place) list.push(undefined);
  if (value !== undefined || place < list.length) list[place] = value;
}

/** Collects rows as columns. */
export class RowWriter {
  length = 0;
  #arm: Int32Array<ArrayBuffer>;
  #unit: Int32Array<ArrayBuffer>;
  #reward: Float64Array<ArrayBuffer>;
  #at: Float64Array<ArrayBuffer>;
  #propensity: Float64Array<ArrayBuffer>;
  readonly #vector: LogRow["vector"][] = [];
  readonly #context: Json[] = [];
  readonly #segment: LogRow["segment"][] = [];
  readonly #expected: LogRow["expected"][] = [];

  /** @param rows  how many there will be, where that is known */
  constructor(rows = 1024) {
    const size = Math.max(1, rows);
    this.#arm = new Int32Array(size);
    this.#unit = new Int32Array(size);
    this.#reward = new Float64Array(size);
    this.#at = new Float64Array(size);
    this.#propensity = new Float64Array(size);
  }

  /** What a row earned; null while that is not known. */
  rewardOf(place: number): number | null {
    const reward = this.#reward[place] ?? Number.NaN;
    return Number.isNaN(reward) ? null : reward;
  }

  /** @param place  of a row that is there, which is replaced, or of the next one */
  write(place: number, row: LogRow): void {
    if (place === this.length) this.length += 1;
    const size = 2 * this.#arm.length;
    if (2 * place >= size) {
      this.#arm = grown(this.#arm, new Int32Array(size));
      this.#unit = grown(this.#unit, new Int32Array(size));
      this.#reward = grown(this.#reward, new Float64Array(size));
      this.#at = grown(this.#at, new Float64Array(size));
      this.#propensity = grown(this.#propensity, new Float64Array(size));
    }
    this.#arm[place] = row.arm;
    this.#unit[place] = row.unit;
    this.#reward[place] = row.reward ?? Number.NaN;
    this.#at[place] = row.at;
    this.#propensity[place] = row.propensity;
    this.#vector[place] = row.vector;
    this.#context[place] = row.context;
    put(this.#segment, place, row.segment);
    put(this.#expected, place, row.expected);
  }

  /** @param sorted  whether rows were written in the order of their times */
  rows(sorted: boolean): LogRows {
    const { length } = this;
    const columns = {
      length,
      arm: this.#arm.subarray(0, length),
      reward: this.#reward.subarray(0, length),
      at: this.#at.subarray(0, length),
      unit: this.#unit.subarray(0, length),
      propensity: this.#propensity.subarray(0, length),
    };
    const [vector, context] = [this.#vector, this.#context];
    const [segment, expected] = [this.#segment, this.#expected];
    if (sorted) return { ...columns, vector, context, segment, expected };
    const { at } = columns;
    const order = Int32Array.from({ length }, (_, i) => i);
    order.sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0) || a - b);
    const moved = <T>(list: readonly T[], none: T) => Array.from(order, (from) => list[from] ?? none);
    return {
      length,
      arm: ordered(columns.arm, order, new Int32Array(length)),
      reward: ordered(columns.reward, order, new Float64Array(length)),
      at: ordered(at, order, new Float64Array(length)),
      unit: ordered(columns.unit, order, new Int32Array(length)),
      propensity: ordered(columns.propensity, order, new Float64Array(length)),
      vector: moved(vector, undefined),
      context: moved(context, null),
      segment: moved(segment, undefined),
      expected: moved(expected, undefined),
    };
  }
}
