import { square } from "../../../core/powers.js";
import { bootstrapLift, hurdleLift, lift, meanDifference, welch } from "../../../stats/index.js";
import type { CalibrationWorld } from "../calibration-world.js";
import { coverageWorld, type IntervalMethod } from "../coverage-world.js";
import { hurdleOfArm, type RevenueArm, revenueArm } from "../draws.js";

type Arms = readonly [control: RevenueArm, treatment: RevenueArm];

const world = { buy: 0.05, mu: 3, sigma: 1.2 };
const lifted = 1.1;
/** Resamples of a bootstrap; (199 + 1) × 2.5 % is a whole rank. */
const replicates = 199;

interface RevenueDesign {
  readonly n: readonly [control: number, treatment: number];
  /** Bars of the default rule, the bootstrap and the log-normal hurdle model. */
  readonly atLeast: { readonly rule: number; readonly bootstrap?: number; readonly hurdle?: number };
  readonly notes?: Readonly<Record<string, string>>;
}

const designs: readonly RevenueDesign[] = [
  {
    n: [500, 500],
    atLeast: { rule: 0.93 },
    notes: { fieller: "measured elsewhere: 95.9 %", "log-delta": "90.4 %", delta: "87.9 %" },
  },
  {
    n: [2_000, 2_000],
    atLeast: { rule: 0.93 },
    notes: { fieller: "measured elsewhere: 95.4 %", "log-delta": "93.4 %", delta: "93.1 %" },
  },
  { n: [20_000, 20_000], atLeast: { rule: 0.93 } },
  { n: [500, 4_500], atLeast: { rule: 0.93 } },
  { n: [1_800, 200], atLeast: { rule: 0.93 } },
  {
    n: [9_000, 1_000],
    atLeast: { rule: 0.93, bootstrap: 0.925, hurdle: 0.94 },
    notes: {
      rule: "best closed form elsewhere: 91.1 %",
      fieller: "measured elsewhere: 90.1 – 90.9 %",
      "log-delta": "91.1 – 92.1 %",
      delta: "88.4 %",
    },
  },
];

/** Mean revenue a unit in control, and what treatment adds. */
const added = (lifted - 1) * world.buy * Math.exp(world.mu + square(world.sigma) / 2);

function methodsOf({ n, atLeast, notes = {} }: RevenueDesign): IntervalMethod<Arms>[] {
  const noted = (method: string) => (notes[method] === undefined ? {} : { note: notes[method] });
  const others = (["fieller", "log-delta", "delta"] as const).map((method) => ({
    method,
    ...noted(method),
    estimate: ([a, b]: Arms) => lift(a.moments, b.moments, { method }),
  }));
  const fromRows: IntervalMethod<Arms>[] = [
    {
      method: `bootstrapLift, ${replicates} resamples`,
      ...(atLeast.bootstrap === undefined ? {} : { atLeast: atLeast.bootstrap }),
      estimate: ([a, b], random) => bootstrapLift(a.values, b.values, { random, replicates }),
    },
  ];
  // The model needs two buyers, which small arms now and then do not have.
  const fromModel: IntervalMethod<Arms>[] = [
    {
      method: "hurdleLift, log-normal model",
      ...(atLeast.hurdle === undefined ? {} : { atLeast: atLeast.hurdle }),
      note: "the model is true in this world",
      estimate: ([a, b]) => hurdleLift(hurdleOfArm(a), hurdleOfArm(b)),
    },
  ];
  return [
    {
      method: "lift (default)",
      atLeast: atLeast.rule,
      atMost: 0.97,
      ...noted("rule"),
      estimate: ([a, b]) => lift(a.moments, b.moments),
    },
    ...others,
    ...(n[0] > 10_000 ? [] : fromRows),
    ...(Math.min(...n) < 500 ? [] : fromModel),
    {
      method: "meanDifference (default)",
      truth: added,
      atLeast: atLeast.rule,
      atMost: 0.97,
      estimate: ([a, b]) => meanDifference(a.moments, b.moments),
    },
    { method: "welch", truth: added, estimate: ([a, b]) => welch(a.moments, b.moments) },
  ];
}

/** Skewed revenue: 5 % buy, amounts log-normal (3, 1.2), 10 % more in treatment. */
export const revenueCoverage: readonly CalibrationWorld[] = designs.map((design) => {
  const [n, m] = design.n;
  const control = revenueArm(n, { ...world, factor: 1 });
  const treatment = revenueArm(m, { ...world, factor: lifted });
  return coverageWorld<Arms>({
    key: `revenue/${n}-${m}`,
    group: "Skewed revenue, 95 % intervals",
    title: `5 % buy, log-normal (3, 1.2), +10 %, n = ${n === m ? n : `${n} / ${m}`}`,
    truth: lifted - 1,
    draw: (random) => [control(random), treatment(random)],
    methods: methodsOf(design),
  });
});
