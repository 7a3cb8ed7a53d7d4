/** How an error is spent on looks, by type, with the type's own numbers; see docs/looking.md. */
export type Spending =
  | { readonly type: "obrien-fleming" }
  | { readonly type: "pocock" }
  | { readonly type: "hwang-shih-decani"; readonly gamma: number }
  | { readonly type: "kim-demets"; readonly rho: number };

/** When a test of several looks is given up, for want of the effect that it was planned to find. */
export interface FutilityPlan {
  /** How the error of the second kind is spent on looks; default `{ type: "hwang-shih-decani", gamma: -2 }`. */
  readonly spending?: Spending;
  /**
   * Whether the test has to stop there: then the boundaries of success are lower, and going on regardless breaks their
   * error. Default false: they hold whether futility is obeyed or not.
   */
  readonly binding?: boolean;
}

/** More looks than this are refused. */
export const MOST_LOOKS = 1000;

/** Units at which always-valid intervals are narrowest where the plan does not say when it ends. */
export const USUAL_UNITS = 5000;

/** How results are read that are looked at more than once. */
export type LookMethod = "always-valid" | "alpha-spending" | "equal-shares" | "bayes";

/** How results are to be read, agreed before the data. */
export interface Plan {
  /** Confidence level of every interval over all looks, fraction in (0, 1). */
  readonly level: number;
  /**
   * Error-rate correction over goals × treatments, and over goals and guardrails × treatments for harm; `"dunnett"` knows that
   * treatments share their control.
   */
  readonly macro: string;
  /** Error-rate correction over the micro family. */
  readonly micro: string;
  /** Whether harm to a guardrail stops the experiment even where it is shown to stay within the margin; default no. */
  readonly strict?: boolean;
  /**
   * How often results are read while data come in: once (1), so many times at most, at these fractions of `units` (rising
   * to 1), or whenever somebody likes (`"any"`). Unstated, nothing is assumed: results are read both as the one planned look
   * and as one of any number, and only the latter ships or stops.
   */
  readonly looks?: "any" | number | readonly number[];
  /**
   * How several looks hold the level together. Default: `"always-valid"` where looks are `"any"` or unstated,
   * `"alpha-spending"` where they are counted and `units` is stated, else `"equal-shares"`. `"bayes"` decides by expected loss
   * instead, and holds no error over looks: reports say how often it would decide falsely.
   */
  readonly method?: LookMethod;
  /**
   * Units of all variants together at the planned end, > 0. Alpha spending needs it; always-valid intervals are narrowest
   * there (default 5,000).
   */
  readonly units?: number;
  /** Of alpha spending; default `{ type: "obrien-fleming" }`. */
  readonly spending?: Spending;
  /**
   * Of alpha spending: when a treatment is given up, because too little is shown of the gain that the plan would find with its
   * `power`. Absent, nothing stops for that.
   */
  readonly futility?: FutilityPlan;
  /** Of `"bayes"`: what is believed of every metric's lift before the data, a normal law of log(1 + lift), of small ones lifts; fractions, `standardDeviation` > 0. */
  readonly prior?: { readonly mean: number; readonly standardDeviation: number };
  /**
   * Of `"bayes"`: the expected loss below which a choice is made, a lift (fraction) > 0; what is given up on average by
   * choosing wrongly.
   */
  readonly loss?: number;
  /** Probability of shipping what is as supposed, in (0, 1), for which `essai power` plans and by which futility is judged; default 0.8. */
  readonly power?: number;
}

/** A method that tests at every look; the other one decides by beliefs. */
export type TestingMethod = Exclude<LookMethod, "bayes">;

/**
 * Which rule reads a plan's looks, where it does not say so itself.
 * @returns the rule's name in the family of `stats/looks`
 */
export function lookRuleName<M extends LookMethod>({
  looks,
  method,
  units,
}: Pick<Plan, "looks" | "units"> & { readonly method?: M }): "one-look" | TestingMethod | M {
  // A belief is read at one look as at any other.
  if (method === "bayes") return method;
  if (looks === 1) return "one-look";
  if (method) return method;
  if (looks === undefined || looks === "any") return "always-valid";
  return units === undefined ? "equal-shares" : "alpha-spending";
}
