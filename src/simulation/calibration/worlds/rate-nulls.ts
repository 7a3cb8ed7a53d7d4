import { samplePoisson } from "../../../random/index.js";
import { rateRatio } from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { rejectionWorld } from "../rejection-world.js";

/** Two Poisson rates that do not differ: the exact test never rejects more often than said. */
export const rateNulls: readonly CalibrationWorld[] = (
  [
    { rate: 0.02, exposure: [1_000, 1_000] },
    { rate: 0.05, exposure: [9_000, 1_000] },
  ] as const
).map(({ rate, exposure }) =>
  rejectionWorld<readonly [number, number]>({
    key: `null/poisson/${rate}/${exposure.join("-")}`,
    group: "Two Poisson rates, 5 % tests under the null",
    title: `rate ${rate}, exposure ${exposure.join(" / ")}`,
    draw: (random) => [samplePoisson(random, rate * exposure[0]), samplePoisson(random, rate * exposure[1])],
    methods: [
      {
        method: "rateRatio",
        atMost: 0.05,
        pValue: ([x, y]) =>
          x + y === 0
            ? null
            : (rateRatio({ events: x, exposure: exposure[0] }, { events: y, exposure: exposure[1] }).pValue ??
              null),
      },
    ],
  }),
);
