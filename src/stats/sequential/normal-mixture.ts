import type { Boundary, LookScale } from "./boundary.js";

/**
 * Robbins' normal mixture: the boundary of mSPRT, and of asymptotic confidence sequences when its variance is tuned.
 * @source Robbins (1970), Annals of Mathematical Statistics 41; Johari, Koomen, Pekelis & Walsh (2017), KDD
 * @checked test/reference/sequential.json — mpmath, gbstats, confseq
 */
export function normalMixture({ ratio }: Pick<LookScale, "ratio">): Boundary {
  const start = -Math.log1p(ratio) / 2;
  const gain = ratio / (1 + ratio) / 2;
  return {
    logE: (deviate) => gain * deviate * deviate + start,
    critical: (logE) => Math.sqrt(Math.max(0, logE - start) / gain),
  };
}
