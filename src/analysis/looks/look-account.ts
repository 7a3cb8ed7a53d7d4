import type { Believing, FalseChoices, LookRuleName } from "../../stats/looks/index.js";
import type { Course } from "./course.js";
import type { LookHistory } from "./look-history.js";

/** How often results are looked at, by the plan, and where this look stands among them. */
export interface LookAccount {
  /** How what decides is read. */
  readonly rule: LookRuleName;
  /** Whether the plan says how often it looks; where not, what would be shown at one planned look is said beside. */
  readonly stated: boolean;
  /** Which look this is, from 1, as the history counts or else as the plan's schedule has it; absent where neither tells. */
  readonly look?: number;
  /** How many looks the plan has; absent where that is open. */
  readonly most?: number;
  /** Units of all variants together so far. */
  readonly units: number;
  /** At the planned end; absent where the plan does not say. */
  readonly planned?: number;
  /** Confidence level at which a single test of this look is read, so that all looks hold the plan's; 1 where none can show. */
  readonly nominal: number;
  /** Two-sided error spent by this look, all looks so far together; absent where looks are not counted. */
  readonly spent?: number;
  /**
   * Where the plan gives gains up: at or below which deviate, towards a gain, this look does (absent where it cannot); whether that
   * binds, and with which power the plan finds the gain that it was made for.
   */
  readonly futility?: { readonly below?: number; readonly binding: boolean; readonly power: number };
  /** By what a plan decides that decides by beliefs; on the scale of lifts. */
  readonly believing?: Believing;
  /**
   * How often such a plan would have shipped or stopped by now if the first goal did not move at all, at one of so many looks: the
   * look that this is, or as many as the plan has, else 20.
   */
  readonly falseChoices?: FalseChoices;
  /** Under alpha spending: the bounds of all looks, and the way of the first goal's effects among them. */
  readonly course?: Course;
  /** To be passed to the next look's analysis, where this one was given a history. */
  readonly history?: LookHistory;
}
