import type { AaSentence } from "./sentences/index.js";

/** How often one kind of sentence was said over all random assignments of a table without any effect. */
export interface AaRow {
  readonly sentence: AaSentence;
  /** The metric it speaks of; absent where it speaks of the whole report. */
  readonly metric?: string;
  /** Reports that said it. */
  readonly times: number;
  readonly share: number;
  /** Monte-Carlo standard error of the share. */
  readonly standardError: number;
  /** Largest share that the plan allows; absent where the sentence is true here, or nothing is promised of it. */
  readonly atMost?: number;
  /** The share that a valid test has; absent where there is only a bound. */
  readonly about?: number;
  /** Against what is expected; by chance alone, one run in a hundred calls anything too often or too rare. */
  readonly verdict: "as_expected" | "too_often" | "too_rare" | "unpromised";
}

/** Whether a metric's standard errors are as large as its differences really vary. */
export interface AaSpread {
  readonly metric: string;
  readonly contrast: readonly [control: string, treatment: string];
  /** Standard deviation of the differences over all assignments. */
  readonly real: number;
  /** Root mean square of the standard errors that the reports state. */
  readonly stated: number;
  /** stated / real, and its Monte-Carlo standard error. */
  readonly ratio: number;
  readonly standardError: number;
}

/** What essai says of a table in which no variant did anything; `essai.aa/1` as JSON. */
export interface AaRun {
  readonly format: "essai.aa/1";
  readonly experiment: string;
  readonly units: number;
  readonly shares: Readonly<Record<string, number>>;
  readonly dimensions: readonly string[];
  readonly level: number;
  readonly replications: number;
  readonly seed: string;
  /** How often each assignment was read. A sentence with an error to hold counts where any of the looks said it, others at the last. */
  readonly taken: number;
  /** Whether the plan looks once, a counted number of times, any number of times, or does not say. */
  readonly looks: "one" | "several" | "any" | "unstated";
  readonly rows: readonly AaRow[];
  readonly spreads: readonly AaSpread[];
}
