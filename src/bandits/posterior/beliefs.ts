import type { RandomSource } from "../../random/source.js";
import { laws } from "./laws/index.js";
import type { Law, Sampler } from "./laws/law.js";
import type { Belief } from "./posterior.js";

/** Posterior mean and standard deviation of each action's expected reward. */
export function momentsOf(belief: Belief): { mean: ArrayLike<number>; sd: ArrayLike<number> } {
  if (belief.law === "joint") return belief;
  const { mean, sd } = laws[belief.law];
  return { mean: belief.parameters.map(mean), sd: belief.parameters.map(sd) };
}

/** Writes one draw of every action's expected reward into `out`. */
export function drawBelief(belief: Belief, random: RandomSource, out: Float64Array): void {
  if (belief.law === "joint") {
    belief.draw(random, out);
    return;
  }
  const { draw } = laws[belief.law];
  for (let i = 0; i < out.length; i++) out[i] = draw(random, belief.parameters[i]!);
}

/** How a hot loop draws from a belief; worth keeping for as long as the belief. */
export function samplerOf(belief: Belief): Sampler {
  if (belief.law === "joint") return belief.draw;
  const law: Law = laws[belief.law];
  return law.sampler?.(belief.parameters) ?? ((random, out) => drawBelief(belief, random, out));
}
