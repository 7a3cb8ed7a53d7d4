/** What a column holds, as far as reading it is concerned. */
export type ColumnKind = "text" | "number" | "boolean" | "time" | "other";

/** How an engine spells what every query needs. `x` is always an expression, already quoted. */
export interface Dialect {
  readonly name: string;
  identifier(name: string): string;
  literal(text: string): string;
  /** What a column of the engine's type holds. */
  kind(type: string): ColumnKind;
  /** As text, whole numbers without a fraction; NULL where missing or empty. */
  text(x: string, kind: ColumnKind): string;
  /** As a double, NULL where missing; `strict` fails on text that is no number, else that is NULL. */
  number(x: string, kind: ColumnKind, strict?: boolean): string;
  /** As microseconds since 1970 (integer), NULL where missing; `strict` fails on what is no time, else that is NULL. */
  time(x: string, kind: ColumnKind, strict?: boolean): string;
  isFinite(x: string): string;
  /** Smallest of rows compared from left to right, a missing entry last; {@link part} takes one entry out of it. */
  smallest(parts: readonly string[]): string;
  part(row: string, index: number): string;
  /** An even integer in 0 … count − 1 by the hash of x. */
  bucket(x: string, count: number): string;
}
