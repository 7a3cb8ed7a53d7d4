import { requireNumber, within } from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { scaleBlocks } from "../models/sums/block-sums.js";
import type { Learning } from "./learning.js";
import { changedPending } from "./marks.js";
import { mergeLearning } from "./merge-learning.js";
import { requireBandit } from "./require-bandit.js";
import type { BanditState } from "./state.js";

/**
 * Forgets by a factor: what was learned counts that much less. Called once a period with 2^(−period / halfLife), it
 * makes an exponential discount; as all sums shrink alike, merging still adds up: what is still to be handed on shrinks too.
 * @param state   the bandit
 * @param factor  in [0, 1]: 1 keeps everything, 0 forgets everything
 * @returns the new state
 * @throws ExperimentError `out_of_range` at ["factor"]; `not_a_bandit` at ["state"]
 */
export function discount<V extends string, P>(state: BanditState<V, P>, factor: number): BanditState<V, P> {
  requireBandit(state);
  requireNumber(factor, ["factor"], { atLeast: 0, atMost: 1 });
  const { scale = scaleBlocks } = state.setup.model;
  const less = ({ rewards, sums }: Learning): Learning => ({
    rewards: rewards * factor,
    sums: scale(sums, factor),
  });
  return { ...state, ...less(state), ...changedPending(state, less) };
}

/** What a bandit learned, period by period: the state of a sliding window. */
export interface BanditWindow {
  /** Periods in ascending order, each with what was learned in it alone. */
  readonly periods: readonly { readonly period: number; readonly state: BanditState }[];
}

const windowFields = {
  periods: {
    kind: "list",
    of: {
      kind: "object",
      has: { period: { kind: "number", whole: true }, state: { kind: "anything" } },
    },
  },
} as const satisfies FieldsFor<BanditWindow>;

function requireWindow(window: BanditWindow): void {
  checkFields(window, windowFields, ["window"]);
  for (const [i, { state }] of window.periods.entries())
    within(["window", "periods", i], () => requireBandit(state));
}

/**
 * A sliding window with rewards of one period in, and periods that have left it out.
 * @param window  the window so far; `{ periods: [] }` at the start
 * @param period  number of the period (a day, an hour) that `learned` belongs to
 * @param learned a state that knows only those rewards; periods already present are merged
 * @param length  how many periods the window is long, integer ≥ 1; those before `latest − length + 1` leave
 * @returns the new window
 * @throws ExperimentError `out_of_range` at ["length"] or ["period"]; `not_a_bandit` at ["learned"]; what is wrong with the
 *         window, at ["window", …]
 */
export function slideWindow(
  window: BanditWindow,
  period: number,
  learned: BanditState,
  length: number,
): BanditWindow {
  requireNumber(length, ["length"], { atLeast: 1, whole: true });
  requireNumber(period, ["period"], { whole: true });
  requireBandit(learned, "learned");
  requireWindow(window);
  const present = window.periods.find((each) => each.period === period);
  const state = present ? add(present.state, learned) : learned;
  const all = [...window.periods.filter((each) => each !== present), { period, state }];
  const latest = Math.max(...all.map((each) => each.period));
  return {
    periods: all.filter((each) => each.period > latest - length).sort((a, b) => a.period - b.period),
  };
}

function add(a: BanditState, b: BanditState): BanditState {
  const { marks: _, ...rest } = b;
  return { ...rest, ...mergeLearning(b.setup.model, a, b) };
}

/**
 * The bandit that knows what its window holds, to decide with.
 * @param window  at least one period
 * @param empty   the bandit knowing nothing: what an empty window is
 * @returns the sum of the periods, set up as `empty` is and learned under its name; it merges whole, not by deltas
 * @throws ExperimentError what is wrong with the window, at ["window", …]; `not_a_bandit` at ["empty"]
 */
export function windowBandit<V extends string, P>(
  window: BanditWindow,
  empty: BanditState<V, P>,
): BanditState<V, P> {
  requireWindow(window);
  requireBandit(empty, "empty");
  const { marks } = empty;
  const whole = window.periods.reduce<BanditState>((sum, { state }) => add(sum, state), empty);
  // What leaves the window is not taken back from where a delta has brought it.
  const own = marks && { marks: { ...marks, merged: { ...marks.merged, [marks.source]: null } } };
  return { ...whole, setup: empty.setup, ...own };
}
