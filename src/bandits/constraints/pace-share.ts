import { ExperimentError, out_of_range } from "../../errors/index.js";

/**
 * The share at which an action spends what is left of its budget evenly until its end; for {@link caps}.
 * @param budget.total     what may be spent in all, ≥ 0 (decisions, or money)
 * @param budget.spent     what has been, ≥ 0
 * @param budget.each      what one decision for the action spends, > 0; default 1
 * @param budget.until     when the budget's time ends
 * @param budget.perHour   decisions of the bandit expected an hour, > 0
 * @param now              the present
 * @returns a share in [0, 1]; 0 when the budget or its time is over
 * @throws ExperimentError `out_of_range` at ["total"], ["spent"], ["each"] or ["perHour"]
 */
export function paceShare(
  budget: {
    readonly total: number;
    readonly spent: number;
    readonly each?: number;
    readonly until: Date;
    readonly perHour: number;
  },
  now: Date,
): number {
  const { total, spent, each = 1, until, perHour } = budget;
  for (const [key, value] of Object.entries({ total, spent }))
    if (!(value >= 0 && value < 1 / 0)) throw new ExperimentError({ out_of_range }, [key], value);
  for (const [key, value] of Object.entries({ each, perHour }))
    if (!(value > 0 && value < 1 / 0)) throw new ExperimentError({ out_of_range }, [key], value);
  const hours = (until.getTime() - now.getTime()) / 3_600_000;
  const left = Math.max(0, total - spent) / each;
  return hours > 0 ? Math.min(1, left / (perHour * hours)) : 0;
}
