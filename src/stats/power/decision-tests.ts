import { ExperimentError, missing_value, out_of_range } from "../../errors/index.js";
import { firstError, sharedCorrelation } from "../dunnett/index.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { type DecisionPlan, type PlannedMetric, signOf } from "./decision-plan.js";
import { type NormalTest, normalTestOf, unitsOf } from "./normal-test.js";
import { alikeOver, fractionsOf, type LookedPower, powerOverLooks } from "./planned-looks.js";

/** A test that has to pass for a treatment to be shipped. */
export interface DecisionTest {
  readonly metric: PlannedMetric;
  readonly test: "superiority" | "non-inferiority";
  /** One-sided error over all looks, after correction. */
  readonly alpha: number;
  readonly normal: NormalTest;
}

/** What a decision asks for. */
export interface DecisionTests {
  /** Goals with a gain to find: one of them has to be shown better. */
  readonly goals: readonly DecisionTest[];
  /** Guardrails with a margin: all of them have to be shown to stay within it. */
  readonly margins: readonly DecisionTest[];
  /** The error of calling harm that is not there, and stopping by it. */
  readonly falseHarm: number;
}

/**
 * @param plan  checked
 * @throws ExperimentError `missing_value` at ["plan", "metrics"] where no goal has a gain to find
 */
export function decisionTests(plan: DecisionPlan): DecisionTests {
  const { metrics, treatments = 1, level = 0.95, correction = "holm", strict = false, ratio = 1 } = plan;
  const alpha = (1 - level) / 2;
  const goals = metrics.filter(({ role }) => role === "goal");
  const guarded = metrics.filter(({ role, margin }) => role === "guardrail" && margin !== undefined);
  const moving = goals.filter((metric) => signOf(metric) * (metric.lift ?? 0) > 0);
  if (moving.length === 0)
    throw new ExperimentError({ missing_value }, ["plan", "metrics"], undefined, {
      example: '{ key: "order", role: "goal", baseline: 0.1, lift: 0.05 }',
    });
  // Whatever does not gain can be called harmed by chance, and stops: other goals, and guardrails that no margin shields.
  const shielded = strict ? [] : guarded;
  const exposed = metrics.filter((metric) => !moving.includes(metric) && !shielded.includes(metric));
  const correlation = alikeOver(plan) * sharedCorrelation(ratio);
  const first = firstError(alpha, correction, { goals: goals.length, treatments, correlation });
  const asked = (
    metric: PlannedMetric,
    test: DecisionTest["test"],
    own: number,
    bound: number,
  ): DecisionTest => ({ metric, test, alpha: own, normal: normalTestOf(metric, bound, ratio) });
  return {
    goals: moving.map((metric) => asked(metric, "superiority", first, 0)),
    margins: guarded.map((metric) =>
      asked(metric, "non-inferiority", alpha, -signOf(metric) * (metric.margin ?? 0)),
    ),
    falseHarm: exposed.length > 0 ? alpha : 0,
  };
}

/** Units of all variants per unit of the control. */
export const unitsPerControl = ({ treatments = 1, ratio = 1 }: DecisionPlan): number =>
  1 + treatments * ratio;

/** What becomes of a test over the looks of its plan, with so many control units at the planned end. */
export function testOverLooks(plan: DecisionPlan, asked: DecisionTest, control: number): LookedPower {
  const { metric, test, alpha, normal } = asked;
  const { gap, supposed, real } = normal;
  const root = Math.sqrt(control);
  const { smallest } = metric;
  return powerOverLooks(plan, {
    ...{ alpha, drift: (gap * root) / real, scale: supposed / real },
    units: control * unitsPerControl(plan),
    ...(smallest === undefined ? {} : { effect: (smallest * metric.baseline * root) / supposed }),
    harm: test === "superiority",
  });
}

/** Control units at the planned end with which a test passes by then with probability 1 − beta. */
export function controlFor(plan: DecisionPlan, asked: DecisionTest, beta: number): number {
  // One look at the same error needs the fewest.
  const least = unitsOf(asked.normal, asked.alpha, beta);
  if (fractionsOf(plan).length === 1 && (plan.looks === 1 || plan.looks === undefined)) return least;
  const lacking = (log: number) => (testOverLooks(plan, asked, Math.exp(log)).by.at(-1) ?? 0) - (1 - beta);
  const low = Math.log(least);
  let [high, atHigh] = [low + 0.2, lacking(low + 0.2)];
  while (atHigh < 0 && high < low + 20) {
    high += 0.7;
    atHigh = lacking(high);
  }
  return Math.exp(bracketedRoot(lacking, low, high, 1e-9, [lacking(low), atHigh]));
}

/**
 * The probability with which each of the tests that must pass may fail.
 * @throws ExperimentError `out_of_range` at ["plan", "power"] where false harm alone costs more
 */
export function sharedBeta({ power = 0.8 }: DecisionPlan, { margins, falseHarm }: DecisionTests): number {
  if (power >= 1 - falseHarm)
    throw new ExperimentError({ out_of_range }, ["plan", "power"], power, {
      expected: { below: 1 - falseHarm },
    });
  return (1 - power - falseHarm) / (margins.length + 1);
}
