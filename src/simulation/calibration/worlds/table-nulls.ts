import { fisherExact, independence, type Proportion, pooledProportions } from "../../../stats/index.js";
import type { CalibrationFigure, CalibrationWorld } from "../calibration-world.js";
import { exactTally } from "../tally.js";
import { type TwoBinomials, twoBinomials } from "../two-binomials.js";

const alpha = 0.05;
const designs: readonly TwoBinomials[] = [
  { n: [40, 40], rates: [0.5, 0.5] },
  { n: [200, 100], rates: [0.1, 0.1] },
  { n: [900, 100], rates: [0.05, 0.05] },
];

const byTable =
  (statistic: "pearson" | "yates" | "g") =>
  (control: Proportion, treatment: Proportion): number | null => {
    const table = [control, treatment].map(({ x, n }) => [x, n - x]);
    const result = independence(table, { statistic });
    return result.status === "ok" ? result.pValue : null;
  };

const methods: readonly (Omit<CalibrationFigure, "measure"> & {
  readonly pValue: (control: Proportion, treatment: Proportion) => number | null;
})[] = [
  { method: "fisherExact", atMost: alpha, pValue: (a, b) => fisherExact(a, b).pValue },
  { method: "fisherExact, mid-p", atMost: 0.055, pValue: (a, b) => fisherExact(a, b, { midP: true }).pValue },
  { method: "independence, yates", atMost: alpha, pValue: byTable("yates") },
  { method: "independence, pearson", pValue: byTable("pearson") },
  { method: "independence, g", pValue: byTable("g") },
  { method: "pooledProportions", pValue: (a, b) => pooledProportions(a, b).pValue ?? null },
];

/** Tests of two rates where nothing differs: type-I error, exact by summing over both arms' counts. */
export const tableNulls: readonly CalibrationWorld[] = designs.map((design) => ({
  key: `null/tables/${design.rates[0]}/${design.n.join("-")}`,
  group: "Tables of two rates, 5 % tests under the null",
  title: `rate ${design.rates[0]}, n = ${design.n.join(" / ")}`,
  replications: 0,
  figures: methods.map(({ pValue: _, ...figure }) => ({ ...figure, measure: "rejection" })),
  simulate() {
    const rejected = methods.map(() => 0);
    for (const { mass, control, treatment } of twoBinomials(design))
      methods.forEach(({ pValue }, i) => {
        const p = pValue(control, treatment);
        if (p !== null && p <= alpha) rejected[i]! += mass;
      });
    return rejected.map((share) => exactTally(share));
  },
}));
