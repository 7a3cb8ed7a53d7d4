/**
 * Centred sample moments of several values per unit. They merge exactly (Chan's formula), so micro cells add up
 * to macro. `comoment` is the packed lower triangle, row by row — (0,0), (1,0), (1,1), (2,0) … — of
 * Σ (xᵢ − x̄ᵢ)(xⱼ − x̄ⱼ); its diagonal is m2.
 */
export interface Moments {
  readonly n: number;
  readonly names: readonly string[];
  readonly mean: readonly number[];
  readonly comoment: readonly number[];
  /** Σ (xᵢ − x̄ᵢ)³, one per name. */
  readonly m3?: readonly number[];
  /** Of every pair i > j, row by row as in `comoment`: Σ (xᵢ − x̄ᵢ)²(xⱼ − x̄ⱼ), then Σ (xᵢ − x̄ᵢ)(xⱼ − x̄ⱼ)². */
  readonly mixed3?: readonly number[];
  /** Of every three i > j > l, by i, then j, then l: Σ (xᵢ − x̄ᵢ)(xⱼ − x̄ⱼ)(xₗ − x̄ₗ). */
  readonly triple3?: readonly number[];
  /** How many values are not zero, one count per name. */
  readonly nonzero?: readonly number[];
  /** Largest value, one per name. */
  readonly max?: readonly number[];
  /** Of moments of one value: how many units have which value, for what moments do not tell, such as quantiles. */
  readonly distribution?: Distribution;
}

/** How many units have which value. */
export interface Distribution {
  /** Values that occur, ascending, each once. */
  readonly values: readonly number[];
  /** Units that have each of them; they add up to n. */
  readonly units: readonly number[];
}

/** Moments of one value per unit; m2 = Σ (x − x̄)², m3 = Σ (x − x̄)³. */
export interface ScalarMoments {
  readonly n: number;
  readonly mean: number;
  readonly m2: number;
  readonly m3?: number;
  /** How many values are not zero. */
  readonly nonzero?: number;
  readonly max?: number;
}
