import {
  duplicate_key,
  type ErrorEntry,
  type ErrorPath,
  integer_like_key,
  invalid_key,
  nearName,
  type Problem,
  problem,
  type Stated,
  unknown_variant,
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

  add(found: Problem): void {
    this.reports++;
    if (this.problems.length >= MOST_PROBLEMS) return;
    const place = found.path.join("\n");
    if (!this.#places.has(place)) this.problems.push(found);
    this.#places.add(place);
  }

  report(entry: ErrorEntry, path: ErrorPath, received: unknown, parameters?: Stated): false {
    this.add(problem(entry, path, received, parameters));
    return false;
  }

  /** Whether nothing was found at a place or within it, so that it may be read as what its shape says. */
  sound(...path: ErrorPath): boolean {
    const whole = this.problems.every(
      (each) => each.path.length < path.length || path.some((part, i) => each.path[i] !== part),
    );
    return whole && this.problems.length < MOST_PROBLEMS;
  }

  /** A name that may become a property of a JavaScript object anywhere downstream. */
  key(value: string, path: ErrorPath): boolean {
    if (value === "" || value.length > 200 || value in {}) return this.report({ invalid_key }, path, value);
    if (/^(0|[1-9]\d*)$/.test(value)) return this.report({ integer_like_key }, path, value);
    return true;
  }

  /** Keys that must all be usable and differ. */
  keys(values: readonly string[], pathOf: (index: number) => ErrorPath): void {
    const seen = new Set<string>();
    values.forEach((value, i) => {
      if (this.key(value, pathOf(i)) && seen.has(value)) this.report({ duplicate_key }, pathOf(i), value);
      seen.add(value);
    });
  }

  variant(value: string, path: ErrorPath, variants: ReadonlySet<string>): void {
    if (!variants.has(value)) this.report({ unknown_variant }, path, value, nearName(value, [...variants]));
  }
}
