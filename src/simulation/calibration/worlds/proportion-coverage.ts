import type { Estimate } from "../../../core/estimate.js";
import {
  agrestiCaffo,
  miettinenNurminen,
  newcombe,
  type Proportion,
  wald,
  welch,
} from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { covering } from "../coverage-world.js";
import { binaryMoments } from "../draws.js";
import { exactTally } from "../tally.js";
import { type TwoBinomials, twoBinomials } from "../two-binomials.js";

const designs: readonly TwoBinomials[] = [
  { n: [50, 50], rates: [0.05, 0.05] },
  { n: [100, 100], rates: [0.01, 0.01] },
  { n: [100, 100], rates: [0.02, 0.05] },
  { n: [200, 200], rates: [0.01, 0.015] },
  { n: [500, 500], rates: [0.005, 0.005] },
  { n: [1_000, 1_000], rates: [0.01, 0.012] },
  { n: [100, 20], rates: [0.1, 0.1] },
  { n: [40, 40], rates: [0.5, 0.6] },
];

const methods: readonly {
  readonly method: string;
  readonly estimate: (control: Proportion, treatment: Proportion) => Estimate;
  readonly atLeast?: number;
  readonly note?: string;
}[] = [
  { method: "newcombe", estimate: newcombe, atLeast: 0.94 },
  { method: "agrestiCaffo", estimate: agrestiCaffo, atLeast: 0.94 },
  {
    method: "miettinenNurminen",
    estimate: miettinenNurminen,
    note: "its minimum measured elsewhere: 94.0 %",
  },
  {
    method: "welch",
    note: "of zeros and ones: what `analyze` prints for a conversion",
    estimate: (control, treatment) =>
      welch(binaryMoments(control.n, control.x), binaryMoments(treatment.n, treatment.x)),
  },
  { method: "wald", estimate: wald, note: "its minimum measured elsewhere: 86.9 %" },
];

/** Difference of two rates: coverage in each design, exact by summing over both arms' counts. */
export const proportionCoverage: readonly CalibrationWorld[] = designs.map((design) => ({
  key: `proportions/${design.rates.join("-")}/${design.n.join("-")}`,
  group: "Difference of two rates, 95 % intervals",
  title: `rates ${design.rates.join(" → ")}, n = ${design.n.join(" / ")}`,
  replications: 0,
  figures: methods.map(({ estimate: _, ...figure }) => ({ ...figure, measure: "coverage" })),
  simulate() {
    const truth = design.rates[1] - design.rates[0];
    const shares = methods.map(() => ({ covered: 0, left: 0, right: 0, none: 0 }));
    for (const { mass, control, treatment } of twoBinomials(design))
      methods.forEach(({ estimate }, i) => {
        (shares[i] as Record<string, number>)[covering(estimate(control, treatment), truth)]! += mass;
      });
    return shares.map(({ covered, ...misses }) => exactTally(covered, misses));
  },
}));
