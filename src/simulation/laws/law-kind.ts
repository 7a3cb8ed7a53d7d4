import type { Fields, FieldsType } from "../../shapes/index.js";

/**
 * A law of positive quantities, as it is when its mean is 1. Draws go through its quantile, so that one uniform number
 * makes one draw and two worlds under one seed stay comparable.
 */
export interface LawKind<F extends Fields> {
  /** The law's settings, as data. */
  readonly settings: F;
  /**
   * @param p  probability, strictly between 0 and 1
   * @returns the quantity that is not exceeded with probability p, in multiples of the mean
   */
  quantile(p: number, settings: FieldsType<F>): number;
  /** @returns the variance in squared means; Infinity where the law has none */
  variance(settings: FieldsType<F>): number;
}
