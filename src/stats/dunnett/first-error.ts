import { correctedLevel } from "../corrections/corrected-level.js";
import type { DecisionCorrection } from "../corrections/correction-names.js";
import { errorOfEach } from "./many-to-one.js";

/** Goals × treatments, and what their tests have in common. */
export interface GainsFamily {
  readonly goals: number;
  readonly treatments: number;
  /** Of two treatments' estimates, read by `"dunnett"`. */
  readonly correlation: number;
}

/** The one-sided error of each gain's test at the first step of the correction over goals × treatments. */
export function firstError(
  error: number,
  correction: DecisionCorrection,
  { goals, treatments, correlation }: GainsFamily,
): number {
  if (correction === "dunnett") return errorOfEach(error / goals, treatments, correlation);
  const family = Array.from({ length: goals * treatments }, () => 1);
  return 1 - correctedLevel(family, correction, 1 - error);
}
