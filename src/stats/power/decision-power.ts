import { requireNumber } from "../../errors/index.js";
import { checkPlan, type DecisionPlan, type PlannedMetric } from "./decision-plan.js";
import { decisionTests, testOverLooks, unitsPerControl } from "./decision-tests.js";
import { fractionsOf } from "./planned-looks.js";

/** A look of a decision: how many units have come by then, and what is decided. */
export interface DecisionLook {
  /** Of all variants together. */
  readonly units: number;
  /** At least this is the probability of having shipped by this look. */
  readonly power: number;
}

/** How likely a decision is to ship what is as supposed, with so many units. */
export interface DecisionPower {
  /** Of all variants together, at the planned end. */
  readonly units: number;
  /** At least this is the probability of shipping by the planned end: 1 − all tests' failures − false harm; 0 where they are more. */
  readonly power: number;
  readonly looks: readonly DecisionLook[];
  /** Units of all variants that come on average until the goal is shown better or worse, is given up, or the end. */
  readonly expectedUnits: number;
  /** The same where the treatment changes nothing. */
  readonly expectedUnitsWithoutEffect: number;
  /** The goal that is shown soonest, then guardrails with a margin: the probability with which each passes by the end. */
  readonly tests: readonly {
    readonly key: string;
    readonly role: PlannedMetric["role"];
    readonly power: number;
  }[];
}

/**
 * How likely a treatment that is as supposed is to be shipped by the decision rule of the report, with a given number of units:
 * the same tests, errors and looks as `sampleSizeForDecision`, the other way round.
 * @param plan     as `sampleSizeForDecision` takes it; `power` is not read
 * @param control  units of the control at the planned end, > 0
 * @returns the probability of shipping by the end and by each look, and how many units are used on average
 * @throws ExperimentError as `sampleSizeForDecision`; `out_of_range` at ["control"]
 * @source Jennison & Turnbull (2000), ch. 19; Schultzberg, Ankargren & Frånberg (2024), arXiv 2402.11609
 * @checked test/stats/decision-power.test.ts; `npm run calibrate -- power` — simulated looks and reports
 * @example
 * const metrics = [{ key: "order", role: "goal", baseline: 0.1, lift: 0.1 }] as const;
 * powerForDecision({ metrics, looks: 5 }, 15_000).power; // 0.797
 */
export function powerForDecision(plan: DecisionPlan, control: number): DecisionPower {
  checkPlan(plan);
  requireNumber(control, ["control"], { above: 0 });
  const { goals, margins, falseHarm } = decisionTests(plan);
  const units = control * unitsPerControl(plan);
  const over = (test: (typeof goals)[number]) => ({ test, ...testOverLooks(plan, test, control) });
  const [goal] = goals.map(over).sort((one, other) => (other.by.at(-1) ?? 0) - (one.by.at(-1) ?? 0));
  const tests = [...(goal ? [goal] : []), ...margins.map(over)];
  const looks = fractionsOf(plan).map(
    (fraction, at): DecisionLook => ({
      units: fraction * units,
      power: Math.max(0, 1 - falseHarm - tests.reduce((sum, { by }) => sum + (1 - (by[at] ?? 0)), 0)),
    }),
  );
  return {
    ...{ units, power: looks.at(-1)?.power ?? 0, looks },
    expectedUnits: (goal?.expected ?? 1) * units,
    expectedUnitsWithoutEffect: (goal?.expectedNone() ?? 1) * units,
    tests: tests.map(({ test: { metric }, by }) => ({
      ...{ key: metric.key, role: metric.role },
      power: by.at(-1) ?? 0,
    })),
  };
}
