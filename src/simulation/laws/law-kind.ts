/**
 * A law of positive quantities, as it is when its mean is 1. Draws go through its quantile, so that one uniform number
 * makes one draw and two worlds under one seed stay comparable.
 */
export interface LawKind<S extends object> {
  /** The law's settings, each with the number that it must exceed. */
  readonly above: { readonly [K in keyof S]: number };
  /**
   * @param p  probability, strictly between 0 and 1
   * @returns the quantity that is not exceeded with probability p, in multiples of the mean
   */
  quantile(p: number, settings: S): number;
  /** @returns the variance in squared means; Infinity where the law has none */
  variance(settings: S): number;
}
