import type { RandomSource } from "../../random/index.js";
import type { LawName } from "./laws/index.js";

/** What is believed about every action's expected reward, given the sums and one context. */
export interface Posterior {
  /**
   * @param eligible  indices of the actions compared, ascending
   * @param seed      seeds the draws of a posterior that has no quadrature
   * @returns for each eligible action the probability of being best, summing to 1
   */
  best(eligible: readonly number[], seed: string): number[];
  /** The beliefs themselves. */
  readonly belief: Belief;
}

/** Either independent laws of one kind with parameters an action, or moments and joint draws. */
export type Belief =
  | { readonly law: LawName; readonly parameters: readonly (readonly number[])[] }
  | {
      readonly law: "joint";
      readonly mean: ArrayLike<number>;
      readonly sd: ArrayLike<number>;
      /** Writes one joint draw of all actions' expected rewards into `out`. */
      draw(random: RandomSource, out: Float64Array): void;
    };
