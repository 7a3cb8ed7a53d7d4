import { bracketedRoot } from "../numeric/bracketed-root.js";
import type { Boundary, LookScale } from "./boundary.js";
import { normalMixture } from "./normal-mixture.js";

/** The share of the mixture that watches for effects of any size; the rest watches for the planned one, either way. */
const ANY = 0.25;

/** The square of the planned effect, in standard errors, that is shown with even odds at this error of both sides. */
export const plannedReach = (error: number) => 2 * Math.log(2 / ((1 - ANY) * error));

/** log(eᵃ + eᵇ) */
function logSum(a: number, b: number): number {
  const larger = Math.max(a, b);
  return larger === Number.NEGATIVE_INFINITY ? larger : larger + Math.log1p(Math.exp(-Math.abs(a - b)));
}

/**
 * A quarter normal mixture, three quarters on ± the planned effect: the sooner where the effect is about as planned,
 * and never more than a factor 4 of evidence behind where it is not.
 * @source Howard, Ramdas, McAuliffe & Sekhon (2021), Annals of Statistics 49, §3 (discrete mixtures)
 */
export function mixed({ ratio, effect }: Pick<LookScale, "ratio" | "effect">): Boundary {
  const any = normalMixture({ ratio });
  const half = Math.log((1 - ANY) / 2) - (effect * effect) / 2;
  const logE = (deviate: number) => {
    // An effect of more standard errors than can be squared: nobody looks that late.
    if (half === Number.NEGATIVE_INFINITY) return Math.log(ANY) + any.logE(deviate);
    const planned = half + effect * deviate + Math.log1p(Math.exp(-2 * effect * deviate));
    return logSum(Math.log(ANY) + any.logE(deviate), planned);
  };
  return {
    logE,
    critical(target) {
      const most = any.critical(target - Math.log(ANY));
      return bracketedRoot((deviate) => logE(deviate) - target, 0, most, 1e-13);
    },
  };
}
