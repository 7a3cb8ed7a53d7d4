import type { ErrorPath, Problem } from "../../core/experiment-error.js";

/** One feature of a context, as data: `kind` names the encoder, the rest is the encoder's. */
export interface Feature {
  readonly kind: string;
  /** Key of the context that is read; a crossed feature reads those of its parts. */
  readonly field?: string;
}

/** A member of the encoder family: from one value of a context to numbers. */
export interface Encoder<F extends Feature> {
  /** How many numbers the feature becomes. */
  size(feature: F): number;
  /** What is wrong with the feature itself. */
  featureProblems(feature: F, path: ErrorPath): Problem[];
  /** What is wrong with a context's value. */
  problems(feature: F, context: Readonly<Record<string, unknown>>, path: ErrorPath): Problem[];
  /** Writes the numbers into `out` from `at` on; `out` is zero there. */
  write(feature: F, context: Readonly<Record<string, unknown>>, out: Float64Array, at: number): void;
}
