import {
  type BanditDelta,
  type BanditState,
  type Outcome,
  type RewardModel,
  update,
} from "../../bandits/index.js";
import { refusedBy, type SetAside } from "../../bandits/ledger/index.js";
import { deltaOf, type Learning, mergeLearning, scaleSums } from "../../bandits/state/index.js";
import type { ShardBook } from "./shard-book.js";
import { nothing as nothingOfIt, WHOLE } from "./standing.js";
import type { StandingChange } from "./standing-change.js";

/** A bandit that knows nothing, under no name. */
function nothingOf(bandit: BanditState): BanditState {
  const { marks: _, ...rest } = bandit;
  const { model, arms } = bandit.setup;
  return { ...rest, rewards: 0, sums: model.empty(arms.length) };
}

/** Outcomes that a model cannot tell from each other, as one that is heavier. */
interface Heap {
  readonly outcome: ReturnType<ShardBook["outcomeOf"]> & { readonly reward: number };
  weight: number;
}

/** What a model reads of a decision and of what its rewards come to. */
function readOf(model: RewardModel, { slice, row }: StandingChange, value: number): string {
  const { entries } = slice;
  const played = `${entries.action(row)} ${value}`;
  if (!model.contextKey)
    return model.contextProblems ? `${played} ${JSON.stringify(entries.context(row))}` : played;
  const context = entries.context(row);
  const wrong = (model.contextProblems?.(context, []) ?? []).length > 0;
  return `${played} ${wrong ? "" : model.contextKey(context)} ${wrong}`;
}

/** Changes by what the model reads of them: of a million decisions without a context a few are left. */
function heapsOf(
  book: ShardBook,
  model: RewardModel,
  changes: readonly StandingChange[],
  side: "from" | "to",
): Map<string, Heap> {
  const heaps = new Map<string, Heap>();
  for (const change of changes) {
    const { value, weight } = change[side];
    if (weight === 0) continue;
    const read = readOf(model, change, value);
    const heap = heaps.get(read);
    if (heap) heap.weight += weight;
    else heaps.set(read, { outcome: { ...book.outcomeOf(change), reward: value }, weight });
  }
  return heaps;
}

/** What these changes learn, or take back, as the sums have it. */
function learningOf(
  book: ShardBook,
  nothing: BanditState,
  changes: readonly StandingChange[],
  side: "from" | "to",
): Learning {
  const { model } = nothing.setup;
  const byWeight = new Map<number, Outcome[]>();
  for (const { outcome, weight } of heapsOf(book, model, changes, side).values()) {
    const outcomes = byWeight.get(weight);
    if (outcomes) outcomes.push(outcome);
    else byWeight.set(weight, [outcome]);
  }
  let all: Learning = nothing;
  for (const [weight, outcomes] of byWeight) {
    const { rewards, sums } = update(nothing, outcomes);
    const times = weight / WHOLE;
    all = mergeLearning(model, all, {
      rewards: rewards * times,
      sums: weight === WHOLE ? sums : scaleSums(model, sums, times),
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
      const { model } = bandit.setup;
      const alike = new Map<string, SetAside>();
      for (const [read, { outcome }] of heapsOf(book, model, made, "to")) {
        const why = found.get(outcome.decisionId);
        if (why) alike.set(read, why);
      }
      made = made.map((change) => {
        const why = change.to.weight > 0 && alike.get(readOf(model, change, change.to.value));
        if (!why) return change;
        refused.set(book.idOf(change), why);
        return { ...change, to: nothingOfIt };
      });
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
