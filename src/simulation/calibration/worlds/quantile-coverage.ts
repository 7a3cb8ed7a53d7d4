import { type RandomSource, sampleLognormal } from "../../../random/index.js";
import { quantileDifference } from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { coverageWorld } from "../coverage-world.js";

type Arms = readonly [control: Float64Array, treatment: Float64Array];

const sigma = 1;
/** Standard normal quantiles. */
const designs = [
  { q: 0.5, z: 0, n: [400, 400] },
  { q: 0.5, z: 0, n: [900, 100] },
  { q: 0.9, z: 1.2815515655446004, n: [1_000, 300] },
] as const;
const lifted = 1.1;

/** Difference of quantiles of log-normal amounts, each arm's interval read off its order statistics. */
export const quantileCoverage: readonly CalibrationWorld[] = designs.map(({ q, z, n }) => {
  const [control, treatment] = [new Float64Array(n[0]), new Float64Array(n[1])];
  const fill = (random: RandomSource, values: Float64Array, factor: number) => {
    for (let i = 0; i < values.length; i++) values[i] = factor * sampleLognormal(random, 3, sigma);
  };
  return coverageWorld<Arms>({
    key: `quantile/${q}/${n.join("-")}`,
    group: "Difference of quantiles, 95 % intervals",
    title: `quantile ${q} of log-normal (3, ${sigma}), +10 %, n = ${n.join(" / ")}`,
    truth: (lifted - 1) * Math.exp(3 + sigma * z),
    draw(random) {
      fill(random, control, 1);
      fill(random, treatment, lifted);
      return [control, treatment];
    },
    methods: [
      {
        method: "quantileDifference",
        atLeast: 0.94,
        atMost: 0.96,
        estimate: ([a, b]) => quantileDifference({ values: a }, { values: b }, { q }),
      },
    ],
  });
});
