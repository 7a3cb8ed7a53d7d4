import type { ScalarMoments } from "../../../core/moments.js";
import { square } from "../../../core/powers.js";
import { type RandomSource, sampleLognormal } from "../../../random/index.js";
import { lift, meanDifference, momentsOf, welch } from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { coverageWorld } from "../coverage-world.js";

type Arms = readonly [control: ScalarMoments, treatment: ScalarMoments];

const world = { buy: 0.2, mu: 3, sigma: 1, margin: 0.4, shipping: 4, back: 0.15 };
const lifted = 1.1;

/** What one unit leaves: of an order its margin less shipping; of one that comes back, shipping twice. */
function netOf(random: RandomSource, factor: number): number {
  if (random.next() >= world.buy * factor) return 0;
  const amount = sampleLognormal(random, world.mu, world.sigma);
  return random.next() < world.back ? -2 * world.shipping : world.margin * amount - world.shipping;
}

function armOf(random: RandomSource, n: number, factor: number): ScalarMoments {
  return momentsOf(Float64Array.from({ length: n }, () => netOf(random, factor)));
}

const kept = world.margin * Math.exp(world.mu + square(world.sigma) / 2) - world.shipping;
const perOrder = (1 - world.back) * kept - world.back * 2 * world.shipping;

/** Revenue minus cost minus returns, values of both signs: 20 % buy, 10 % more in treatment. */
export const netCoverage: readonly CalibrationWorld[] = [
  [500, 4_500],
  [4_500, 500],
].map(([n = 0, m = 0]) =>
  coverageWorld<Arms>({
    key: `net/${n}-${m}`,
    group: "A net value of both signs, 95 % intervals",
    title: `20 % buy, margin 40 % of log-normal (3, 1), shipping 4, 15 % come back, +10 %, n = ${n} / ${m}`,
    truth: (lifted - 1) * world.buy * perOrder,
    draw: (random) => [armOf(random, n, 1), armOf(random, m, lifted)],
    methods: [
      {
        method: "meanDifference (default)",
        atLeast: 0.93,
        atMost: 0.97,
        estimate: ([a, b]) => meanDifference(a, b),
      },
      {
        method: "lift (default)",
        truth: lifted - 1,
        atLeast: 0.93,
        estimate: ([a, b]) => lift(a, b),
      },
      { method: "welch", estimate: ([a, b]) => welch(a, b) },
    ],
  }),
);
