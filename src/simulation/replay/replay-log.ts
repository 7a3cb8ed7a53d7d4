import type { BanditState } from "../../bandits/index.js";
import { requireBandit } from "../../bandits/state/index.js";
import type { Json } from "../../core/json.js";
import { square } from "../../core/powers.js";
import { chiSquareSurvival } from "../../distributions/index.js";
import {
  ExperimentError,
  errorOf,
  inRange,
  insufficient_data,
  missing_value,
  nearName,
  out_of_range,
  problem,
  requireArray,
  uneven_log,
  unknown_action,
} from "../../errors/index.js";
import type { Replay, ReplayFrame, ReplayOptions } from "./replay.js";
import { finished, replayOptions, replayOrders } from "./replay-orders.js";
import { RowProblems } from "./row-problems.js";

/** A row of a log: what was done, with which probability, and what came back. */
export interface LoggedRow {
  /** What the decision is told; default null. */
  readonly context?: Json;
  /** Key of the arm that was played. */
  readonly arm: string;
  readonly reward: number;
  /** Probability with which it was played; absent in all rows of a log that played all arms alike. */
  readonly propensity?: number;
}

/** p-value below which a log is not believed to have played all arms alike. */
const ALIKE = 1e-3;

const rowKeys = ["context", "arm", "reward", "propensity"] as const satisfies readonly (keyof LoggedRow)[];
const chance = { above: 0, atMost: 1 } as const;

function checkRows(rows: readonly LoggedRow[], bandit: BanditState): void {
  const { arms, model } = bandit.setup;
  const keys = new Set(arms.map(({ key }) => key));
  const known = [...keys];
  const some = rows.some((row) => row?.propensity !== undefined);
  const problems = new RowProblems();
  rows.forEach((row, i) => {
    const given = problems.keysOf(row, i, rowKeys);
    if (!given) return;
    const { arm, reward, propensity } = given;
    problems.context(given.context, i);
    if (arm === undefined) problems.add({ missing_value }, i, "arm", arm, { known });
    else if (typeof arm !== "string" || !keys.has(arm))
      problems.add({ unknown_action }, i, "arm", arm, nearName(arm, known));
    problems.reward(reward, i, "reward", model);
    if (!some || inRange(propensity, chance)) return;
    if (propensity === undefined)
      problems.add({ missing_value }, i, "propensity", propensity, { expected: { type: "number" } });
    else problems.add({ out_of_range }, i, "propensity", propensity, { expected: chance });
  });
  problems.end();
}

const percent = (share: number) => `${Number((share * 100).toFixed(1))}%`;

function checkAlike(counts: readonly number[], keys: readonly string[]): void {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const expected = n / counts.length;
  const statistic = counts.reduce((sum, count) => sum + square(count - expected) / expected, 0);
  if (counts.length < 2 || chiSquareSurvival(statistic, counts.length - 1) >= ALIKE) return;
  const shares = keys.slice(0, 6).map((key, arm) => `${key} ${percent(counts[arm]! / n)}`);
  throw errorOf([problem({ uneven_log }, ["arm"], shares.join(", "), { known: keys })]);
}

function frameOf(rows: readonly LoggedRow[], keys: readonly string[], bandit: BanditState): ReplayFrame {
  checkRows(rows, bandit);
  const place = new Map(keys.map((key, arm) => [key, arm]));
  const [counts, weights, sums] = [0, 0, 0].map(() => keys.map(() => 0)) as [number[], number[], number[]];
  let constant = 1 / 0;
  for (const { arm, reward, propensity = 1 / keys.length } of rows) {
    const at = place.get(arm)!;
    counts[at]! += 1;
    weights[at]! += 1 / propensity;
    sums[at]! += reward / propensity;
    constant = Math.min(constant, propensity);
  }
  counts.forEach((count, arm) => {
    if (count === 0)
      throw new ExperimentError({ insufficient_data }, ["rows", keys[arm]!], 0, { expected: { atLeast: 1 } });
  });
  if (rows[0]?.propensity === undefined) checkAlike(counts, keys);
  const means = sums.map((sum, arm) => sum / weights[arm]!);
  return {
    kind: "logged",
    rows: rows.length,
    means,
    uniform: means.reduce((sum, mean) => sum + mean, 0) / keys.length,
    acceptance: { constant },
  };
}

/** {@link replayLog}, step by step. */
export function* loggedReplay(
  bandit: BanditState,
  rows: readonly LoggedRow[],
  options: ReplayOptions,
): Generator<number, Replay> {
  const full = replayOptions(options);
  requireBandit(bandit, "bandit");
  requireArray(rows, ["rows"]);
  const keys = bandit.setup.arms.map(({ key }) => key);
  const frame =
    rows.length > 0
      ? frameOf(rows, keys, bandit)
      : { kind: "logged" as const, rows: 0, means: [], uniform: 0 };
  const { constant = 0 } = frame.acceptance ?? {};
  return yield* replayOrders(
    bandit,
    frame,
    rows,
    full,
    ({ arm, reward, propensity = constant }, chosen, random) => {
      if (keys[chosen] !== arm) return undefined;
      return propensity === constant || random.next() < constant / propensity ? reward : undefined;
    },
  );
}

/**
 * Replays a log by rejection: a row counts when the policy chooses what the log did. Where all arms were played alike,
 * the rows that count are what the policy would have met. Where they were not, a row that agrees counts with
 * probability c / propensity, c being the log's smallest propensity, which makes the same true again at the price of rows.
 * @param bandit   its state before the first row of every order; its arms are those of the log
 * @param rows     contexts, arms, rewards and, unless all arms were played alike, propensities
 * @param options  seed, orders (default 5), batch (50, of rounds that count), rows of an order
 * @returns mean reward with its spread over the orders, against uniform and the best fixed arm; learning curve; shares. `refused` with
 *          the reason, and no reward, where fewer than 50 rows of an order counted in the mean
 * @throws ExperimentError every problem of the options; `not_a_bandit` at ["bandit"]; `empty_data` at ["rows"];
 *         `unknown_key`, `missing_value`, `wrong_type`, `unknown_action`, `not_finite`, `out_of_range` or
 *         `reward_unsupported` within ["rows", i] (the first of its kind, with how many more);
 *         `insufficient_data` at ["rows", arm] for an arm that was never played;
 *         `uneven_log` at ["arm"] where propensities are missing and shares differ (χ² p < .001); the model's problems
 * @source Li, Chu, Langford & Wang (2011), WSDM; with propensities: Dudík et al. (2012), UAI
 */
export const replayLog = (bandit: BanditState, rows: readonly LoggedRow[], options: ReplayOptions): Replay =>
  finished(loggedReplay(bandit, rows, options));
