import type { ScalarMoments } from "../../../core/moments.js";
import { type RandomSource, sampleGamma, sampleNormal } from "../../../random/index.js";
import {
  dunnettComparisons,
  type GroupComparison,
  tukeyComparisons,
  welchAnova,
} from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { rejectionWorld, type TestMethod } from "../rejection-world.js";

const group = "Several groups, 5 % under the null";

/** Moments of n normal values of standard deviation sd. */
const moments = (random: RandomSource, n: number, sd: number): ScalarMoments => ({
  n,
  mean: (sd * sampleNormal(random)) / Math.sqrt(n),
  m2: 2 * sd * sd * sampleGamma(random, (n - 1) / 2),
});

/**
 * A simultaneous comparison whose critical values depend on the groups' sizes alone: they are read once, when first
 * needed, off the function's own intervals, since computing them takes longer than all the rest together.
 */
function anyRejected(
  sizes: readonly number[],
  compare: (groups: readonly ScalarMoments[]) => readonly GroupComparison[],
): TestMethod<readonly ScalarMoments[]>["pValue"] {
  const df = sizes.reduce((sum, n) => sum + n, 0) - sizes.length;
  let pairs: { control: number; treatment: number; critical: number }[] | undefined;
  return (groups) => {
    pairs ??= compare(sizes.map((n) => ({ n, mean: 0, m2: n - 1 }))).map(
      ({ control, treatment, estimate }) => ({
        control,
        treatment,
        critical: estimate.status === "ok" ? estimate.interval[1] / estimate.standardError : Number.NaN,
      }),
    );
    const variance = groups.reduce((sum, { m2 }) => sum + m2, 0) / df;
    const held = pairs.every(({ control, treatment, critical }) => {
      const [a, b] = [groups[control] as ScalarMoments, groups[treatment] as ScalarMoments];
      return Math.abs(b.mean - a.mean) <= critical * Math.sqrt(variance * (1 / a.n + 1 / b.n));
    });
    return held ? 1 : 0;
  };
}

const designs = [
  { n: [20, 20, 20, 20], sd: [1, 1, 1, 1] },
  { n: [60, 30, 20, 10], sd: [1, 1, 1, 1] },
  { n: [60, 30, 20, 15], sd: [1, 1.5, 2, 3] },
] as const;

/** Three treatments and a control of normal values, where nothing differs. */
export const groupNulls: readonly CalibrationWorld[] = designs.map(({ n, sd }) => {
  const [equalSizes, equalSpread] = [new Set(n).size === 1, new Set(sd).size === 1];
  return rejectionWorld<readonly ScalarMoments[]>({
    key: `null/groups/${n.join("-")}/${sd.join("-")}`,
    group,
    title: `normal, n = ${n.join(" / ")}, sd ${equalSpread ? 1 : sd.join(" / ")}`,
    draw: (random) => n.map((size, i) => moments(random, size, sd[i] as number)),
    methods: [
      {
        method: "welchAnova",
        atLeast: 0.04,
        atMost: 0.06,
        pValue: (groups) => welchAnova(groups)?.pValue ?? null,
      },
      ...(equalSpread
        ? [
            {
              method: "tukeyComparisons, any pair",
              ...(equalSizes ? { nominal: 0.05 } : { atMost: 0.05, note: "Kramer's, conservative" }),
              pValue: anyRejected(n, (groups) => tukeyComparisons(groups)),
            },
            {
              method: "dunnettComparisons, any treatment",
              nominal: 0.05,
              pValue: anyRejected(n, (groups) => dunnettComparisons(groups)),
            },
          ]
        : []),
    ],
  });
});
