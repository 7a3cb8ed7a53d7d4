import type { Contrast } from "../comparison.js";

/** A look that was taken, that the plan takes for granted (where no history is kept), or that is still to come. */
export type CourseState = "taken" | "assumed" | "planned";

/** One look of a plan that spends its error on looks, with its bounds: standard errors towards a gain. */
export interface CourseLook {
  readonly state: CourseState;
  /** Of all variants together; of looks to come, as planned. */
  readonly units: number;
  /** Over the plan's `units`. */
  readonly fraction: number;
  /** At or above which a gain is shown; absent where this look cannot show one. */
  readonly gain?: number;
  /** At or below which harm is shown. */
  readonly harm?: number;
  /** At or below which the gain is given up, where the plan has futility. */
  readonly futility?: number;
  /** Two-sided error spent by then, all looks so far together. */
  readonly spent: number;
}

/** Where a look found an effect: standard errors towards a gain. */
export interface CoursePoint {
  readonly units: number;
  readonly fraction: number;
  readonly deviate: number;
}

/** The bounds of a plan's looks, and how the first goal's effects went among them. */
export interface Course {
  readonly metric: string;
  /** Tests of gains and of harm that share the error: the bounds are those of the first that each correction lets pass. */
  readonly tests: { readonly gains: number; readonly harms: number };
  readonly looks: readonly CourseLook[];
  /** One per treatment compared with the control; the last point is this look's. */
  readonly paths: readonly { readonly contrast: Contrast; readonly points: readonly CoursePoint[] }[];
}
