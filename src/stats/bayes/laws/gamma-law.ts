import { logPeak } from "../peaks/log-peak.js";
import { type ArmLaw, inCommonCoordinate, positiveScale } from "./arm-law.js";

/** A gamma distribution of a rate. */
export const gammaLaw = (shape: number, rate: number): ArmLaw => ({
  ...positiveScale,
  ...inCommonCoordinate(logPeak(shape, rate), 1 / Math.sqrt(shape)),
  mean: shape / rate,
  excess: 1 / rate,
});
