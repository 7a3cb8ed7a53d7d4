import type { Estimate } from "../../core/estimate.js";
import type { Spending } from "../../core/plan.js";
import type { EffectPrior } from "../bayes/effects/effect-prior.js";

/** Where an experiment stands when it is looked at. */
export interface LookSettings {
  /** Of all looks together, fraction in (0, 1). */
  readonly level: number;
  /** Information so far over that of the planned end (or of where intervals are to be narrowest), > 0. */
  readonly fraction: number;
  /** The same at the looks before this one, rising; read by `"alpha-spending"`. */
  readonly before: readonly number[];
  /** How often is looked at most; read by `"equal-shares"`. */
  readonly looks: number;
  readonly spending: Spending;
  /** Read by `"bayes"`. */
  readonly believing?: Believing;
}

/** By what a plan decides that decides by beliefs; on the scale of lifts. */
export interface Believing {
  readonly prior: EffectPrior;
  /** The expected loss below which a choice is made. */
  readonly loss: number;
}

/** What a test is, beside its p-value. */
export interface TestAtLook {
  /** Contrasts tested at once; default 1. */
  readonly df?: number;
  /** The planned effect in standard errors, > 0: rules that watch for one find it sooner. */
  readonly effect?: number;
}

/**
 * How a test of one look is read so that all looks of a plan hold together. What it says of intervals and of p-values is
 * one test: pValueOf(1 − levelOf(level)) = 1 − level.
 */
export interface LookRule {
  /**
   * @param level  over all looks, fraction in (0, 1)
   * @returns the level at which an interval of this look alone is read, two-sided; 1 where this look can leave nothing out
   */
  levelOf(level: number, test?: TestAtLook): number;
  /**
   * @param pValue  of this look alone, two-sided, in [0, 1]
   * @returns the p-value over all looks; rises with it
   */
  pValueOf(pValue: number, test?: TestAtLook): number;
  /**
   * What a test says that stops at this look, or at the planned end, with allowance for its having stopped: median-unbiased value,
   * interval and p-value.
   * @param estimate  of this look alone
   * @param level     of the test over all looks
   * @returns undefined where the test does not end here
   */
  stopped?(estimate: Extract<Estimate, { status: "ok" }>, level: number): Estimate | undefined;
  /**
   * Its p-values are 1 ÷ evidence (e-values): corrected by Benjamini–Hochberg they hold the false discovery rate however the
   * tests depend on each other, and at whatever look one stops (e-BH).
   */
  readonly evidence?: true;
  /** Two-sided error spent by this look, all looks so far together; absent where looks are not counted. */
  readonly spent?: number;
  /** Where what decides is read as a belief instead. */
  readonly believing?: Believing;
}

/** Looks that are planned. */
export interface PlannedLooks extends Pick<LookSettings, "level" | "spending"> {
  /** Information at each over that of the planned end, rising. */
  readonly fractions: readonly number[];
}

/** A member of the family: how it reads a look. */
export interface LookRuleKind {
  (settings: LookSettings): LookRule;
  /**
   * The deviates beyond which a test is shown at each of the planned looks, where they are quicker found together than look by
   * look.
   * @param level  of the test over all looks, two-sided
   */
  readonly boundaries?: (looks: PlannedLooks, level: number) => readonly number[];
}
