import { type BanditDelta, type BanditState, mergeDelta } from "../bandits/index.js";
import type { Mark } from "../bandits/state/index.js";
import type { Shared } from "./shared-record.js";
import type { SharedAt } from "./store-link.js";

/**
 * What is shared with deltas of one source in, in their order.
 * @param mark  how much of the source is in it
 * @returns undefined where all of them were in it
 */
export function withDeltas(
  bandit: BanditState,
  { rewards, sums, configuration, mark }: SharedAt,
  deltas: readonly BanditDelta[],
): (Shared & { readonly mark: Mark | undefined }) | undefined {
  const source = deltas[0]?.source ?? "";
  const { model, arms } = bandit.setup;
  const before: BanditState = {
    ...bandit,
    rewards,
    sums,
    marks: {
      source: "",
      merged: mark ? { [source]: mark } : {},
      pending: { rewards: 0, sums: model.empty(arms.length) },
    },
  };
  const after = deltas.reduce((state, delta) => mergeDelta(state, delta), before);
  if (after === before) return undefined;
  return { rewards: after.rewards, sums: after.sums, configuration, mark: after.marks?.merged[source] };
}
