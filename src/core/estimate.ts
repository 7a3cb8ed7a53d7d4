/** Which tail a test looks at; the difference is treatment − control. */
export type Alternative = "two-sided" | "greater" | "less";

/** Options shared by every interval and test. */
export interface EstimateOptions {
  /** Confidence level, fraction in (0, 1); default 0.95. */
  readonly level?: number;
  /** Default `"two-sided"`. */
  readonly alternative?: Alternative;
}

/** What is believed of a lift after its data, and what a choice gives up. */
export interface Belief {
  /** Probability that the treatment is better. */
  readonly chance: number;
  /** Lift that is given up on average by choosing control, or the treatment; fractions, ≥ 0. */
  readonly loss: { readonly control: number; readonly treatment: number };
  /** The loss below which a choice is made. */
  readonly threshold: number;
}

/** What an estimator returns: numbers, or a stated reason why there are none. Never NaN. */
export type Estimate =
  | {
      readonly status: "ok";
      /** The estimator's name, e.g. `"welch"`. */
      readonly method: string;
      readonly value: number;
      /**
       * Of the value. Where the interval comes from a score and is not value ± reach (`scas`): half its width over the
       * critical value of `level`, for rough use; the p-value and the interval are the test.
       */
      readonly standardError: number;
      /** Lower and upper bound; an end is ±Infinity only for a one-sided alternative. */
      readonly interval: readonly [lower: number, upper: number];
      readonly level: number;
      readonly pValue: number;
      readonly pAdjusted?: number;
      /** The interval that matches `pAdjusted`: all of its family's hold together at `level`. */
      readonly simultaneous?: readonly [lower: number, upper: number];
      /** Test statistic, and degrees of freedom where it has any. */
      readonly statistic?: number;
      readonly df?: number;
      /** Where a plan decides by beliefs: what decides, on the scale of lifts; value and interval are the posterior's. */
      readonly belief?: Belief;
      /** Stated cautions: `"skewed"`, `"no_third_moments"`, `"few_events"`, `"near_zero_baseline"` … */
      readonly flags?: readonly string[];
    }
  | {
      /** `undefined`: no such quantity; `unbounded`: the interval is not one; `degenerate`: no variance; `adaptive`: collected by a bandit. */
      readonly status: "undefined" | "unbounded" | "degenerate" | "adaptive";
      readonly method: string;
      readonly reason: string;
      readonly value?: number;
      readonly level?: number;
      readonly pValue?: number;
      /** The lower bound of an interval that has no upper one. */
      readonly lower?: number;
      /** For a confidence set that is the complement of an interval: the values left out. */
      readonly complement?: readonly [number, number];
    };
