import { ExperimentError, refuseType, taken_source } from "../../errors/index.js";
import { marksOf, newMarks, wholeMarks } from "./marks.js";
import { requireBandit } from "./require-bandit.js";
import type { BanditState } from "./state.js";

/**
 * The bandit learning under a name from now on, so that what it learns can be joined with what others learn and counts
 * once: whole by `mergeBandits`, or bit by bit by `takeDelta` and `mergeDelta`. What it knows already stays with the names
 * it was learned under; what an earlier name has not handed on by then is that one's to hand on.
 * @param state   the bandit
 * @param source  a name that nothing else learns under, now or before: of a host and the time it started, say. A process
 *                that goes on from its own saved state has its name already
 * @returns the state under that name; as it was, where it has the name already
 * @throws ExperimentError `not_a_bandit` at ["state"]; `missing_value` or `wrong_type` at ["source"]; `taken_source` at
 *         ["source"] when the state already holds what something of that name learned
 */
export function withSource<V extends string, P>(state: BanditState<V, P>, source: string): BanditState<V, P> {
  requireBandit(state);
  if (!source || typeof source !== "string") refuseType(source, ["source"], "text");
  if (marksOf(state).source === source) return state;
  const merged = wholeMarks(state);
  if (Object.hasOwn(merged, source)) throw new ExperimentError({ taken_source }, ["source"], source);
  return { ...state, marks: newMarks(state, source, merged) };
}
