/** What an aggregate asks of an engine's dialect. */
export interface AggregateSpelling {
  /** An expression as a double. */
  double(x: string): string;
}

/** Which numbers a column may hold: 0 and 1, those of 0 or more, or all. */
export type Support = "binary" | "nonNegative" | "real";

/** A member of the aggregate family: how a unit's events become one number. Without an event the number is 0. */
export interface Aggregate {
  /** Whether it needs the amount of each event; then an event without one does not count. */
  readonly needsAmount: boolean;
  /** What its number can be, where a table has it ready-made. */
  readonly support: Support;
  /**
   * Takes one event in.
   * @param soFar   the number so far, 0 at first
   * @param amount  the event's amount; 0 where none is needed
   */
  fold(soFar: number, amount: number): number;
  /**
   * The same in SQL, as an aggregate over rows of events.
   * @param counts  condition under which a row counts
   * @param amount  expression of its amount, a double
   */
  sql(counts: string, amount: string, spelling: AggregateSpelling): string;
}
