import { lift } from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { coverageWorld, type IntervalMethod } from "../coverage-world.js";
import { type RevenueArm, revenueArm } from "../draws.js";

type Arms = readonly [control: RevenueArm, treatment: RevenueArm];

const world = { buy: 0.05, mu: 3, sigma: 1.2 };
const lifted = 1.1;
const designs = [
  [500, 500],
  [2_000, 2_000],
  [20_000, 20_000],
  [9_000, 1_000],
] as const;

const fromMoments = (method: "fieller" | "log-delta" | "delta"): IntervalMethod<Arms> => ({
  method,
  estimate: ([a, b]) => lift(a.moments, b.moments, { method }),
});

/** Lift of skewed revenue: 5 % buy, amounts log-normal (3, 1.2), 10 % more in treatment. */
export const revenueCoverage: readonly CalibrationWorld[] = designs.map(([n, m]) => {
  const equal = n === m;
  return coverageWorld<Arms>({
    key: `revenue/${n}-${m}`,
    group: "Lift of skewed revenue, 95 % intervals",
    title: `5 % buy, log-normal (3, 1.2), +10 %, n = ${equal ? n : `${n} / ${m}`}`,
    truth: lifted - 1,
    draw: ((): ((random: Parameters<ReturnType<typeof revenueArm>>[0]) => Arms) => {
      const control = revenueArm(n, { ...world, factor: 1 });
      const treatment = revenueArm(m, { ...world, factor: lifted });
      return (random) => [control(random), treatment(random)];
    })(),
    methods: [
      { ...fromMoments("fieller"), ...(equal ? { atLeast: 0.94 } : {}) },
      fromMoments("log-delta"),
      fromMoments("delta"),
    ],
  });
});
