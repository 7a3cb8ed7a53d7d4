/**
 * A metric as every part of essai reads it, whatever its type. What a type asks for besides (`column`, `numerator` …)
 * is declared by the member of the metric family, and typed by `KnownMetric`.
 */
export interface MetricDefinition {
  readonly key: string;
  /** Names the member of the metric family that reads and estimates it. */
  readonly type: string;
  readonly role: "goal" | "guardrail" | "diagnostic";
  /** Which way is good; default `"higher"`. */
  readonly better?: "higher" | "lower";
  /** Guardrails: the largest harm tolerated, as a lift (fraction); without it a guardrail must only not be shown harmed. */
  readonly margin?: number;
  /** Goals: the smallest lift (fraction) worth having; once no larger effect is left either way, the test may end. */
  readonly smallest?: number;
  /** What was known of each unit before it entered, and explains part of the metric: results are adjusted for it (CUPED). */
  readonly covariates?: readonly Covariate[];
}

/** Where a value comes from that was settled before a unit entered the experiment. */
export type Covariate =
  /** A column of a wide table; numbers. */
  | { readonly column: string }
  /** The metric itself over a period before a unit's first exposure, e.g. `"14 days"`, where the data are events. */
  | { readonly before: string };
