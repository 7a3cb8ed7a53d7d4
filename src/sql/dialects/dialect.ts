/** What a column holds, as far as reading it is concerned. */
export type ColumnKind = "text" | "number" | "boolean" | "time" | "nested" | "other";

/** An expression that rows are put in order by. */
export interface SortKey {
  readonly x: string;
  /** Texts come in the order of their code points. */
  readonly kind: "text" | "number";
}

/** How an engine spells what every query needs. `x` is always an expression, already quoted. */
export interface Dialect {
  readonly name: string;
  identifier(name: string): string;
  literal(text: string): string;
  /** What a column of the engine's type holds. */
  kind(type: string): ColumnKind;
  /** As a double. */
  double(x: string): string;
  /** As text, whole numbers without a fraction; NULL where missing or empty. */
  text(x: string, kind: ColumnKind): string;
  /** Whatever reads as {@link Dialect.text} does in JavaScript, cheap to group by and to take the smallest of. */
  label(x: string, kind: ColumnKind): string;
  /** Whether the text matches the pattern, in full and whatever the case. */
  matches(x: string, pattern: string): string;
  /** Text without the blanks around it; NULL where nothing is left. */
  trimmed(x: string): string;
  /** As a double, NULL where missing; `strict` fails on text that is not a number, otherwise such text is NULL. */
  number(x: string, kind: ColumnKind, strict?: boolean): string;
  /** As microseconds since 1970 (integer), NULL where missing; `strict` fails on what is not a time, else that is NULL. */
  time(x: string, kind: ColumnKind, strict?: boolean): string;
  /** The day in UTC of microseconds since 1970, as text, e.g. `2026-11-30`. */
  date(x: string): string;
  isFinite(x: string): string;
  /** An aggregate: mean of the doubles x. */
  mean(x: string): string;
  /** An aggregate: mean product of the centred doubles a and b, where both are known; a variance where they are the same. */
  covariance(a: string, b: string): string;
  /** An aggregate: the smallest of the doubles x, where known, that at least that share of them does not exceed. */
  percentile(x: string, share: number): string;
  /** An aggregate: the sort key at `index`, in the row that comes first by all of them; missing ones come last. */
  first(order: readonly SortKey[], index: number): string;
  /** An even integer in 0 … count − 1 by the hash of x. */
  bucket(x: string, count: number): string;
  /** What every query ends with, such as an engine's settings; begins with a space. */
  readonly tail: string;
}
