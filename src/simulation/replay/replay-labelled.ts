import type { BanditState } from "../../bandits/index.js";
import { requireBandit } from "../../bandits/state/index.js";
import type { Json } from "../../core/json.js";
import { missing_value, requireArray, wrong_length, wrong_type } from "../../errors/index.js";
import type { Replay, ReplayFrame, ReplayOptions } from "./replay.js";
import { finished, replayOptions, replayOrders } from "./replay-orders.js";
import { RowProblems } from "./row-problems.js";

/** A row that knows what every arm would have brought. */
export interface LabelledRow {
  /** What the decision is told; default null. */
  readonly context?: Json;
  /** In the order of the bandit's arms. */
  readonly rewards: readonly number[];
}

const rowKeys = ["context", "rewards"] as const satisfies readonly (keyof LabelledRow)[];

function frameOf(rows: readonly LabelledRow[], { setup }: BanditState): ReplayFrame {
  const { arms, model } = setup;
  const problems = new RowProblems();
  const sums = arms.map(() => 0);
  rows.forEach((row, i) => {
    const given = problems.keysOf(row, i, rowKeys);
    if (!given) return;
    problems.context(given.context, i);
    const { rewards } = given;
    if (!Array.isArray(rewards)) {
      const entry = rewards === undefined ? { missing_value } : { wrong_type };
      problems.add(entry, i, "rewards", rewards, { expected: { type: "list" } });
      return;
    }
    if (rewards.length !== arms.length) {
      problems.add({ wrong_length }, i, "rewards", rewards.length, {
        expected: { length: arms.length },
        other: "arms",
      });
      return;
    }
    for (const [arm, reward] of rewards.entries()) {
      problems.reward(reward, i, "rewards", model, [arm]);
      sums[arm]! += reward;
    }
  });
  problems.end();
  const means = sums.map((sum) => sum / rows.length);
  const uniform = means.reduce((sum, mean) => sum + mean, 0) / arms.length;
  return { kind: "labelled", rows: rows.length, means, uniform };
}

/** {@link replayLabelled}, step by step. */
export function* labelledReplay(
  bandit: BanditState,
  rows: readonly LabelledRow[],
  options: ReplayOptions,
): Generator<number, Replay> {
  const full = replayOptions(options);
  requireBandit(bandit, "bandit");
  requireArray(rows, ["rows"]);
  const frame = frameOf(rows, bandit);
  return yield* replayOrders(bandit, frame, rows, full, ({ rewards }, arm) => rewards[arm]!);
}

/**
 * Replays a fully labelled table: every row knows what each arm would have brought, as when arms are the labels of a
 * classification and the right one is worth 1. Every row counts; the bandit only learns the reward of the arm it played.
 * @param bandit   its state before the first row of every order
 * @param rows     contexts and rewards of every arm
 * @param options  seed, orders (default 5), batch (50), rows of an order
 * @returns mean reward with its spread over the orders, against uniform and the best fixed arm; learning curve; shares
 * @throws ExperimentError every problem of the options; `not_a_bandit` at ["bandit"]; `empty_data` at ["rows"];
 *         `unknown_key`, `missing_value` or `wrong_type` within ["rows", i], `wrong_length`, `not_finite` or
 *         `reward_unsupported` at ["rows", i, "rewards", arm] (the first of its kind, with how many more); the model's
 *         problems with a context
 */
export const replayLabelled = (
  bandit: BanditState,
  rows: readonly LabelledRow[],
  options: ReplayOptions,
): Replay => finished(labelledReplay(bandit, rows, options));
