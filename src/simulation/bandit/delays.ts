import type { RandomSource } from "../../random/index.js";
import { drawLaw } from "../laws/draw-law.js";
import type { Law } from "../laws/index.js";

/** How long after its decision a reward happens. */
export type Delay = Law & {
  /** Mean of the delays, in hours, > 0. */
  readonly meanHours: number;
  /** The fraction of rewards that never happen; default 0. */
  readonly lost?: number;
};

/** Hours until a reward happens; Infinity if it never does. */
export function drawDelay(delay: Delay, random: RandomSource): number {
  const lost = random.next() < (delay.lost ?? 0);
  const hours = delay.meanHours * drawLaw(delay, random);
  return lost ? 1 / 0 : hours;
}
