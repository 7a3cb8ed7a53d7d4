import type { ContextEncoder } from "../../bandits/encoders/index.js";
import type { Json } from "../../core/json.js";
import { ExperimentError, errorOf, requireList, requireNumber, wrong_length } from "../../errors/index.js";
import type { ChoiceLog } from "../log/choice-log.js";
import type { Plays } from "../log/target-policy.js";
import { RewardFit } from "./reward-fit.js";

/** What a model predicts for the rounds of a log. */
export interface Predictions {
  /** For the logged actions. */
  readonly predicted: Float64Array;
  /** For the policy: Σ over actions of its probability × prediction. */
  readonly expected: Float64Array;
}

/** A model of the caller: the expected reward of each action in a context, in the order of `actions`. */
export type RewardFunction = (context: Json, actions: readonly string[]) => ArrayLike<number>;

/** Which fold each round belongs to: those of one unit to one. */
function foldsOf({ units, rewards }: ChoiceLog, folds: number): Int32Array {
  if (!units) return Int32Array.from(rewards, (_, i) => i % folds);
  const places = new Map<string, number>();
  return Int32Array.from(units, (unit) => {
    let place = places.get(unit);
    if (place === undefined) places.set(unit, (place = places.size));
    return place % folds;
  });
}

/**
 * Predictions of a fit that never saw the round (nor its unit) that it predicts.
 * @param weights  of the rounds in the fit; undefined: all alike
 */
export function crossFitted(
  log: ChoiceLog,
  plays: Plays,
  encoder: ContextEncoder,
  folds: number,
  weights?: Float64Array,
): Predictions {
  const { actions, action, rewards, contexts, eligible, rows } = log;
  const [n, k] = [rewards.length, actions.length];
  const d = encoder.size;
  for (let i = 0; i < n && encoder.size > 1; i++) {
    const found = encoder.problems(contexts[i] as Json, ["log", rows[i] as number, "context"]);
    if (found.length > 0) throw errorOf(found);
  }
  const fold = foldsOf(log, folds);
  const fit = new RewardFit(k, d, folds);
  for (let i = 0; i < n; i++)
    fit.add(
      fold[i] as number,
      action[i] as number,
      encoder.encode(contexts[i] as Json),
      rewards[i] as number,
      weights ? (weights[i] as number) : 1,
    );
  const coefficients = fit.solve();
  const predicted = new Float64Array(n);
  const expected = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const context = contexts[i] as Json;
    const own = coefficients[fold[i] as number] as Float64Array;
    const chances = plays(context, eligible[i], i);
    const x = encoder.encode(context);
    const played = action[i] as number;
    let sum = 0;
    for (let a = 0; a < k; a++) {
      const chance = chances[a] as number;
      if (chance === 0 && a !== played) continue;
      let value = 0;
      for (let j = 0, at = a * d; j < d; j++, at++) value += (own[at] as number) * (x[j] as number);
      sum += chance * value;
      if (a === played) predicted[i] = value;
    }
    expected[i] = sum;
  }
  return { predicted, expected };
}

/** Predictions of a caller's own model. */
export function foretold(log: ChoiceLog, plays: Plays, predict: RewardFunction): Predictions {
  const { actions, action, rewards, contexts, eligible } = log;
  const predicted = new Float64Array(rewards.length);
  const expected = new Float64Array(rewards.length);
  for (let i = 0; i < rewards.length; i++) {
    const context = contexts[i] as Json;
    const values: unknown = predict(context, actions);
    const path = ["predict", i];
    requireList(values, path);
    if (values.length !== actions.length)
      throw new ExperimentError({ wrong_length }, path, values.length, {
        expected: { length: actions.length },
        other: "actions",
      });
    const chances = plays(context, eligible[i], i);
    let sum = 0;
    for (let a = 0; a < actions.length; a++) {
      const value = values[a];
      if (!Number.isFinite(value)) requireNumber(value, [...path, a]);
      sum += (chances[a] as number) * (value as number);
    }
    expected[i] = sum;
    predicted[i] = values[action[i] as number] as number;
  }
  return { predicted, expected };
}
