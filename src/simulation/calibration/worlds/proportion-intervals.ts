import { type ProportionIntervalMethod, proportionInterval } from "../../../stats/index.js";
import { proportionIntervals } from "../../../stats/proportions/index.js";
import type { CalibrationFigure, CalibrationWorld } from "../calibration-world.js";
import { exactTally } from "../tally.js";
import { binomialMass } from "../two-binomials.js";

const designs = [
  { n: 50, rate: 0.05 },
  { n: 500, rate: 0.01 },
  { n: 1_000, rate: 0.3 },
] as const;

const methods = Object.keys(proportionIntervals) as ProportionIntervalMethod[];
/** Never below nominal, by construction. */
const bars: Partial<Record<ProportionIntervalMethod, Pick<CalibrationFigure, "atLeast">>> = {
  "clopper-pearson": { atLeast: 0.95 },
};

/** One rate: coverage of its intervals, exact by summing over the counts. */
export const proportionIntervalCoverage: readonly CalibrationWorld[] = designs.map(({ n, rate }) => ({
  key: `proportion/${rate}/${n}`,
  group: "One rate, 95 % intervals",
  title: `rate ${rate}, n = ${n}`,
  replications: 0,
  figures: methods.map((method) => ({ method, measure: "coverage", ...bars[method] })),
  simulate() {
    const outcomes = binomialMass(n, rate);
    return methods.map((method) => {
      const shares = { covered: 0, left: 0, right: 0 };
      for (const { x, mass } of outcomes) {
        const { interval } = proportionInterval({ x, n }, { method });
        shares[rate < interval[0] ? "left" : rate > interval[1] ? "right" : "covered"] += mass;
      }
      return exactTally(shares.covered, { left: shares.left, right: shares.right });
    });
  },
}));
