import { power } from "../../../core/powers.js";
import { sampleBinomial, sampleNormal } from "../../../random/index.js";
import { type Correction, corrections, heterogeneity, sampleRatioMismatch } from "../../../stats/index.js";
import type { CalibrationFigure, CalibrationWorld } from "../calibration-world.js";
import { rejectionWorld } from "../rejection-world.js";

const group = "Many tests and checks, 5 % under the null";
const hypotheses = 20;
const bonferroni = 1 - power(1 - 0.05 / hypotheses, hypotheses);

/** Chance of any rejection among independent true nulls: exact where theory gives it, else bounded. */
const anyRejection: Record<Correction, Pick<CalibrationFigure, "nominal" | "atMost" | "note">> = {
  bonferroni: { nominal: bonferroni },
  sidak: { nominal: 0.05 },
  holm: { nominal: bonferroni },
  "holm-sidak": { nominal: 0.05 },
  hochberg: { atMost: 0.05 },
  hommel: { nominal: 0.05, note: "Simes' test is exact for independent p-values" },
  "benjamini-hochberg": { nominal: 0.05 },
  "benjamini-yekutieli": { atMost: 0.05, note: "holds under any dependence, so conservative here" },
  none: { nominal: 1 - power(0.95, hypotheses), note: "no correction: what fishing among 20 tests does" },
};

const corrected = rejectionWorld<number[]>({
  key: "null/corrections",
  group,
  title: `any of ${hypotheses} independent true nulls rejected`,
  draw: (random) => Array.from({ length: hypotheses }, () => random.next()),
  methods: (Object.keys(corrections) as Correction[]).map((name) => ({
    method: name,
    ...anyRejection[name],
    pValue: (pValues) => Math.min(...corrections[name](pValues)),
  })),
});

const spread = rejectionWorld<{ value: number; standardError: number }[]>({
  key: "null/heterogeneity",
  group,
  title: "9 cells of one effect, standard errors 0.5 to 2",
  draw: (random) =>
    Array.from({ length: 9 }, (_, i) => {
      const standardError = 0.5 + (1.5 * i) / 8;
      return { value: 1 + standardError * sampleNormal(random), standardError };
    }),
  methods: [{ method: "heterogeneity", nominal: 0.05, pValue: (cells) => heterogeneity(cells).pValue }],
});

const shares = [0.6, 0.3, 0.1] as const;
const mismatch = rejectionWorld<number[]>({
  key: "null/srm",
  group,
  title: "10,000 units allocated 60 / 30 / 10",
  draw: (random) => {
    const first = sampleBinomial(random, 10_000, shares[0]);
    const second = sampleBinomial(random, 10_000 - first, shares[1] / (shares[1] + shares[2]));
    return [first, second, 10_000 - first - second];
  },
  methods: [
    {
      method: "sampleRatioMismatch",
      atLeast: 0.048,
      atMost: 0.052,
      pValue: (counts) => sampleRatioMismatch(counts, shares).pValue,
    },
  ],
});

/** Corrections, heterogeneity and the sample-ratio check where nothing is wrong. */
export const familyNulls: readonly CalibrationWorld[] = [corrected, spread, mismatch];
