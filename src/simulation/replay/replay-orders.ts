import { type BanditState, decide, type Outcome, quickDecide, update } from "../../bandits/index.js";
import type { Json } from "../../core/json.js";
import { ExperimentError, empty_data } from "../../errors/index.js";
import { type RandomSource, randomSource, shuffle } from "../../random/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import {
  type Replay,
  type ReplayedOrder,
  type ReplayFrame,
  type ReplayOptions,
  summarizeReplay,
} from "./replay.js";

const count = { kind: "number", atLeast: 1, whole: true, optional: true } as const;

/** Rows between two reports of progress. */
const STEP = 500;

const replayFields = {
  seed: { kind: "either", of: [{ kind: "text", empty: true }, { kind: "number" }] },
  orders: count,
  batch: count,
  rows: count,
  quick: { kind: "flag", optional: true },
} as const satisfies FieldsFor<ReplayOptions>;

/** The options with their defaults. @throws ExperimentError with every problem, at its option */
export function replayOptions(options: ReplayOptions): Required<ReplayOptions> {
  checkFields(options, replayFields);
  const { seed, orders = 5, batch = 50, rows = Number.MAX_SAFE_INTEGER, quick = false } = options;
  return { seed, orders, batch, rows, quick };
}

/**
 * Plays a bandit through random orders of a table's rows.
 * @param bandit  the first state, for every order anew
 * @param frame   what the table says by itself
 * @param rows    contexts of the rows
 * @param score   the reward of an arm in a row, or undefined where the row does not count
 * @returns yields the fraction done now and then, returns the replay
 */
export function* replayOrders<R extends { readonly context?: Json }>(
  bandit: BanditState,
  frame: ReplayFrame,
  rows: readonly R[],
  options: Required<ReplayOptions>,
  score: (row: R, arm: number, random: RandomSource) => number | undefined,
): Generator<number, Replay> {
  if (rows.length === 0) throw new ExperimentError({ empty_data }, ["rows"], rows.length);
  const { seed, orders, batch, quick } = options;
  const { arms } = bandit.setup;
  const keys = arms.map(({ key }) => key);
  const places = new Map(arms.map(({ action }, arm) => [action, arm]));
  const choose = quick ? quickDecide : decide;
  const now = new Date(0);
  const all = rows.map((_, i) => i);
  const used = Math.min(rows.length, options.rows);
  const replayed: ReplayedOrder[] = [];
  for (let order = 0; order < orders; order++) {
    const random = randomSource(`${seed}/order/${order}`);
    const occasion = `${seed}/${order}`;
    const rewards: number[] = [];
    const plays = keys.map(() => 0);
    let state = bandit;
    let waiting: Outcome[] = [];
    for (const [done, i] of shuffle(random, all).slice(0, used).entries()) {
      if (done % STEP === 0) yield (order + done / used) / orders;
      const row = rows[i]!;
      const context = row.context ?? null;
      const arm = places.get(choose(state, { unitId: `row-${i}`, occasion, now, context }).action)!;
      const reward = score(row, arm, random);
      if (reward === undefined) continue;
      rewards.push(reward);
      plays[arm]! += 1;
      waiting.push({ variant: keys[arm]!, reward, context });
      if (waiting.length === batch) {
        state = update(state, waiting);
        waiting = [];
      }
    }
    replayed.push({ rewards, plays });
  }
  return summarizeReplay(frame, keys, batch, replayed);
}

/** The last value of a replay, its progress unheard. */
export function finished(replay: Generator<number, Replay>): Replay {
  for (;;) {
    const next = replay.next();
    if (next.done) return next.value;
  }
}
