import { numberBy, readySpelling, type Spelling } from "../../core/data-spelling.js";
import {
  detailedProblem,
  type ErrorEntry,
  errorOf,
  negative_value,
  not_a_number,
  not_a_time,
  not_binary,
  not_finite,
} from "../../errors/index.js";
import type { Support } from "../aggregates/index.js";
import { microsecondsOf, numberOf } from "./parse.js";

/** Reads cells of typed columns, remembering a column's first bad value of a kind instead of stopping at it. */
export class ValueProblems {
  readonly #written: ((value: unknown) => unknown) | undefined;
  readonly #found = new Map<
    string,
    { entry: ErrorEntry; column: string; value: unknown; row: number; times: number }
  >();

  /** @param declared  how the table that has the numbers writes them */
  constructor(declared: Spelling) {
    const spelling = readySpelling(declared);
    this.#written = spelling && numberBy(spelling);
  }

  #note(entry: ErrorEntry, column: string, value: unknown, row: number): null {
    const key = `${Object.keys(entry)[0]} ${column}`;
    const before = this.#found.get(key);
    if (before) before.times++;
    else this.#found.set(key, { entry, column, value, row, times: 1 });
    return null;
  }

  /** @returns the number, or null where it is missing or bad */
  number(value: unknown, column: string, row: number, support: Support = "real"): number | null {
    const found = this.spelled(value, column, row);
    return found === null ? null : this.usable(found, value, column, row, support);
  }

  /** @returns the number, finite or not; null where it is missing or no number */
  spelled(value: unknown, column: string, row: number): number | null {
    const found = numberOf(this.#written ? this.#written(value) : value);
    return found === undefined ? this.#note({ not_a_number }, column, value, row) : found;
  }

  /** @returns the number, finite or not; null where it is missing or no number, which is no problem */
  loosely(value: unknown): number | null {
    return numberOf(this.#written ? this.#written(value) : value) ?? null;
  }

  /** @returns the number that a value spells, or null where it is not one that counts */
  usable(
    found: number,
    value: unknown,
    column: string,
    row: number,
    support: Support = "real",
  ): number | null {
    if (!Number.isFinite(found)) return this.#note({ not_finite }, column, value, row);
    if (support === "binary" && found !== 0 && found !== 1)
      return this.#note({ not_binary }, column, value, row);
    if (support === "nonNegative" && found < 0) return this.#note({ negative_value }, column, value, row);
    return found;
  }

  /** @returns microseconds since 1970, or null where it is missing or bad */
  time(value: unknown, column: string, row: number): number | null {
    const found = microsecondsOf(value);
    return found === undefined ? this.#note({ not_a_time }, column, value, row) : found;
  }

  /** @throws ExperimentError one problem per column and kind, at [column] */
  throw(): void {
    if (this.#found.size === 0) return;
    throw errorOf(
      [...this.#found.values()].map(({ entry, column, value, row, times }) =>
        detailedProblem(entry, [column], value, { row, times }),
      ),
    );
  }
}
