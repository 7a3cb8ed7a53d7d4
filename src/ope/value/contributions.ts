import type { ValueEstimator } from "./estimators/value-estimator.js";
import { meanOf } from "./mean-of.js";
import type { TargetRounds } from "./target-rounds.js";

/** An estimate taken apart: value = mean(base) + mean(weighted) / norm, norm being the mean weight or 1. */
export interface Contributions {
  readonly base: ArrayLike<number> | undefined;
  readonly weighted: Float64Array;
  readonly weights: Float64Array;
  readonly normalized: boolean;
  readonly value: number;
  readonly norm: number;
}

/** w of every round. */
export function weightsOf({ targets, propensities }: TargetRounds): Float64Array {
  const weights = new Float64Array(targets.length);
  for (let i = 0; i < weights.length; i++) weights[i] = (targets[i] as number) / (propensities[i] as number);
  return weights;
}

/**
 * @param raw  w of every round
 * @returns what each round contributes to an estimate; predictions have to be there where the estimator reads them
 */
export function contributionsOf(
  rounds: TargetRounds,
  raw: Float64Array,
  estimator: ValueEstimator,
  setting: number,
): Contributions {
  const { rewards } = rounds;
  const n = rewards.length;
  const { model, normalized } = estimator;
  const base = model === "none" ? undefined : rounds.expected;
  const predicted = model === "corrected" ? rounds.predicted : undefined;
  const weights = new Float64Array(n);
  const weighted = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const v = estimator.weight(raw[i] as number, setting);
    weights[i] = v;
    weighted[i] = v * ((rewards[i] as number) - (predicted ? (predicted[i] as number) : 0));
  }
  const norm = normalized ? meanOf(weights) : 1;
  const correction = norm > 0 ? meanOf(weighted) / norm : 0;
  return { base, weighted, weights, normalized, norm, value: (base ? meanOf(base) : 0) + correction };
}

/** Each round's part of an estimate, whose mean is the estimate. */
export function scoresOf({ base, weighted, norm }: Contributions): Float64Array {
  return weighted.map((each, i) => (base ? (base[i] as number) : 0) + (norm > 0 ? each / norm : 0));
}

/**
 * Each round's influence on an estimate, less the round's own reward where the gain over the log is wanted: centred.
 * A self-normalized estimate depends on its mean weight, too.
 */
export function influencesOf(parts: Contributions, rewards?: ArrayLike<number>): Float64Array {
  const { base, weighted, weights, norm, normalized, value } = parts;
  const baseMean = base ? meanOf(base) : 0;
  const share = normalized ? value - baseMean : 0;
  const logged = rewards ? meanOf(rewards) : 0;
  const whole = (normalized ? baseMean : value) - logged;
  const out = new Float64Array(weighted.length);
  for (let i = 0; i < out.length; i++) {
    const own = norm > 0 ? ((weighted[i] as number) - share * (weights[i] as number)) / norm : 0;
    out[i] = own + (base ? (base[i] as number) : 0) - (rewards ? (rewards[i] as number) : 0) - whole;
  }
  return out;
}
