import { type BanditDelta, type BanditState, type Outcome, update } from "../../bandits/index.js";
import { refusedBy, type SetAside } from "../../bandits/ledger/index.js";
import { deltaOf, type Learning, mergeLearning, scaleSums } from "../../bandits/state/index.js";
import type { ShardBook } from "./shard-book.js";
import { WHOLE } from "./standing.js";
import type { StandingChange } from "./standing-change.js";

/** A bandit that knows nothing, under no name. */
function nothingOf(bandit: BanditState): BanditState {
  const { marks: _, ...rest } = bandit;
  const { model, arms } = bandit.setup;
  return { ...rest, rewards: 0, sums: model.empty(arms.length) };
}

/** What these changes learn, or take back, as the sums have it. */
function learningOf(
  book: ShardBook,
  nothing: BanditState,
  changes: readonly StandingChange[],
  side: "from" | "to",
): Learning {
  const byWeight = new Map<number, Outcome[]>();
  for (const change of changes) {
    const { value, weight } = change[side];
    if (weight === 0) continue;
    const outcomes = byWeight.get(weight) ?? [];
    byWeight.set(weight, outcomes);
    outcomes.push({ ...book.outcomeOf(change), reward: value });
  }
  const { model } = nothing.setup;
  let all: Learning = nothing;
  for (const [weight, outcomes] of byWeight) {
    const { rewards, sums } = update(nothing, outcomes);
    const part = weight / WHOLE;
    all = mergeLearning(model, all, {
      rewards: rewards * part,
      sums: weight === WHOLE ? sums : scaleSums(model, sums, part),
    });
  }
  return all;
}

/**
 * What one bandit learns of changes, and takes back.
 * @returns the delta, undefined where that is nothing; the changes as they are made: what cannot be learned is nothing, and
 *          why, by decision
 */
export function deltaOfChanges(
  book: ShardBook,
  bandit: BanditState,
  changes: readonly StandingChange[],
  source: string,
  sequence: number,
): {
  readonly delta: BanditDelta | undefined;
  readonly made: readonly StandingChange[];
  readonly refused: ReadonlyMap<string, SetAside>;
} {
  const nothing = nothingOf(bandit);
  const refused = new Map<string, SetAside>();
  let made = changes;
  let more: Learning | undefined;
  while (!more)
    try {
      more = learningOf(book, nothing, made, "to");
    } catch (error) {
      const found = refusedBy(error);
      if (found.size === 0) throw error;
      for (const [id, why] of found) refused.set(id, why);
      made = made.map((change) =>
        found.has(book.idOf(change)) ? { ...change, to: { value: 0, weight: 0 } } : change,
      );
    }
  const less = learningOf(book, nothing, made, "from");
  const some = more.rewards > 0 || less.rewards > 0;
  return {
    delta: some
      ? deltaOf(bandit.setup, more, source, sequence, less.rewards > 0 ? less : undefined)
      : undefined,
    made,
    refused,
  };
}
