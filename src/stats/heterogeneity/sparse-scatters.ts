import { once } from "../../core/once.js";
import { cube, square } from "../../core/powers.js";

// Two kinds of world, weighed by their marginal likelihoods. Scatter is in units of the typical standard error.
// "All differ a little": scatter with density ∝ t (1 + (t / 0.8)²)⁻⁴. "Few differ": scatter with a Cauchy density of
// scale 2, and a share of effects that are the common one with density 4 share³. Chosen by simulation: a heavier tail
// of the first exaggerates cells of small effects, a lighter one of the second loses named cells of sparse worlds.
const differLittle = 0.7;
const littleScatter = 0.8;
const fewScatter = 2;
/** Shares of effects that have exactly the common one, and what part of [0, 1] each stands for. */
const shares = [
  { share: 0.3, part: 0.25 },
  { share: 0.5, part: 0.175 },
  { share: 0.65, part: 0.15 },
  { share: 0.8, part: 0.115 },
  { share: 0.88, part: 0.07 },
  { share: 0.94, part: 0.0475 },
  { share: 0.975, part: 0.03 },
] as const;
/** From this many effects on a share of them can be learned at all. */
const enoughForShare = 4;

/** Shares of effects that have exactly the common one, and the logarithm of how likely each is: two lists, as they are many. */
interface Few {
  readonly shares: readonly number[];
  readonly logs: readonly number[];
}

const nobody: Few = { shares: [], logs: [] };

/** A scatter of the effects, and how likely it is before the data: where all differ, and for each share. */
export interface Scatter {
  readonly at: number;
  readonly little: number;
  readonly few: Few;
}

/** Points evenly spaced on a log scale, about `ratio` apart. */
function geometric(low: number, high: number, ratio: number): readonly number[] {
  const span = Math.log(high / low);
  const steps = Math.max(1, Math.ceil(span / Math.log(ratio)));
  const all: number[] = [];
  for (let i = 0; i <= steps; i++) all.push(low * Math.exp((span * i) / steps));
  return all;
}

/** Logarithms of weights that sum to `total`. */
function normalized(weights: readonly number[], total: number): readonly number[] {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return weights.map((weight) => Math.log((total * weight) / sum));
}

const everyShare = shares.map(({ share }) => share);
const shareLogs = normalized(
  shares.map(({ share, part }) => cube(share) * part),
  1 - differLittle,
);

/** How far scatters go, and whether there are effects enough to learn a share of them. */
interface Extent {
  readonly high: number;
  readonly learnsShare: boolean;
}

function scattersOf({ high, learnsShare }: Extent): readonly Scatter[] {
  const little = geometric(0.1, high, 1.5);
  const littleLogs = normalized(
    little.map((at) => square(at) / square(square(1 + square(at / littleScatter)))),
    learnsShare ? differLittle : 1,
  );
  const all = little.map((at, i): Scatter => ({ at, little: littleLogs[i] ?? -Infinity, few: nobody }));
  if (!learnsShare) return all;
  const few = geometric(0.5, high, 1.8);
  const fewLogs = normalized(
    few.map((at) => at / (1 + square(at / fewScatter))),
    1,
  );
  few.forEach((at, i) => {
    const own = fewLogs[i] ?? -Infinity;
    const logs = shareLogs.map((log) => log + own);
    all.push({ at, little: -Infinity, few: { shares: everyShare, logs } });
  });
  return all;
}

/** Where no effect lies far out. */
const usual: Extent = { high: 4, learnsShare: true };
const usualOfFew: Extent = { high: 4, learnsShare: false };

/**
 * The prior's scatters, each with how likely it is.
 * @param largest  how far the furthest effect lies from the average, in typical standard errors
 * @param count    number of effects
 */
export function scatters(largest: number, count: number): readonly Scatter[] {
  const extent = count < enoughForShare ? usualOfFew : usual;
  return 2 * largest > extent.high ? scattersOf({ ...extent, high: 2 * largest }) : once(extent, scattersOf);
}
