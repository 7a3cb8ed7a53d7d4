import type { KeptReward } from "./kept-reward.js";
import { combiners, type KindOptions } from "./ledger-options.js";

/** What the rewards of one kind come to; undefined where there are none. */
export function worthOf(
  rewards: readonly KeptReward[],
  kind: string,
  combine: Required<KindOptions>["combine"],
): number | undefined {
  const values = rewards
    .filter((reward) => reward.value !== null && reward.kind === kind)
    .sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || (a.id < b.id ? -1 : 1))
    .map(({ value }) => value ?? 0);
  return values.length > 0 ? combiners[combine](values) : undefined;
}
