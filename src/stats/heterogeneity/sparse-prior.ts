import { square } from "../../core/powers.js";
import type { MeasuredEffect } from "./check-effects.js";
import { type Few, nobody, type Scatter, scatters } from "./sparse-scatters.js";

/** A posterior as a mixture of normals; the weights sum to 1. */
export type Belief = readonly { readonly weight: number; readonly mean: number; readonly sd: number }[];

/** What is believed of every effect, in the effects' own unit. */
export interface Beliefs {
  /** Posterior mean of the common effect. */
  readonly common: number;
  readonly each: readonly Belief[];
}

/** Gauss–Hermite nodes of the common effect, in standard errors. */
const nodes = [
  { node: -Math.sqrt(3), part: 1 / 6 },
  { node: 0, part: 2 / 3 },
  { node: Math.sqrt(3), part: 1 / 6 },
] as const;

/** So many effects are looked at first; then settings of the prior that fit them far worse than the best are dropped. */
const firstLook = 400;
const hopeless = 10;
/** Settings with less of the best one's weight are left out of the posterior. */
const negligible = 1e-4;

/** Σ log(terms) with one logarithm for many: the terms are multiplied while the product stays in range. */
class LogProduct {
  private product = 1;
  private sum = 0;

  times(factor: number): void {
    this.product *= factor;
    if (this.product < 1e-200 || this.product > 1e200) this.settle();
  }

  settle(): number {
    this.sum += Math.log(this.product);
    this.product = 1;
    return this.sum;
  }
}

/** A scatter and a common effect, weighed by the data. */
interface Setting {
  readonly scatter: number;
  readonly common: number;
  /** Variance of the common effect around that, where all differ. */
  readonly error: number;
  readonly little: number;
  readonly few: Few;
}

/** An effect in units of the typical standard error, and its densities under the setting being weighed. */
interface Scaled {
  readonly value: number;
  readonly error: number;
  spike: number;
  slab: number;
}

/** All differ: the common effect is integrated over exactly. */
function weighLittle(effects: readonly Scaled[], { at, little }: Scatter): Setting {
  let weights = 0;
  let common = 0;
  let spread = 0;
  const volume = new LogProduct();
  for (const { value, error } of effects) {
    const weight = 1 / (error * error + at * at);
    weights += weight;
    const delta = value - common;
    common += (delta * weight) / weights;
    spread += weight * delta * (value - common);
    volume.times(weight);
  }
  const log = little + (volume.settle() - spread - Math.log(weights)) / 2;
  return { scatter: at, common, error: 1 / weights, little: log, few: nobody };
}

function takeDensities(effects: readonly Scaled[], common: number, scatter: number): void {
  for (const effect of effects) {
    const narrow = effect.error * effect.error;
    const wide = narrow + scatter * scatter;
    const squared = square(effect.value - common);
    effect.spike = Math.exp(-squared / 2 / narrow) / effect.error;
    effect.slab = Math.exp(-squared / 2 / wide) / Math.sqrt(wide);
  }
}

/** Where the common effect is, and its error, where four effects in five have it; other shares are weighed there, too. */
function likelyCommon(effects: readonly Scaled[], scatter: number): readonly [common: number, error: number] {
  let common = 0;
  let information = 1;
  for (let round = 0; round < 4; round++) {
    takeDensities(effects, common, scatter);
    let weights = 0;
    let sum = 0;
    let lost = 0;
    for (const { value, error, spike, slab } of effects) {
      const narrow = error * error;
      const wide = narrow + scatter * scatter;
      const same = spike > 0 ? spike / (spike + 0.25 * slab) : 0;
      const weight = same / narrow + (1 - same) / wide;
      const delta = value - common;
      weights += weight;
      sum += weight * delta;
      lost += same * (1 - same) * square(delta * (1 / narrow - 1 / wide));
    }
    common += sum / weights;
    information = Math.max(weights - lost, weights / 4);
  }
  return [common, 1 / Math.sqrt(information)];
}

/** Few differ: the likelihood of each share, at a few places of the common effect. */
function weighFew(effects: readonly Scaled[], { at, few }: Scatter): readonly Setting[] {
  const [center, error] = likelyCommon(effects, at);
  return nodes.map(({ node, part }) => {
    const common = center + node * error;
    takeDensities(effects, common, at);
    const place = Math.log(part * error) + square(node) / 2;
    const { shares } = few;
    const logs = few.logs.map((log, i) => {
      const share = shares[i] ?? 0;
      const fit = new LogProduct();
      for (const { spike, slab } of effects) fit.times(share * spike + (1 - share) * slab);
      return log + place + fit.settle();
    });
    return { scatter: at, common, error: 0, little: -Infinity, few: { shares, logs } };
  });
}

const weighed = (effects: readonly Scaled[], scatter: Scatter): readonly Setting[] =>
  scatter.few.shares.length > 0 ? weighFew(effects, scatter) : [weighLittle(effects, scatter)];

function best(settings: readonly Setting[]): number {
  let most = -Infinity;
  for (const { little, few } of settings) {
    most = Math.max(most, little);
    for (const log of few.logs) most = Math.max(most, log);
  }
  return most;
}

/** The scatters and shares worth weighing by all effects, by what some from all parts of the list say. */
function promising(effects: readonly Scaled[], grid: readonly Scatter[]): readonly Scatter[] {
  if (effects.length <= 2 * firstLook) return grid;
  const step = Math.floor(effects.length / firstLook);
  const some = effects.filter((_, i) => i % step === 0);
  const looks = grid.map((scatter) => ({ scatter, settings: weighed(some, scatter) }));
  const least = best(looks.flatMap(({ settings }) => settings)) - hopeless;
  return looks.flatMap(({ scatter, settings }) => {
    if (best(settings) <= least) return [];
    const stays = (_: number, i: number) => settings.some(({ few }) => (few.logs[i] ?? -Infinity) > least);
    const { shares, logs } = scatter.few;
    return [{ ...scatter, few: { shares: shares.filter(stays), logs: logs.filter(stays) } }];
  });
}

/** The unit that effects are counted in while they are weighed: `scale` from `origin`. */
interface Unit {
  readonly origin: number;
  readonly scale: number;
}

// The three parts of a posterior — the effect differs as all do, is the common one, or is one of the few — summed over
// settings of the prior: weight, and moments of the distance from the effect's own estimate. In one list of numbers, as
// there are tens of thousands of posteriors.
const sums = new Float64Array(9);
const DIFFERS = 0;
const SAME = 3;
const OTHER = 6;
const parts = [DIFFERS, SAME, OTHER] as const;

function add(part: number, weight: number, distance: number, variance: number): void {
  sums[part] = (sums[part] ?? 0) + weight;
  sums[part + 1] = (sums[part + 1] ?? 0) + weight * distance;
  sums[part + 2] = (sums[part + 2] ?? 0) + weight * (distance * distance + variance);
}

/** The normal distribution with a part's mean and variance, in the effects' own unit. */
function normalOf(part: number, from: number, total: number, { origin, scale }: Unit): Belief[number] {
  const weight = sums[part] ?? 0;
  const distance = (sums[part + 1] ?? 0) / weight;
  const variance = (sums[part + 2] ?? 0) / weight - distance * distance;
  return {
    weight: weight / total,
    mean: origin + scale * (from + distance),
    sd: scale * Math.sqrt(Math.max(variance, 1e-12)),
  };
}

function beliefOf({ value, error }: Scaled, settings: readonly Setting[], unit: Unit): Belief {
  sums.fill(0);
  const narrow = error * error;
  for (const { scatter, common, error: commonError, little, few } of settings) {
    const wide = narrow + scatter * scatter;
    const delta = value - common;
    const toCommon = narrow / wide;
    const variance = (scatter * scatter * narrow) / wide;
    const { shares, logs: weights } = few;
    if (shares.length === 0) {
      add(DIFFERS, little, -toCommon * delta, variance + toCommon * toCommon * commonError);
      continue;
    }
    const spike = Math.exp((-delta * delta) / 2 / narrow) / error;
    const slab = Math.exp((-delta * delta) / 2 / wide) / Math.sqrt(wide);
    for (let i = 0; i < shares.length; i++) {
      const share = shares[i] ?? 0;
      const weight = weights[i] ?? 0;
      const inSpike = spike > 0 ? (share * spike) / (share * spike + (1 - share) * slab) : 0;
      add(SAME, weight * inSpike, -delta, 0);
      add(OTHER, weight * (1 - inSpike), -toCommon * delta, variance);
    }
  }
  const total = (sums[DIFFERS] ?? 0) + (sums[SAME] ?? 0) + (sums[OTHER] ?? 0);
  const belief: Belief[number][] = [];
  for (const part of parts) if ((sums[part] ?? 0) > 0) belief.push(normalOf(part, value, total, unit));
  return belief;
}

/**
 * Weighs every setting of the prior — common effect, scatter, share of effects that have exactly the common one — by the
 * effects, and averages each effect's posterior over them.
 * @param effects  checked, at least two
 */
export function beliefs(effects: readonly MeasuredEffect[]): Beliefs {
  let smallest = Infinity;
  for (const { standardError } of effects) smallest = Math.min(smallest, standardError);
  let weights = 0;
  let origin = 0;
  for (const { value, standardError } of effects) {
    const weight = square(smallest / standardError);
    weights += weight;
    origin += ((value - origin) * weight) / weights;
  }
  const scale = smallest * Math.sqrt(effects.length / weights);
  let largest = 0;
  const scaled = effects.map(({ value, standardError }): Scaled => {
    const distance = (value - origin) / scale;
    largest = Math.max(largest, Math.abs(distance));
    return { value: distance, error: standardError / scale, spike: 0, slab: 0 };
  });
  const grid = promising(scaled, scatters(largest, effects.length));
  const settings = grid.flatMap((scatter) => weighed(scaled, scatter));
  const most = best(settings);
  let total = 0;
  let common = 0;
  // From here on `little` and `logs` are weights beside the best one's, no longer logarithms.
  const heavy: Setting[] = [];
  for (const setting of settings) {
    const little = Math.exp(setting.little - most);
    const shares: number[] = [];
    const weights: number[] = [];
    let own = little;
    setting.few.logs.forEach((log, i) => {
      const weight = Math.exp(log - most);
      if (weight <= negligible) return;
      shares.push(setting.few.shares[i] ?? 0);
      weights.push(weight);
      own += weight;
    });
    if (own <= negligible) continue;
    total += own;
    common += own * setting.common;
    const few = shares.length === 0 ? nobody : { shares, logs: weights };
    heavy.push({ scatter: setting.scatter, common: setting.common, error: setting.error, little, few });
  }
  const unit = { origin, scale };
  return {
    common: origin + scale * (common / total),
    each: scaled.map((effect) => beliefOf(effect, heavy, unit)),
  };
}
