import type { Sfc32 } from "../../../random/hot-loops/index.js";
import type { RandomSource } from "../../../random/index.js";

/** A family of distributions that an action's expected reward may be believed to have. */
export interface Law {
  mean(parameters: readonly number[]): number;
  /** Infinity where the distribution has no variance. */
  sd(parameters: readonly number[]): number;
  draw(random: RandomSource, parameters: readonly number[]): number;
  /**
   * The same draws for hot loops, of all actions at once: what follows from the parameters is worked out beforehand, and
   * chance has one known type. Absent: `draw` for each.
   */
  sampler?(parameters: readonly (readonly number[])[]): Sampler;
}

/** Writes one draw of every action's expected reward into `out`. */
export type Sampler = (random: Sfc32, out: Float64Array) => void;

/** What a law's density and distribution function are, where they have a closed form. */
export interface ClosedForm {
  density(x: number, parameters: readonly number[]): number;
  /** Inverse of the distribution function, p in (0, 1). */
  quantile(p: number, parameters: readonly number[]): number;
}

/** Log of what a law's density, without its constant, integrates to: how well its prior foresaw what was added to it. */
export type LogTotal = (parameters: readonly number[]) => number;
