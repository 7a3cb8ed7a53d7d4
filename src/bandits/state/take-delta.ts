import { ExperimentError, no_source } from "../../errors/index.js";
import type { BanditDelta } from "./bandit-delta.js";
import { hashOfSums } from "./content-hash.js";
import type { Learning } from "./learning.js";
import { marksOf, newMarks } from "./marks.js";
import { requireBandit } from "./require-bandit.js";
import { sumsHash } from "./require-same-sums.js";
import type { BanditState, Setup } from "./state.js";

/**
 * What a source learned as a delta of the bandit that learned it.
 * @param less  what it learned earlier and takes back
 */
export const deltaOf = (
  { experiment, arms, model }: Setup,
  { rewards, sums }: Learning,
  source: string,
  sequence: number,
  less?: Learning,
): BanditDelta => ({
  format: "essai.bandit-delta/1",
  experiment,
  arms: arms.map(({ key }) => key),
  model: sumsHash(model, arms),
  source,
  sequence,
  rewards,
  sums,
  ...(less && { less: { rewards: less.rewards, sums: less.sums } }),
});

/**
 * Takes what a state has learned since its last delta, to be merged elsewhere by `mergeDelta`. Save the new state and the
 * delta together before sending: then a crash loses nothing, and a delta that is sent again counts once.
 * @param state  a bandit that learns under a name, given by `withSource`
 * @returns the delta, null where nothing was learned since the last; and the state to go on with
 * @throws ExperimentError `not_a_bandit` at ["state"]; `no_source` at ["state"] when it learns under no name
 */
export function takeDelta<V extends string, P>(
  state: BanditState<V, P>,
): {
  readonly delta: BanditDelta | null;
  readonly state: BanditState<V, P>;
} {
  requireBandit(state);
  const { source, merged, pending } = marksOf(state);
  if (!source) throw new ExperimentError({ no_source }, ["state"], source);
  if (pending.rewards === 0) return { delta: null, state };
  const { rewards, sums } = pending;
  const sequence = (merged[source]?.sequence ?? 0) + 1;
  return {
    delta: deltaOf(state.setup, pending, source, sequence),
    state: {
      ...state,
      marks: newMarks(state, source, {
        ...merged,
        [source]: { sequence, hash: hashOfSums(rewards, sums) },
      }),
    },
  };
}
