/** How the linear predictor relates to the expected reward. */
export interface Link {
  readonly inverse: (predictor: number) => number;
  readonly of: (reward: number) => number;
  /** Working weight of n rewards at an expected reward, given the noise variance. */
  readonly weight: (n: number, expected: number, noise: number) => number;
  /** Mean of the expected reward when the predictor is normal with a variance. */
  readonly mean: (predictor: number, variance: number) => number;
  /** Slope of the expected reward in the predictor. */
  readonly slope: (expected: number) => number;
  /** What prior standard deviations are counted in, given the noise variance. */
  readonly unit: (noise: number) => number;
}

/** The links, by name. */
export const links = {
  logistic: {
    inverse: (predictor) => 1 / (1 + Math.exp(-predictor)),
    of: (reward) => Math.log(reward / (1 - reward)),
    weight: (n, expected) => n * expected * (1 - expected),
    // MacKay's approximation.
    mean: (predictor, variance) => 1 / (1 + Math.exp(-predictor / Math.sqrt(1 + (Math.PI * variance) / 8))),
    slope: (expected) => expected * (1 - expected),
    unit: () => 1,
  },
  identity: {
    inverse: (predictor) => predictor,
    of: (reward) => reward,
    weight: (n, _expected, noise) => n / noise,
    mean: (predictor) => predictor,
    slope: () => 1,
    unit: (noise) => Math.sqrt(noise),
  },
} as const satisfies Record<string, Link>;
