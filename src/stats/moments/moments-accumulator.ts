import type { Moments } from "../../core/moments.js";
import {
  ExperimentError,
  requireArray,
  requireList,
  requireNumber,
  wrong_length,
} from "../../errors/index.js";
import { packedIndex } from "../../linear/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { distributionOf } from "./distribution.js";

/** What a {@link MomentsAccumulator} keeps besides means and comoments. */
export interface MomentsAccumulatorOptions {
  /** Keep Σ(x − x̄)³ (and, of several values, the products of mixed third degree), for skewed amounts; default false. */
  readonly m3?: boolean;
  /** Count the values that are not zero, for the same; default false. */
  readonly nonzero?: boolean;
  /** Keep the largest value; default false. */
  readonly max?: boolean;
  /** Of one value: count how many units have which, for quantiles; default false. */
  readonly distribution?: boolean;
}

const accumulatorFields = {
  m3: { kind: "flag", optional: true },
  nonzero: { kind: "flag", optional: true },
  max: { kind: "flag", optional: true },
  distribution: { kind: "flag", optional: true },
} as const satisfies FieldsFor<MomentsAccumulatorOptions>;

/** Adds the n-th unit's part of the mixed third moments, from its distance to the means and the comoments before it. */
function addMixed(mixed3: Float64Array, delta: Float64Array, comoment: Float64Array, n: number): void {
  const scale = ((n - 1) * (n - 2)) / n / n;
  let at = 0;
  for (let i = 1; i < delta.length; i++)
    for (let j = 0; j < i; j++, at += 2) {
      const [d, e] = [delta[i] as number, delta[j] as number];
      const own = comoment[packedIndex(i, i)] as number;
      const both = comoment[packedIndex(i, j)] as number;
      const other = comoment[packedIndex(j, j)] as number;
      mixed3[at] = (mixed3[at] as number) + d * d * e * scale - (e * own + 2 * d * both) / n;
      mixed3[at + 1] = (mixed3[at + 1] as number) + d * e * e * scale - (d * other + 2 * e * both) / n;
    }
}

/** The same of three different values. */
function addTriples(triple3: Float64Array, delta: Float64Array, comoment: Float64Array, n: number): void {
  const scale = ((n - 1) * (n - 2)) / n / n;
  let at = 0;
  for (let i = 2; i < delta.length; i++)
    for (let j = 1; j < i; j++)
      for (let l = 0; l < j; l++, at++) {
        const [d, e, f] = [delta[i] ?? 0, delta[j] ?? 0, delta[l] ?? 0];
        const rest =
          d * (comoment[packedIndex(j, l)] ?? 0) +
          e * (comoment[packedIndex(i, l)] ?? 0) +
          f * (comoment[packedIndex(i, j)] ?? 0);
        triple3[at] = (triple3[at] ?? 0) + d * e * f * scale - rest / n;
      }
}

/**
 * Moments of a stream, one unit at a time, never holding the units: Welford's update of means and comoments.
 * @source Welford (1962), Technometrics 4; Pébay (2008), SAND2008-6212 for the third moment
 * @example
 * const accumulator = new MomentsAccumulator(["orders", "sessions"]);
 * accumulator.push([1, 4]);
 * accumulator.push([0, 2]);
 * accumulator.moments().mean; // [0.5, 3]
 */
export class MomentsAccumulator {
  readonly names: readonly string[];
  #n = 0;
  /** The first unit: values are taken relative to it, so that a large common offset costs no digits. */
  readonly #origin: Float64Array;
  readonly #mean: Float64Array;
  readonly #comoment: Float64Array;
  readonly #delta: Float64Array;
  readonly #m3: Float64Array | undefined;
  readonly #mixed3: Float64Array | undefined;
  readonly #triple3: Float64Array | undefined;
  readonly #nonzero: Float64Array | undefined;
  readonly #max: Float64Array | undefined;
  readonly #counts: Map<number, number> | undefined;

  /**
   * @param names    one name per value, in the order {@link push} gets them; at least one
   * @param options  what to keep besides means and comoments
   * @throws ExperimentError `insufficient_data` at ["names"] for no names; `wrong_type` at ["names"];
   *         `unknown_key` or `wrong_type` at ["options", …]
   */
  constructor(names: readonly string[], options: MomentsAccumulatorOptions = {}) {
    checkOptions(options, accumulatorFields);
    requireArray(names, ["names"]);
    const k = names.length;
    requireUnits(k, ["names"], 1);
    this.names = [...names];
    this.#origin = new Float64Array(k);
    this.#mean = new Float64Array(k);
    this.#comoment = new Float64Array((k * (k + 1)) / 2);
    this.#delta = new Float64Array(k);
    this.#m3 = options.m3 ? new Float64Array(k) : undefined;
    this.#mixed3 = options.m3 && k > 1 ? new Float64Array(k * (k - 1)) : undefined;
    this.#triple3 = options.m3 && k > 2 ? new Float64Array((k * (k - 1) * (k - 2)) / 6) : undefined;
    this.#nonzero = options.nonzero ? new Float64Array(k) : undefined;
    this.#max = options.max ? new Float64Array(k).fill(-Infinity) : undefined;
    this.#counts = options.distribution && k === 1 ? new Map() : undefined;
  }

  /** Different values of the units pushed so far, where the distribution is kept; else 0. */
  get distinct(): number {
    return this.#counts?.size ?? 0;
  }

  /** Units pushed so far. */
  get n(): number {
    return this.#n;
  }

  /**
   * Takes one unit's values in; a refused unit leaves the accumulator as it was.
   * @param values  one finite number per name, in the names' order
   * @returns nothing
   * @throws ExperimentError `wrong_length` at ["values", "length"]; `missing_value`, `wrong_type` or `not_finite` at
   *         ["values"] or ["values", i]
   */
  push(values: ArrayLike<number>): void {
    const mean = this.#mean;
    const comoment = this.#comoment;
    const delta = this.#delta;
    const k = mean.length;
    if (values?.length !== k) {
      requireList(values, ["values"]);
      throw new ExperimentError({ wrong_length }, ["values", "length"], values.length, {
        expected: { length: k },
        other: "names",
      });
    }
    for (let i = 0; i < k; i++) if (!Number.isFinite(values[i])) requireNumber(values[i], ["values", i]);
    if (this.#n === 0) this.#origin.set(values);
    const n = ++this.#n;
    if (this.#mixed3) {
      for (let i = 0; i < k; i++)
        delta[i] = (values[i] as number) - (this.#origin[i] as number) - (mean[i] as number);
      addMixed(this.#mixed3, delta, comoment, n);
      if (this.#triple3) addTriples(this.#triple3, delta, comoment, n);
    }
    if (this.#counts) {
      const value = values[0] ?? 0;
      this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
    }
    let at = 0;
    for (let i = 0; i < k; i++) {
      const value = values[i] as number;
      if (this.#nonzero && value !== 0) this.#nonzero[i] = (this.#nonzero[i] as number) + 1;
      const x = value - (this.#origin[i] as number);
      const d = (delta[i] = x - (mean[i] as number));
      const step = d / n;
      mean[i] = (mean[i] as number) + step;
      if (this.#m3)
        this.#m3[i] =
          (this.#m3[i] as number) + step * (step * d * (n - 1) * (n - 2) - 3 * (comoment[at + i] as number));
      const rest = x - (mean[i] as number);
      for (let j = 0; j <= i; j++, at++)
        comoment[at] = (comoment[at] as number) + (delta[j] as number) * rest;
      if (this.#max && value > (this.#max[i] as number)) this.#max[i] = value;
    }
  }

  /**
   * The moments so far, as plain data.
   * @returns moments of the units pushed; further pushes do not change them. With no unit yet, `max` is left out
   */
  moments(): Moments {
    return {
      n: this.#n,
      names: this.names,
      mean: Array.from(this.#mean, (mean, i) => (this.#origin[i] as number) + mean),
      comoment: [...this.#comoment],
      ...(this.#m3 ? { m3: [...this.#m3] } : {}),
      ...(this.#mixed3 ? { mixed3: [...this.#mixed3] } : {}),
      ...(this.#triple3 ? { triple3: [...this.#triple3] } : {}),
      ...(this.#nonzero ? { nonzero: [...this.#nonzero] } : {}),
      ...(this.#max && this.#n > 0 ? { max: [...this.#max] } : {}),
      ...(this.#counts ? { distribution: distributionOf(this.#counts) } : {}),
    };
  }
}
