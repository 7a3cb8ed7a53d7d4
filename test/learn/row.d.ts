/**
 * The rows of docs/learning.md. A file of `test/learn/rows` exports a list of them, `rows/index.mjs` gathers the lists;
 * `npm run learn` runs them on all cores and writes the page anew.
 */

/** What a run may use besides the library. */
export interface RunTools {
  /** Text that no other run of any row shares; seed everything with it. */
  readonly seed: string;
  /** Number of this run within its row, from 0: the order of a replay, for example. */
  readonly run: number;
  /** Folder with the row's `data`, given by --data or ESSAI_DATA. */
  readonly data: string;
}

/** One line of the page: a statistic of what the runs measured, and what it is held against. */
export interface Figure {
  /** Which of the measured values. */
  readonly name: string;
  /** Over the runs: their mean (± its standard error) or their 90th percentile. Default mean. */
  readonly statistic?: "mean" | "p90";
  /** What others reach in the same world; by itself no bar. */
  readonly reference?: { readonly value: number; readonly error?: number; readonly maker: string };
  /** The value is not above the reference's by more than three standard errors of their difference. */
  readonly likeReference?: true;
  /** Bars; three standard errors of the value are allowed, none where `exact`. */
  readonly atMost?: number;
  readonly atLeast?: number;
  readonly exact?: true;
  /** A bar that is another row's same statistic times a number. */
  readonly atMostTimes?: { readonly row: string; readonly times: number };
  /** Digits after the point; default 1. */
  readonly digits?: number;
}

/** A world and what is done in it, many times over. */
export interface Row {
  /** Unique, e.g. `regret/A/thompson`; `npm run learn -- --only regret/A` runs those that begin so. */
  readonly key: string;
  /** Heading of the page under which it stands. */
  readonly group: string;
  /** First column: what was run, in words. */
  readonly what: string;
  readonly runs: number;
  /** Name of the data file it needs; without it the row keeps its last result. */
  readonly data?: string;
  readonly figures: readonly Figure[];
  /** One run, of all figures or some. Called with independent seeds, in any order, in any process. */
  measure(tools: RunTools): Readonly<Record<string, number>> | Promise<Readonly<Record<string, number>>>;
}
