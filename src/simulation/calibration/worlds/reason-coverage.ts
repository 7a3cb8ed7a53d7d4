import type { Estimate } from "../../../core/estimate.js";
import type { Moments } from "../../../core/moments.js";
import { square } from "../../../core/powers.js";
import { type RandomSource, sampleLognormal } from "../../../random/index.js";
import { MomentsAccumulator, reasonsForDifference } from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { coverageWorld } from "../coverage-world.js";

type Arms = readonly [control: Moments, treatment: Moments];

/** Share that buys, chance of one more order after each, and the law of an order's amount. */
interface Habits {
  readonly buy: number;
  readonly again: number;
  readonly mu: number;
}

const sigma = 0.8;
const usual: Habits = { buy: 0.1, again: 0.25, mu: 3 };
const moved: Habits = { buy: 0.115, again: 0.3, mu: 3.05 };

function armOf(random: RandomSource, n: number, { buy, again, mu }: Habits): Moments {
  const moments = new MomentsAccumulator(["buyers", "orders", "revenue"]);
  for (let i = 0; i < n; i++) {
    let [orders, revenue] = [0, 0];
    for (let more = buy; random.next() < more; more = again) {
      orders++;
      revenue += sampleLognormal(random, mu, sigma);
    }
    moments.push([orders > 0 ? 1 : 0, orders, revenue]);
  }
  return moments.moments();
}

/** Buyers, orders per buyer, amount per order. */
const factors = ({ buy, again, mu }: Habits) => [buy, 1 / (1 - again), Math.exp(mu + square(sigma) / 2)];
const product = (habits: Habits) => factors(habits).reduce((all, each) => all * each, 1);
const [from, to] = [product(usual), product(moved)];
const size = (to - from) / Math.log(to / from);
const parts = factors(usual).map((factor, i) => size * Math.log((factors(moved)[i] ?? factor) / factor));

const partOf = ([control, treatment]: Arms, at: number): Estimate => {
  const found = reasonsForDifference(control, treatment);
  if (found.status !== "ok") return { status: "undefined", method: "log-mean", reason: found.reason };
  return found.reasons[at]?.contribution ?? found.difference;
};

/** Why revenue differs: more buyers, more often, more each time, all three of them moved. */
export const reasonCoverage: readonly CalibrationWorld[] = [
  [2_000, 2_000],
  [6_000, 1_500],
].map(([n = 0, m = 0]) =>
  coverageWorld<Arms>({
    key: `reasons/${n}-${m}`,
    group: "Why revenue differs, 95 % intervals",
    title: `10 → 11.5 % buy, one more order 25 → 30 %, log-normal amounts (3 → 3.05, 0.8), n = ${n} / ${m}`,
    truth: to - from,
    draw: (random) => [armOf(random, n, usual), armOf(random, m, moved)],
    methods: [
      ...["more buyers", "more often", "more each time"].map((name, at) => ({
        method: `reasonsForDifference, ${name}`,
        truth: parts[at] ?? 0,
        atLeast: 0.93,
        atMost: 0.97,
        estimate: (arms: Arms) => partOf(arms, at),
      })),
      {
        method: "reasonsForDifference, together",
        atLeast: 0.93,
        atMost: 0.97,
        estimate: (arms) => partOf(arms, 3),
      },
    ],
  }),
);
