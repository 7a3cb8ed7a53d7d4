import { ExperimentError, nearName, unknown_name } from "../../errors/index.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { checkPlan, type DecisionPlan, signOf } from "./decision-plan.js";
import { powerForDecision } from "./decision-power.js";

/** The largest gain that is looked for, as a lift. */
const largest = 10;

/**
 * The smallest lift of a goal that is shipped with the power asked for, with a given number of units: what effect can this month
 * show? Everything else is as supposed.
 * @param plan     as `sampleSizeForDecision` takes it; the goal's own lift is not read
 * @param control  units of the control at the planned end, > 0
 * @param key      of the goal; default the first
 * @returns the lift, a signed fraction towards the better; null where none up to tenfold (or down to nothing) is enough
 * @throws ExperimentError as `powerForDecision`; `unknown_name` at ["key"] for a key that is not a goal's
 * @source as `powerForDecision`
 * @example
 * const metrics = [{ key: "order", role: "goal", baseline: 0.1 }] as const;
 * detectableLift({ metrics }, 14_751); // 0.1
 */
export function detectableLift(plan: DecisionPlan, control: number, key?: string): number | null {
  checkPlan(plan);
  const goals = plan.metrics.filter(({ role }) => role === "goal");
  const goal = key === undefined ? goals[0] : goals.find((each) => each.key === key);
  if (!goal) {
    const known = goals.map((each) => each.key);
    throw new ExperimentError({ unknown_name }, ["key"], key, nearName(key ?? "", known));
  }
  const sign = signOf(goal);
  const { power = 0.8 } = plan;
  // Of a rate, no more than all units; towards less, no less than none.
  const most = Math.min(
    sign < 0 ? 1 : largest,
    sign > 0 && goal.variance === undefined ? 1 / goal.baseline - 1 : largest,
  );
  const lacking = (size: number) => {
    const metrics = plan.metrics.map((each) => (each === goal ? { ...each, lift: sign * size } : each));
    return powerForDecision({ ...plan, metrics }, control).power - power;
  };
  const [least, far] = [1e-6 * most, (1 - 1e-6) * most];
  const ends = [lacking(least), lacking(far)] as const;
  if (ends[1] < 0) return null;
  if (ends[0] >= 0) return sign * least;
  return sign * bracketedRoot(lacking, least, far, 1e-7, ends);
}
