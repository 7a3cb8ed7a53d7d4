import type { ScalarMoments } from "../../../core/moments.js";
import { type RandomSource, sampleBinomial, sampleGamma, sampleNormal } from "../../../random/index.js";
import { pooledProportions, pooledT, welch } from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { rejectionWorld } from "../rejection-world.js";

/** Moments of n normal values, drawn as such: the mean, and m2 as sd² times χ² with n − 1 degrees of freedom. */
const normalMoments = (random: RandomSource, n: number, sd: number): ScalarMoments => ({
  n,
  mean: (sd * sampleNormal(random)) / Math.sqrt(n),
  m2: 2 * sd * sd * sampleGamma(random, (n - 1) / 2),
});

const group = "Two means and two rates, 5 % tests under the null";
const near = { atLeast: 0.045, atMost: 0.055 };

const means = (
  [
    { n: [12, 30], sd: [1, 1] },
    { n: [30, 12], sd: [1, 3] },
    { n: [900, 100], sd: [1, 2] },
  ] as const
).map(({ n, sd }) =>
  rejectionWorld<readonly [ScalarMoments, ScalarMoments]>({
    key: `null/means/${n.join("-")}/${sd.join("-")}`,
    group,
    title: `normal, sd ${sd.join(" / ")}, n = ${n.join(" / ")}`,
    draw: (random) => [normalMoments(random, n[0], sd[0]), normalMoments(random, n[1], sd[1])],
    methods: [
      { method: "welch", ...near, pValue: ([a, b]) => welch(a, b).pValue ?? null },
      {
        method: "pooledT",
        ...(sd[0] === sd[1] ? { nominal: 0.05 } : { note: "assumes equal variances, which differ here" }),
        pValue: ([a, b]) => pooledT(a, b).pValue ?? null,
      },
    ],
  }),
);

const rates = (
  [
    { p: 0.05, n: [5_000, 5_000] },
    { p: 0.05, n: [9_000, 1_000] },
    { p: 0.3, n: [300, 100] },
  ] as const
).map(({ p, n }) =>
  rejectionWorld<readonly [number, number]>({
    key: `null/rates/${p}/${n.join("-")}`,
    group,
    title: `rate ${p}, n = ${n.join(" / ")}`,
    draw: (random) => [sampleBinomial(random, n[0], p), sampleBinomial(random, n[1], p)],
    methods: [
      {
        method: "pooledProportions",
        ...near,
        pValue: ([x, y]) => pooledProportions({ x, n: n[0] }, { x: y, n: n[1] }).pValue ?? null,
      },
    ],
  }),
);

/** Tests of two means and of two rates where nothing differs. */
export const meanNulls: readonly CalibrationWorld[] = [...means, ...rates];
