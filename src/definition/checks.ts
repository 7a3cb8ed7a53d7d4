import {
  duplicate_key,
  type ErrorEntry,
  type ErrorParameters,
  type ErrorPath,
  integer_like_key,
  invalid_key,
  missing_value,
  out_of_range,
  type Problem,
  problem,
  unknown_key,
  unknown_variant,
  wrong_type,
} from "../errors/index.js";

/** How deep conditions may nest, segments included. */
export const DEEPEST_CONDITION = 32;

/** Enough to work on; a hostile input could hold millions. */
const MOST_PROBLEMS = 1_000;

/** A JSON object whose properties are not known yet. */
export type Loose = { readonly [key: string]: unknown };

/** @returns whether the value is an object with properties, not an array */
export function isRecord(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Collects every problem of one input, the first of each place. */
export class Checks {
  readonly problems: Problem[] = [];
  readonly #places = new Set<string>();
  /** How often something was reported, repeats at one place included: what soundness is judged by. */
  reports = 0;

  report(entry: ErrorEntry, path: ErrorPath, received: unknown, parameters?: ErrorParameters): false {
    this.reports++;
    if (this.problems.length >= MOST_PROBLEMS) return false;
    const place = path.join("\n");
    if (!this.#places.has(place)) this.problems.push(problem(entry, path, received, parameters));
    this.#places.add(place);
    return false;
  }

  /** Reports a value that is absent, or of another type than expected. */
  mistyped(path: ErrorPath, received: unknown): false {
    return received === undefined
      ? this.report({ missing_value }, path, received)
      : this.report({ wrong_type }, path, received);
  }

  /** A name that may become a property of a JavaScript object anywhere downstream. */
  key(value: unknown, path: ErrorPath): value is string {
    if (typeof value !== "string") return this.mistyped(path, value);
    if (value === "" || value.length > 200 || value in {}) return this.report({ invalid_key }, path, value);
    if (/^(0|[1-9]\d*)$/.test(value)) return this.report({ integer_like_key }, path, value);
    return true;
  }

  /** Keys that must all be usable and differ. */
  keys(values: readonly unknown[], pathOf: (index: number) => ErrorPath): void {
    const seen = new Set<unknown>();
    values.forEach((value, i) => {
      if (this.key(value, pathOf(i)) && seen.has(value)) this.report({ duplicate_key }, pathOf(i), value);
      seen.add(value);
    });
  }

  /** A number within bounds, both included. */
  number(value: unknown, path: ErrorPath, least: number, most: number): value is number {
    if (typeof value !== "number") return this.mistyped(path, value);
    return (value >= least && value <= most) || this.report({ out_of_range }, path, value);
  }

  /** A number strictly between 0 and 1. */
  openFraction(value: unknown, path: ErrorPath): void {
    if (this.number(value, path, 0, 1) && (value === 0 || value === 1))
      this.report({ out_of_range }, path, value);
  }

  /** One of the words listed. */
  oneOf(value: unknown, path: ErrorPath, words: readonly string[]): void {
    if (!words.includes(value as string)) this.mistyped(path, value);
  }

  variant(value: unknown, path: ErrorPath, variants: ReadonlySet<unknown>): void {
    if (typeof value !== "string") this.mistyped(path, value);
    else if (!variants.has(value)) this.report({ unknown_variant }, path, value);
  }

  /** An object; its properties, were some not known, reported. */
  record(value: unknown, path: ErrorPath, known?: readonly string[]): value is Loose {
    if (!isRecord(value)) return this.mistyped(path, value);
    if (known)
      for (const key of Object.keys(value))
        if (!known.includes(key)) this.report({ unknown_key }, [...path, key], key);
    return true;
  }

  list(value: unknown, path: ErrorPath): value is readonly unknown[] {
    return Array.isArray(value) || this.mistyped(path, value);
  }
}
