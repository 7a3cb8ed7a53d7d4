import { checkOptions } from "../inference/check-options.js";
import { readLevel } from "../inference/read-options.js";
import { type ArmPosterior, lawOf } from "./arms/index.js";
import { requireOneModel } from "./arms/require-one-model.js";
import { type CompareArmsOptions, compareArmsFields } from "./bayes-options.js";
import { type Believed, type Credible, credible } from "./credible.js";
import { type BelowLine, belowLine, expectedAbove } from "./quadrature/below-line.js";
import { type Found, lookUp, type Table, tabulate } from "./quadrature/tabulate.js";

/** Two arms compared by what is believed about them. */
export interface ArmComparison {
  /** Expected value of each arm, in the metric's unit. */
  readonly means: readonly [control: number, treatment: number];
  /** Probability that the treatment is the better one. */
  readonly chance: number;
  /** What is lost on average by choosing an arm: the expectation of what the other is better by, or 0; metric's unit. */
  readonly loss: { readonly control: number; readonly treatment: number };
  /** Treatment − control, metric's unit. */
  readonly difference: Credible;
  /** Difference over control, a fraction. */
  readonly lift: Credible | { readonly status: "undefined"; readonly reason: string; readonly level: number };
}

/** With more than this probability of a control of zero or less there is no lift. */
const MOST_NEGATIVE = 1e-6;

const negativeReason = "the control's mean may be zero or negative, so a lift over it has no meaning";

function differenceOf(control: Table, treatment: Table): Believed {
  const below: BelowLine = { probability: 0, byShift: 0, byFactor: 0 };
  return {
    at(x, out) {
      belowLine(control, treatment, 1, x, below);
      out.probability = below.probability;
      out.density = below.byShift;
    },
    center: treatment.law.mean - control.law.mean,
    deviation: Math.hypot(control.deviation, treatment.deviation),
    least: Number.NEGATIVE_INFINITY,
  };
}

function liftOf(control: Table, treatment: Table): Believed {
  const below: BelowLine = { probability: 0, byShift: 0, byFactor: 0 };
  const ratio = treatment.law.mean / control.law.mean;
  return {
    at(x, out) {
      belowLine(control, treatment, 1 + x, 0, below);
      out.probability = below.probability;
      out.density = below.byFactor;
    },
    center: ratio - 1,
    deviation: Math.hypot(treatment.deviation, ratio * control.deviation) / control.law.mean,
    least: control.law.domain === "line" ? Number.NEGATIVE_INFINITY : -1,
  };
}

function mayBeNegative(table: Table): boolean {
  if (table.law.domain !== "line") return false;
  const found: Found = { below: 0, density: 0, excess: 0 };
  lookUp(table, table.law.coordinate(0, 1), found);
  return found.below > MOST_NEGATIVE;
}

/**
 * Compares two arms by what is believed about them: chance to win, expected losses, credible intervals of difference and lift,
 * by quadrature.
 * @param control    of `betaPosterior`, `gammaPosterior`, `meanPosterior` or `hurdlePosterior`
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; better, default `"higher"`; rope: the region of practical equivalence, of the
 *                   difference (metric's unit) or the lift (a fraction)
 * @returns all to an absolute error below 1e-8 (of the values' deviation, where they have a unit); the lift is `undefined` where
 *          the control's mean may be zero or less
 * @throws ExperimentError within ["control"] or ["treatment"]: `missing_value`, `wrong_type`, `out_of_range`; `unknown_name` at
 *         ["treatment", "model"] for another model than control's; at ["options", …]
 * @source Kruschke (2018), Advances in Methods and Practices in Psychological Science 1, for highest-density intervals and rope
 * @checked test/reference/bayes.json — SciPy 1.17.1
 * @example
 * const [a, b] = [betaPosterior({ x: 100, n: 1000 }), betaPosterior({ x: 120, n: 1000 })];
 * const { chance, loss } = compareArms(a, b);
 * [chance, loss.treatment]; // [0.9232, 0.0004846]
 */
export function compareArms(
  control: ArmPosterior,
  treatment: ArmPosterior,
  options: CompareArmsOptions = {},
): ArmComparison {
  checkOptions(options, compareArmsFields);
  const laws = [lawOf(control, ["control"]), lawOf(treatment, ["treatment"])] as const;
  requireOneModel(control, treatment, ["treatment"]);
  const level = readLevel(options);
  const { better = "higher", rope = {} } = options;
  const [a, b] = [tabulate(laws[0], laws[1]), tabulate(laws[1], laws[0])];
  const difference = differenceOf(a, b);
  const here = { probability: 0, density: 0 };
  difference.at(0, here);
  const above = expectedAbove(a, b);
  const below = above + laws[1].mean - laws[0].mean;
  return {
    means: [laws[0].mean, laws[1].mean],
    chance: better === "higher" ? 1 - here.probability : here.probability,
    loss: better === "higher" ? { control: below, treatment: above } : { control: above, treatment: below },
    difference: credible(difference, level, rope.difference),
    lift: mayBeNegative(a)
      ? { status: "undefined", reason: negativeReason, level }
      : credible(liftOf(a, b), level, rope.lift),
  };
}
