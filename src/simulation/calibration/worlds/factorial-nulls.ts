import { sampleGamma, sampleNormal } from "../../../random/index.js";
import {
  type Factor,
  type FactorialCell,
  type FactorialFit,
  factorialEffects,
  type LenthResult,
  lenth,
} from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { rejectionWorld, type TestMethod } from "../rejection-world.js";

const group = "Multivariate tests, 5 % under the null";

const factors: readonly Factor[] = [
  { name: "subject", levels: ["plain", "urgent"] },
  { name: "image", levels: ["none", "product", "people"] },
  { name: "button", levels: ["blue", "green"] },
];

/** Cells of 20 to 86 units with standard deviations from 1 to 2.1 and the same mean. */
const cells = factors[0]!.levels.flatMap((subject, i) =>
  factors[1]!.levels.flatMap((image, j) =>
    factors[2]!.levels.map((button, k) => {
      const at = 6 * i + 2 * j + k;
      return { levels: { subject, image, button }, n: 20 + 6 * at, sd: 1 + at / 10 };
    }),
  ),
);

const pOf = (fit: FactorialFit, ...names: string[]): number | null => {
  const found = fit.effects.find((each) => each.factors.join() === names.join());
  return found?.effect.pValue ?? null;
};

const methods: readonly TestMethod<FactorialFit>[] = [
  {
    method: "factorialEffects, a main effect",
    atLeast: 0.045,
    atMost: 0.055,
    pValue: (fit) => pOf(fit, "subject"),
  },
  {
    method: "factorialEffects, an interaction of all three",
    atLeast: 0.045,
    atMost: 0.055,
    pValue: (fit) => pOf(fit, "subject", "image", "button"),
  },
  {
    method: "factorialEffects, any effect after Holm",
    atMost: 0.055,
    pValue: ({ effects }) =>
      Math.min(...effects.map(({ effect }) => (effect.status === "ok" ? (effect.pAdjusted ?? 1) : 1))),
  },
];

const replicated = rejectionWorld<FactorialFit>({
  key: "null/factorial",
  group,
  title: "2 × 3 × 2 cells of 20 to 86 units, standard deviations 1 to 2.1",
  draw(random) {
    const drawn: FactorialCell[] = cells.map(({ levels, n, sd }) => ({
      levels,
      moments: {
        n,
        mean: (sd * sampleNormal(random)) / Math.sqrt(n),
        m2: 2 * sd * sd * sampleGamma(random, (n - 1) / 2),
      },
    }));
    return factorialEffects(factors, drawn);
  },
  methods,
});

const unreplicated = rejectionWorld<LenthResult>({
  key: "null/lenth",
  group,
  title: "15 effects of an unreplicated 2⁴ design",
  draw: (random) =>
    lenth(
      Array.from({ length: 15 }, (_, i) => ({ name: `e${i}`, value: sampleNormal(random) })),
    ) as LenthResult,
  methods: [
    { method: "lenth, one effect", atMost: 0.055, pValue: ({ effects }) => effects[0]!.pValue },
    {
      method: "lenth, any effect after Holm",
      note: "its t approximation is known to be off for many effects at once",
      pValue: ({ effects }) => Math.min(...effects.map(({ pAdjusted }) => pAdjusted)),
    },
  ],
});

/** Effects of factors where no factor does anything. */
export const factorialNulls: readonly CalibrationWorld[] = [replicated, unreplicated];
