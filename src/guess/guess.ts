import type { BinnedColumn, Duplicates } from "../core/data-mapping.js";
import type { Spelling } from "../core/data-spelling.js";

/** What a person has said already; what is missing is guessed. */
export interface Told extends Spelling {
  readonly variant?: string;
  readonly control?: string;
  readonly unit?: string;
  /** What several rows of one unit mean. */
  readonly duplicates?: Duplicates;
  readonly outcomes?: readonly string[];
  /** Dimensions to look into. */
  readonly dimensions?: readonly string[];
  /** Of a column of numbers the edges between its levels, of another column how many of its values stay levels. */
  readonly bins?: Readonly<Record<string, readonly number[]>>;
  /** Planned shares by level of the variant column; `"unknown"` where nobody recorded them. */
  readonly shares?: PlannedShares;
}

/** What is known of the planned shares. */
export type PlannedShares = Readonly<Record<string, number>> | "unknown";

/** Why a column was taken for what it is, or left out. */
export type GuessReason =
  | "told"
  | "name"
  | "levels"
  | "name_and_levels"
  | "control_word"
  | "first_letter"
  | "unique_id"
  | "repeated_id"
  | "no_id"
  | "zeros_and_ones"
  | "amounts"
  | "counts"
  | "few_levels"
  | "many_levels"
  | "unspelled_numbers"
  | "one_level"
  | "follows_variant"
  | "uneven"
  | "before"
  | "after"
  | "time"
  | "identifier"
  | "number_unnamed"
  | "other_outcome"
  | "same_name"
  | "equal_shares"
  | "unknown_shares"
  | "drawn";

/** A column and why it has its part. */
export interface GuessedColumn {
  readonly column: string;
  readonly why: GuessReason;
}

/** A dimension, and what its levels are made of, where they are not the column's values. */
export interface GuessedDimension extends GuessedColumn {
  readonly bin?: Omit<BinnedColumn, "column">;
}

/** An outcome: a metric of the definition. */
export interface GuessedOutcome extends GuessedColumn {
  readonly type: "conversion" | "mean" | "count";
  readonly better: "higher" | "lower";
}

/** What the columns of a table are taken for. */
export interface Guess {
  readonly status: "clear";
  readonly rows: number;
  readonly variant: GuessedColumn & { readonly levels: readonly string[] };
  readonly control: { readonly level: string; readonly why: GuessReason };
  /** Undefined where each row is a unit of its own. */
  readonly unit: GuessedColumn | undefined;
  readonly duplicates: Duplicates | undefined;
  readonly outcomes: readonly GuessedOutcome[];
  /** All that can be looked into. */
  readonly dimensions: readonly GuessedDimension[];
  /** Those of them that are looked into, crossed they are few enough cells. */
  readonly asked: readonly string[];
  readonly ignored: readonly GuessedColumn[];
  readonly spelling: Spelling;
  readonly shares: PlannedShares | undefined;
}

/** What cannot be known from the data, and the nearest answer. */
export interface Unclear {
  readonly status: "unclear";
  readonly what: "variant" | "control" | "outcomes" | "shares" | "spelling" | "code";
  /** What it may be: columns, levels. */
  readonly candidates: readonly string[];
  /** A column it is about, and what was found there. */
  readonly column?: string;
  readonly found?: string;
  /** What was told, with the nearest answer to this question. */
  readonly answer: Told;
  /** The same with the nearest answers to all questions that would follow. */
  readonly nearest: Told;
}
