import type { Sfc32 } from "../../random/hot-loops/index.js";
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
  /**
   * How one action is drawn with exactly the probabilities of `best`, without them. `"belief"`: they are exact, so the best
   * of one draw of the beliefs has them. A function: the place of an action among the eligible, given the same seed and the
   * occasion's own chance; undefined where these actions have no such draw. Absent: none have.
   */
  readonly quick?:
    | "belief"
    | ((eligible: readonly number[], seed: string, random: Sfc32) => number | undefined);
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
