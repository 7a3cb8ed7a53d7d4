import { square } from "../core/powers.js";
import { requireSource } from "./require-source.js";
import type { RandomSource } from "./source.js";

// 128 strips of equal area under exp(−x²/2); the constants are Marsaglia and Tsang's.
const STRIPS = 128;
const TAIL = 3.442619855899;
const AREA = 9.91256303526217e-3;

/** Right edges of the strips. */
export const edge: Float64Array = new Float64Array(STRIPS + 1);
const height = new Float64Array(STRIPS + 1);
edge[0] = AREA / Math.exp(-0.5 * TAIL * TAIL);
edge[1] = TAIL;
for (let i = 2; i < STRIPS; i++) {
  const previous = edge[i - 1] as number;
  edge[i] = Math.sqrt(-2 * Math.log(AREA / previous + Math.exp(-0.5 * previous * previous)));
}
for (let i = 1; i <= STRIPS; i++) height[i] = Math.exp(-0.5 * square(edge[i] as number));

/**
 * A standard normal draw (mean 0, variance 1), by the ziggurat with separate numbers for strip and place.
 * @param random  source of chance
 * @returns a draw; scale it yourself: `mean + sd * sampleNormal(random)`
 * @throws ExperimentError `missing_value` or `wrong_type` at ["random"]
 * @source Marsaglia & Tsang (2000), J. Stat. Softw. 5(8); Doornik (2005)
 */
export function sampleNormal(random: RandomSource): number {
  requireSource(random);
  return drawNormal(random);
}

/** `sampleNormal` for loops that know their arguments: nothing is checked. */
export function drawNormal(random: RandomSource): number {
  for (;;) {
    const strip = (random.next() * STRIPS) | 0;
    const u = 2 * random.next() - 1;
    const x = u * (edge[strip] as number);
    if (Math.abs(x) < (edge[strip + 1] as number)) return x;
    const z = atEdge(random, strip, u);
    if (!Number.isNaN(z)) return z;
  }
}

/**
 * What becomes of a place near its strip's edge, one in seventy.
 * @param random  source of chance
 * @param strip   0 … 127; 0 is the one with the tail
 * @param u       the place, in (−1, 1) of the strip's edge
 * @returns the draw; NaN if the place lies above the curve, and strip and place have to be drawn again
 */
export function atEdge(random: RandomSource, strip: number, u: number): number {
  if (strip === 0) {
    let beyond: number;
    do beyond = -Math.log(random.next()) / TAIL;
    while (-2 * Math.log(random.next()) < beyond * beyond);
    return u < 0 ? -TAIL - beyond : TAIL + beyond;
  }
  const x = u * (edge[strip] as number);
  const low = height[strip] as number;
  return low + random.next() * ((height[strip + 1] as number) - low) < Math.exp(-0.5 * x * x)
    ? x
    : Number.NaN;
}
