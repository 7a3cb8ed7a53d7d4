import type { RandomSource } from "../../../random/index.js";
import { bootstrapLift, hurdleLift, meanDifference, welch } from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { hurdleOfArm, type RevenueArm, revenueArm } from "../draws.js";
import { rejectionWorld } from "../rejection-world.js";

type Arms = readonly [control: RevenueArm, treatment: RevenueArm];

const world = { buy: 0.05, mu: 3, sigma: 1.2, factor: 1 };

const designs = [
  { n: [2_000, 2_000], atMost: { rule: 0.053, hurdle: 0.06 } },
  { n: [9_000, 1_000], atMost: { rule: 0.053, bootstrap: 0.075, hurdle: 0.06 } },
] as const;

const replicates = 199;

/** Skewed revenue where nothing differs; the bands are those of the intervals in the table above. */
export const revenueNulls: readonly CalibrationWorld[] = designs.map(({ n, atMost }) => {
  const [control, treatment] = [revenueArm(n[0], world), revenueArm(n[1], world)];
  return rejectionWorld<Arms>({
    key: `null/revenue/${n.join("-")}`,
    group: "Skewed revenue, 5 % tests under the null",
    title: `5 % buy, log-normal (3, 1.2), n = ${n.join(" / ")}`,
    draw: (random) => [control(random), treatment(random)],
    methods: [
      {
        method: "meanDifference (default)",
        atMost: atMost.rule,
        pValue: ([a, b]) => meanDifference(a.moments, b.moments).pValue ?? null,
      },
      { method: "welch", pValue: ([a, b]) => welch(a.moments, b.moments).pValue ?? null },
      ...("bootstrap" in atMost
        ? [
            {
              method: `bootstrapLift, ${replicates} resamples`,
              atMost: atMost.bootstrap,
              pValue: ([a, b]: Arms, random: RandomSource) =>
                bootstrapLift(a.values, b.values, { random, replicates }).pValue ?? null,
            },
          ]
        : []),
      {
        method: "hurdleLift, log-normal model",
        atMost: atMost.hurdle,
        pValue: ([a, b]) => hurdleLift(hurdleOfArm(a), hurdleOfArm(b)).pValue ?? null,
      },
    ],
  });
});
