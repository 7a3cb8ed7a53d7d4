import { timeOf } from "../../rounds/time-of.js";
import { checkFields, type Fields } from "../../shapes/index.js";
import { positive } from "../setting-shapes.js";

const amount = { kind: "number", atLeast: 0 } as const;
const budgetFields = {
  total: amount,
  spent: amount,
  each: positive,
  until: { kind: "anything" },
  perHour: { kind: "number", above: 0 },
} as const satisfies Fields;

/**
 * The share at which an action spends what is left of its budget evenly until its end; for {@link caps}.
 * @param budget.total     what may be spent in all, ≥ 0 (decisions, or money)
 * @param budget.spent     what has been, ≥ 0
 * @param budget.each      what one decision for the action spends, > 0; default 1
 * @param budget.until     when the budget's time ends: a `Date`, or milliseconds since 1970
 * @param budget.perHour   decisions of the bandit expected an hour, > 0
 * @param now              the present, likewise
 * @returns a share in [0, 1]; 0 when the budget or its time is over
 * @throws ExperimentError `out_of_range` at ["total"], ["spent"], ["each"] or ["perHour"]; `wrong_type` at ["until"] or
 *         ["now"]; `unknown_key`
 */
export function paceShare(
  budget: {
    readonly total: number;
    readonly spent: number;
    readonly each?: number;
    readonly until: Date | number;
    readonly perHour: number;
  },
  now: Date | number,
): number {
  checkFields(budget, budgetFields);
  const { total, spent, each = 1, until, perHour } = budget;
  const hours = (timeOf(until, ["until"]) - timeOf(now, ["now"])) / 3_600_000;
  const left = Math.max(0, total - spent) / each;
  return hours > 0 ? Math.min(1, left / (perHour * hours)) : 0;
}
