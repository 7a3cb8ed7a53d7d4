/** Where one per-unit value comes from: a column of a wide table, or events of a name. */
export interface ValueSource {
  /** Column of a wide table (or of rows in memory); default: the metric's key. */
  readonly column?: string;
  /** Event name in an events table; default: the metric's key. */
  readonly event?: string;
  /** Column of the events table that carries the amount; default `"value"`. */
  readonly value?: string;
}

/** One side of a ratio: a sum of amounts, or a count of events. */
export interface RatioSide extends ValueSource {
  /** Over a unit's events: the `sum` of their amounts (the default), or their `count`. */
  readonly of?: "sum" | "count";
}

interface MetricCommon {
  readonly key: string;
  readonly role: "goal" | "guardrail" | "diagnostic";
  /** Which way is good; default `"higher"`. */
  readonly better?: "higher" | "lower";
  /** Largest harm a guardrail tolerates, as a lift (fraction); default 0. */
  readonly margin?: number;
}

/** A metric as the definition declares it; `type` picks the member of the metric family. */
export type MetricDefinition =
  | (MetricCommon & ValueSource & { readonly type: "conversion" | "mean" | "count" })
  | (MetricCommon & {
      readonly type: "ratio";
      readonly numerator: RatioSide;
      readonly denominator: RatioSide;
    });
