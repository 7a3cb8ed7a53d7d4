import type { Belief } from "../bandits/index.js";
import { drawBelief, momentsOf } from "../bandits/posterior/index.js";
import { randomSource } from "../random/index.js";
import { ensure } from "./ensure.js";
import type { ModelTrial } from "./model-trials.js";

const draws = 20_000;

/** @throws Error unless a belief's stated means are those of its draws */
export function ensureMoments(belief: Belief, { momentsWithin }: ModelTrial): void {
  const { mean, sd } = momentsOf(belief);
  const random = randomSource("moments");
  const out = new Float64Array(mean.length);
  const drawn = new Float64Array(mean.length);
  for (let i = 0; i < draws; i++) {
    drawBelief(belief, random, out);
    for (let arm = 0; arm < out.length; arm++) drawn[arm] = (drawn[arm] ?? 0) + (out[arm] ?? 0) / draws;
  }
  drawn.forEach((found, arm) => {
    const [stated, spread] = [mean[arm] ?? Number.NaN, sd[arm] ?? Number.NaN];
    const allowed = (momentsWithin ?? 4.5 / Math.sqrt(draws)) * spread;
    ensure(
      Math.abs(found - stated) <= allowed,
      `the mean of action ${arm} is stated as ${stated}, its draws have ${found} (allowed: ± ${allowed})`,
    );
  });
}
