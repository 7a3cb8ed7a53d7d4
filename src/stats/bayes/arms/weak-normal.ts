import type { ScalarMoments } from "../../../core/moments.js";
import { type ErrorPath, requireNumber } from "../../../errors/index.js";
import type { NormalPrior } from "./normal-posterior.js";

/** One value at the mean of all arms, and one, of the variance within them. */
export function weakNormal(arms: readonly ScalarMoments[], path: ErrorPath): NormalPrior {
  const sum = (of: (arm: ScalarMoments) => number) => arms.reduce((all, arm) => all + of(arm), 0);
  const n = sum((arm) => arm.n);
  const variance = sum(({ m2 }) => m2) / (n - arms.length);
  requireNumber(variance, path, { above: 0 });
  return { mean: sum((arm) => arm.mean * (arm.n / n)), n: 1, shape: 1, scale: variance };
}
