import type { Estimate } from "../../core/estimate.js";
import type { FutilityPlan, Spending } from "../../core/plan.js";
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
  /** When gains are given up; read by `"alpha-spending"`. */
  readonly futility?: PlannedFutility;
  /** Read by `"bayes"`. */
  readonly believing?: Believing;
}

/** When gains are given up, and by what that was planned. */
export interface PlannedFutility extends FutilityPlan {
  /** Probability of finding the planned gain, and the one-sided error of one gain's test, after correction. */
  readonly power: number;
  readonly error: number;
  /** Planned looks, as fractions of the planned information that rise to 1. */
  readonly fractions: readonly number[];
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
  /** Whether it is of a gain, which a plan with futility may give up; default no. */
  readonly gain?: boolean;
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
   * @param better    sign of a gain, of tests that may be given up
   * @returns undefined where the test does not end here
   */
  stopped?(
    estimate: Extract<Estimate, { status: "ok" }>,
    level: number,
    better?: 1 | -1,
  ): Estimate | undefined;
  /** Where this look may give gains up: the deviate, towards a gain, at or below which it does. */
  readonly futility?: { readonly below: number; readonly binding: boolean };
  /**
   * How alike treatments that share a control remain over the looks, as a share of their correlation; default 0, as if they were
   * independent, which holds for any rule.
   */
  readonly alike?: number;
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
export interface PlannedLooks extends Pick<LookSettings, "level" | "spending" | "futility"> {
  /** Information at each over that of the planned end, rising. */
  readonly fractions: readonly number[];
}

/** The deviates at which a look shows a gain, and at or below which it gives it up, where the plan does. */
export interface LookBounds {
  readonly upper: number;
  readonly futility?: number;
}

/** A member of the family: how it reads a look. */
export interface LookRuleKind {
  (settings: LookSettings): LookRule;
  /**
   * The deviates at which each of the planned looks decides, where they are quicker found together than look by look.
   * @param level  of the test over all looks, two-sided
   */
  readonly boundaries?: (looks: PlannedLooks, level: number) => readonly LookBounds[];
}
