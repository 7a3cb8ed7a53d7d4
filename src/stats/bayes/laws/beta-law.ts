import { logOddsPeak } from "../peaks/log-odds-peak.js";
import { type ArmLaw, inCommonCoordinate, shareScale } from "./arm-law.js";

/** A beta distribution of a share. */
export const betaLaw = (a: number, b: number): ArmLaw => ({
  ...shareScale,
  ...inCommonCoordinate(logOddsPeak(a, b), Math.sqrt(1 / a + 1 / b)),
  mean: a / (a + b),
  excess: 1 / (a + b),
});
