import type { Moments } from "../../../core/moments.js";
import { type RandomSource, sampleBeta, sampleBinomial } from "../../../random/index.js";
import { MomentsAccumulator, pooledProportions, ratioDifference } from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { rejectionWorld } from "../rejection-world.js";

function sessions(random: RandomSource, users: number): Moments {
  const moments = new MomentsAccumulator(["numerator", "denominator"]);
  for (let i = 0; i < users; i++) {
    const count = 1 + Math.floor(14 * random.next());
    moments.push([sampleBinomial(random, count, sampleBeta(random, 2, 8)), count]);
  }
  return moments.moments();
}

const naive = ({ n, mean }: Moments) => ({
  x: Math.round((mean[0] as number) * n),
  n: Math.round((mean[1] as number) * n),
});

/** Conversions per session with sessions clustered in users: 1–14 a user, a rate of Beta(2, 8) a user; no effect. */
export const ratioNulls: readonly CalibrationWorld[] = [
  [500, 500],
  [900, 100],
].map(([n, m]) =>
  rejectionWorld<readonly [Moments, Moments]>({
    key: `ratio/${n}-${m}`,
    group: "Ratio of clustered sessions, 5 % tests under the null",
    title: `conversions per session, 1–14 sessions a user, rate Beta(2, 8), users ${n} / ${m}`,
    draw: (random) => [sessions(random, n as number), sessions(random, m as number)],
    methods: [
      {
        method: "ratioDifference",
        ...(n === m ? { atLeast: 0.045, atMost: 0.055 } : { atLeast: 0.045, atMost: 0.06 }),
        pValue: ([a, b]) => ratioDifference(a, b).pValue ?? null,
      },
      {
        method: "sessions as units (naive)",
        note: "measured elsewhere: 14.1 %; the wrong way, kept to show what clustering costs",
        pValue: ([a, b]) => pooledProportions(naive(a), naive(b)).pValue ?? null,
      },
    ],
  }),
);
