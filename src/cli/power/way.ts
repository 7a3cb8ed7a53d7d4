import type { LookMethod } from "../../core/plan.js";

/** A way to read results, beside which others are put. */
export interface ReadingPlan {
  readonly rule: "one-look" | LookMethod;
  /** How often results are read at most; absent for any number. */
  readonly looks?: number;
  /** Whether gains are given up for futility, and whether that binds. */
  readonly futility?: "binding" | "free";
  /** Whether it is the experiment file's own. */
  readonly own: boolean;
}

/** Units of all variants, and days where it is known how many come. */
export interface Needed {
  readonly units: number;
  readonly days?: number;
  /** Units that are used on average: less, where a look may end the test. */
  readonly expectedUnits: number;
  /** The same where the treatment changes nothing; absent for plans that decide by beliefs. */
  readonly expectedUnitsWithoutEffect?: number;
}

/** A way to read results, and what follows for units. */
export interface Way {
  readonly shown: ReadingPlan;
  /** Units for an effect on the goal, null where no number is enough. */
  needs(lift: number): Omit<Needed, "days"> | null;
  /** Probability of shipping the effect with so many units. */
  power(lift: number, units: number): number;
  /** The smallest effect that so many units show. */
  shows(units: number): number | null;
}
