import { checkPlan, type DecisionPlan, type PlannedMetric } from "./decision-plan.js";
import { controlFor, decisionTests, sharedBeta, testOverLooks } from "./decision-tests.js";
import type { SampleSize } from "./inputs.js";

/** What one test of the decision asks for. */
export interface PlannedTest {
  readonly key: string;
  readonly role: PlannedMetric["role"];
  readonly test: "superiority" | "non-inferiority";
  /** One-sided error of the test over all looks, after correction. */
  readonly alpha: number;
  /** Units that the test needs by itself to reach its share of the power. */
  readonly control: number;
  readonly treatment: number;
  /** Probability of passing at the size of the whole decision, at one of its looks. */
  readonly power: number;
}

/** Units for a decision, the metric that decides how many, and each test's part. */
export interface DecisionSize extends SampleSize {
  /** Key of the metric whose test needs the most units. */
  readonly decides: string;
  /** Largest probability with which each of the tests that must pass may fail: (β − α of harm) / (guardrails + 1). */
  readonly beta: number;
  /** At least this is the probability of shipping: 1 − all tests' failures − false harm. */
  readonly power: number;
  /** The error of calling harm that is not there, and stopping by it; 0 where no metric can be called so. */
  readonly falseHarm: number;
  /** The goal that needs the fewest units, then guardrails with a margin, in the plan's order. */
  readonly tests: readonly PlannedTest[];
}

/**
 * Units needed to ship a treatment by the decision rule of the report: at least one goal shown superior, every guardrail with
 * a margin shown non-inferior, no harm shown. Superiority is tested at (1 − level) / 2, corrected over goals ×
 * treatments; each margin at as much, uncorrected. All must pass, so that the error of the second kind is shared: with G
 * guardrails with a margin, each test may fail with probability (β − h) / (G + 1), where h is the error of a false harm
 * (that of (1 − level) / 2 where a metric without a gain of its own could stop the treatment). The sum bounds the failures
 * whatever the metrics' dependence. Several looks are read by the rule by which reports read them, and what is found at any
 * of them counts.
 * @param plan  metrics with baseline and what is supposed of them (lift, margin, variance, smallest), treatments, level,
 *              correction, looks, times, method, units, spending, strict, power, ratio
 * @returns units of control and of each treatment at the planned end, rounded up; the metric that decides; each test's units,
 *          error and power
 * @throws ExperimentError `unknown_key`, `missing_value`, `wrong_type`, `unknown_name` or `out_of_range` within ["plan"];
 *         `duplicate_key` at a metric's key; `missing_value` at ["plan", "metrics"] where no goal has a gain to find;
 *         `out_of_range` at ["plan", "power"] where false harm alone costs more
 * @source Schultzberg, Ankargren & Frånberg (2024), arXiv 2402.11609; Farrington & Manning (1990) for rates
 * @checked test/stats/decision-power.test.ts — simulated reports
 * @example
 * const metrics = [
 *   { key: "order", role: "goal", baseline: 0.1, lift: 0.1 },
 *   { key: "return", role: "guardrail", baseline: 0.05, better: "lower", margin: 0.2 },
 * ] as const;
 * sampleSizeForDecision({ metrics }).decides; // "order"
 */
export function sampleSizeForDecision(plan: DecisionPlan): DecisionSize {
  checkPlan(plan);
  const { ratio = 1 } = plan;
  const asked = decisionTests(plan);
  const beta = sharedBeta(plan, asked);
  const sized = (test: (typeof asked.goals)[number]) => ({ ...test, units: controlFor(plan, test, beta) });
  const goals = asked.goals.map(sized).sort((one, other) => one.units - other.units);
  const tests = [...goals.slice(0, 1), ...asked.margins.map(sized)];
  const exactControl = Math.max(...tests.map(({ units }) => units));
  const control = Math.ceil(exactControl);
  const told = tests.map(
    ({ units, ...each }): PlannedTest => ({
      ...{ key: each.metric.key, role: each.metric.role, test: each.test, alpha: each.alpha },
      ...{ control: Math.ceil(units), treatment: Math.ceil(units * ratio) },
      power: testOverLooks(plan, each, control).by.at(-1) ?? 0,
    }),
  );
  const { falseHarm } = asked;
  return {
    ...{ control, treatment: Math.ceil(exactControl * ratio), exactControl },
    decides: tests.find(({ units }) => units === exactControl)?.metric.key ?? "",
    ...{ beta, falseHarm },
    power: 1 - falseHarm - told.reduce((sum, each) => sum + (1 - each.power), 0),
    tests: told,
  };
}
