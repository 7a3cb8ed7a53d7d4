import { normalSurvival, normalSurvivalQuantile } from "../../distributions/index.js";
import { gaussPanels } from "../group-sequential/gauss-panels.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { remembered } from "../numeric/remembered.js";

const independent = (own: number, count: number) => -Math.expm1(count * Math.log1p(-own));

/** Standard deviations of what treatments share, beyond which nothing is added. */
const FAR = 9;

/**
 * The probability that any of several treatments that share one control passes falsely, where each alone would with a given one:
 * treatments are positively correlated through the control, so that it is less than the sum.
 * @param own          error of one treatment's test, one-sided, in [0, 1]
 * @param count        of the treatments
 * @param correlation  of two treatments' estimates, in [0, 1); that of the smallest treatment errs on the safe side
 * @returns in [0, 1], absolute error about 1e-12
 * @source Dunnett (1955), JASA 50
 * @checked test/stats/dunnett.test.ts — Dunnett's tables, independence, simulation
 */
export function errorTogether(own: number, count: number, correlation: number): number {
  if (own <= 0) return 0;
  if (own >= 1) return 1;
  if (correlation <= 0 || count === 1) return independent(own, count);
  const { at, weight } = gaussPanels(-FAR, FAR, 1);
  const [shared, rest] = [Math.sqrt(correlation), Math.sqrt(1 - correlation)];
  const bound = normalSurvivalQuantile(own);
  let sum = 0;
  at.forEach((x, i) => {
    const passes = normalSurvival((bound - shared * x) / rest);
    sum += (weight[i] ?? 0) * Math.exp(-0.5 * x * x) * independent(passes, count);
  });
  return Math.min(1, sum / Math.sqrt(2 * Math.PI));
}

const known = remembered<number>(200);

/** The error of each treatment's test with which several hold an error together: {@link errorTogether}, the other way round. */
export function errorOfEach(error: number, count: number, correlation: number): number {
  if (count === 1 || error <= 0 || error >= 1) return error;
  return known(JSON.stringify([error, count, correlation]), () => {
    const lacking = (log: number) => errorTogether(Math.exp(log), count, correlation) - error;
    return Math.exp(bracketedRoot(lacking, Math.log(error / count) - 1e-9, Math.log(error), 1e-12));
  });
}

/** Correlation of two treatments' estimates, from the units of a treatment per unit of control. */
export const sharedCorrelation = (ratio: number): number => ratio / (1 + ratio);
