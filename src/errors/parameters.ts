/** Where in the input a problem lies, outermost key first. */
export type ErrorPath = readonly (string | number)[];

/** Bounds of a number; what is not named is free, and infinity and NaN are never within. */
export interface NumberRange {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly above?: number;
  readonly below?: number;
  /** A whole number that JavaScript holds exactly. */
  readonly whole?: true;
}

/** What a value can be, in a word. */
export type ValueType =
  | "text"
  | "number"
  | "flag"
  | "object"
  | "list"
  | "function"
  | "null"
  | "json"
  | "instant"
  | "date";

/** What a value has to be, as data. */
export interface Expected extends NumberRange {
  /** One type, or those of which it may be any. */
  readonly type?: ValueType | readonly ValueType[];
  /** How many members it has to have. */
  readonly length?: number;
}

/** What an error knows of its case, beside code, path and what was received; the sentence states it. */
export interface ErrorParameters {
  readonly expected?: Expected | undefined;
  /** The names that exist, in the order in which they were declared. */
  readonly known?: readonly string[] | undefined;
  /** The known name that was probably meant. */
  readonly near?: string | undefined;
  /** What it clashes with: another key, name or value. */
  readonly other?: string | number | undefined;
  /** An input that shows it, e.g. the attributes of a unit that meets two rules. */
  readonly example?: string | undefined;
  /** The decision whose outcome it is. */
  readonly decisionId?: string | undefined;
  /** The row of a table, counted from 1 without its header. */
  readonly row?: number | undefined;
  /** How often it was found, the first time included. */
  readonly times?: number | undefined;
  /** Where in a text, both counted from 1. */
  readonly at?: { readonly line: number; readonly column: number } | undefined;
  /** The file it was found in, as it was named. */
  readonly file?: string | undefined;
  /** What another program says: an engine, the operating system, a JSON reader. In its own words and language. */
  readonly detail?: string | undefined;
}

/** All that a sentence may state. */
export interface Told extends ErrorParameters {
  readonly path: ErrorPath;
  readonly received: unknown;
}

/** A problem's two sentences: what is wrong, and what to do about it; a function where they state parameters. */
export type Sentences =
  | readonly [problem: string, fix: string]
  | (((told: Told) => readonly [problem: string, fix: string]) & { readonly map?: never });
