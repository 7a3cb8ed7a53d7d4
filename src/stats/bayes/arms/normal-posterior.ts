import { square } from "../../../core/powers.js";

/** A normal–inverse-gamma distribution: mean, how many values it is worth, and shape and scale of the variance. */
export interface NormalPrior {
  readonly mean: number;
  readonly n: number;
  readonly shape: number;
  readonly scale: number;
}

/** The normal–inverse-gamma posterior given [n, mean, Σ (x − mean)²]. */
export function normalPosterior(
  prior: NormalPrior,
  [n, mean, m2]: readonly [number, number, number],
): NormalPrior {
  if (n === 0) return prior;
  const total = prior.n + n;
  return {
    mean: (prior.n * prior.mean + n * mean) / total,
    n: total,
    shape: prior.shape + n / 2,
    scale: prior.scale + m2 / 2 + (prior.n * n * square(mean - prior.mean)) / (2 * total),
  };
}
