import type { ScalarMoments } from "../../../core/moments.js";
import { type RandomSource, sampleBinomial } from "../../../random/index.js";
import { lift } from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { coverageWorld } from "../coverage-world.js";
import { binaryMoments } from "../draws.js";

/** Zeros and ones as a source that does not count the ones gives them, for the plain intervals. */
function uncounted(n: number, x: number): ScalarMoments {
  const { nonzero: _, ...moments } = binaryMoments(n, x);
  return moments;
}

type Arms = readonly [control: ScalarMoments, treatment: ScalarMoments];

/** Control and treatment rates, and units an arm (control, treatment). */
const designs = [
  { rates: [0.05, 0.055], n: [200, 200] },
  { rates: [0.05, 0.055], n: [1_000, 1_000] },
  { rates: [0.05, 0.055], n: [10_000, 10_000] },
  {
    rates: [0.01, 0.012],
    n: [500, 500],
    notes: { fieller: "measured elsewhere: 94.6 %", "log-delta": "96.8 %", delta: "88.7 %" },
  },
  { rates: [0.01, 0.012], n: [5_000, 5_000] },
  { rates: [0.3, 0.33], n: [100, 100] },
  { rates: [0.05, 0.055], n: [9_000, 1_000] },
] as const;

/** Lift of a conversion rate: intervals from the moments of zeros and ones. */
export const liftCoverage: readonly CalibrationWorld[] = designs.map((design) => {
  const [[control, treatment], [n, m]] = [design.rates, design.n];
  const notes: Partial<Record<string, string>> = "notes" in design ? design.notes : {};
  const noted = (method: string) => (notes[method] === undefined ? {} : { note: notes[method] });
  // With equal arms the default is Fieller's set.
  const others = n === m ? (["log-delta", "delta"] as const) : (["fieller", "log-delta", "delta"] as const);
  return coverageWorld<Arms>({
    key: `lift/${control}-${treatment}/${n}-${m}`,
    group: "Lift of a conversion rate, 95 % intervals",
    title: `${control} → ${treatment}, n = ${n === m ? n : `${n} / ${m}`}`,
    truth: treatment / control - 1,
    draw: (random: RandomSource) => [
      uncounted(n, sampleBinomial(random, n, control)),
      uncounted(m, sampleBinomial(random, m, treatment)),
    ],
    methods: [
      {
        method: n === m ? "lift (default, fieller)" : "lift (default)",
        atLeast: 0.94,
        atMost: 0.96,
        ...noted("fieller"),
        estimate: ([a, b]) => lift(a, b),
      },
      ...others.map((method) => ({
        method,
        ...noted(method),
        estimate: ([a, b]: Arms) => lift(a, b, { method }),
      })),
    ],
  });
});
