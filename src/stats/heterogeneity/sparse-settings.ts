import { square } from "../../core/powers.js";
import type { Scatter } from "./sparse-scatters.js";

// Reports shrink tens of thousands of effects. Everything here is held in lists of numbers that serve again: an object or
// a boxed number for each would be most of the work.

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

/** A list of numbers that grows. */
class Numbers {
  list = new Float64Array(256);
  end = 0;

  push(value: number): void {
    if (this.end === this.list.length) {
      const longer = new Float64Array(2 * this.end);
      longer.set(this.list);
      this.list = longer;
    }
    this.list[this.end++] = value;
  }
}

/** Effects in units of the typical standard error. */
export const values = new Numbers();
export const errors = new Numbers();
/** Their densities under the setting being weighed. */
export const spikes = new Numbers();
export const slabs = new Numbers();

/**
 * Settings of the prior, weighed by the data, one after the other: scatter, common effect, its variance where all differ,
 * number of entries; then the entries, a share of effects that have exactly the common one and the logarithm of its
 * weight. Where all differ, the share is zero and the entry the only one.
 */
export const settings = new Numbers();
export const HEAD = 4;

/** Σ log(terms) with one logarithm for many: the terms are multiplied while the product stays in range. */
const tooSmall = 1e-200;
const tooLarge = 1e200;

/** All differ: the common effect is integrated over exactly. */
function weighLittle({ at, little }: Scatter, step: number): void {
  const { list: value } = values;
  const { list: error, end } = errors;
  let weights = 0;
  let common = 0;
  let spread = 0;
  let volume = 0;
  let product = 1;
  for (let i = 0; i < end; i += step) {
    const own = error[i] ?? 0;
    const weight = 1 / (own * own + at * at);
    weights += weight;
    const delta = (value[i] ?? 0) - common;
    common += (delta * weight) / weights;
    spread += weight * delta * ((value[i] ?? 0) - common);
    product *= weight;
    if (product < tooSmall || product > tooLarge) {
      volume += Math.log(product);
      product = 1;
    }
  }
  volume += Math.log(product);
  settings.push(at);
  settings.push(common);
  settings.push(1 / weights);
  settings.push(1);
  settings.push(0);
  settings.push(little + (volume - spread - Math.log(weights)) / 2);
}

function takeDensities(common: number, scatter: number, step: number): void {
  const { list: value } = values;
  const { list: error, end } = errors;
  const { list: spike } = spikes;
  const { list: slab } = slabs;
  for (let i = 0; i < end; i += step) {
    const own = error[i] ?? 0;
    const narrow = own * own;
    const wide = narrow + scatter * scatter;
    const squared = square((value[i] ?? 0) - common);
    spike[i] = Math.exp(-squared / 2 / narrow) / own;
    slab[i] = Math.exp(-squared / 2 / wide) / Math.sqrt(wide);
  }
}

/** Where the common effect is, and its error, where four effects in five have it; other shares are weighed there, too. */
const likely = { common: 0, error: 0 };

function findLikely(scatter: number, step: number): void {
  const { list: value } = values;
  const { list: error, end } = errors;
  const { list: spikeOf } = spikes;
  const { list: slabOf } = slabs;
  let common = 0;
  let information = 1;
  for (let round = 0; round < 4; round++) {
    takeDensities(common, scatter, step);
    let weights = 0;
    let sum = 0;
    let lost = 0;
    for (let i = 0; i < end; i += step) {
      const own = error[i] ?? 0;
      const spike = spikeOf[i] ?? 0;
      const narrow = own * own;
      const wide = narrow + scatter * scatter;
      const same = spike > 0 ? spike / (spike + 0.25 * (slabOf[i] ?? 0)) : 0;
      const weight = same / narrow + (1 - same) / wide;
      const delta = (value[i] ?? 0) - common;
      weights += weight;
      sum += weight * delta;
      lost += same * (1 - same) * square(delta * (1 / narrow - 1 / wide));
    }
    common += sum / weights;
    information = Math.max(weights - lost, weights / 4);
  }
  likely.common = common;
  likely.error = 1 / Math.sqrt(information);
}

/** log Π (share · spike + (1 − share) · slab) over the effects. */
function logFit(share: number, step: number): number {
  const { list: spike, end } = spikes;
  const { list: slab } = slabs;
  let sum = 0;
  let product = 1;
  for (let i = 0; i < end; i += step) {
    product *= share * (spike[i] ?? 0) + (1 - share) * (slab[i] ?? 0);
    if (product < tooSmall || product > tooLarge) {
      sum += Math.log(product);
      product = 1;
    }
  }
  return sum + Math.log(product);
}

/** Few differ: the likelihood of each share, at a few places of the common effect. */
function weighFew({ at, few: { shares, logs } }: Scatter, step: number): void {
  findLikely(at, step);
  const { common: center, error } = likely;
  for (const { node, part } of nodes) {
    const common = center + node * error;
    takeDensities(common, at, step);
    const place = Math.log(part * error) + square(node) / 2;
    settings.push(at);
    settings.push(common);
    settings.push(0);
    settings.push(shares.length);
    for (let i = 0; i < shares.length; i++) {
      const share = shares[i] ?? 0;
      settings.push(share);
      settings.push((logs[i] ?? 0) + place + logFit(share, step));
    }
  }
}

/** Weighs a scatter by every `step`th effect. */
export function weigh(scatter: Scatter, step: number): void {
  if (scatter.few.shares.length > 0) weighFew(scatter, step);
  else weighLittle(scatter, step);
}

/** The largest logarithm among the settings from one place on to another. */
function best(from: number, to: number): number {
  const { list } = settings;
  let most = -Infinity;
  for (let at = from; at < to; ) {
    const end = at + HEAD + 2 * (list[at + HEAD - 1] ?? 0);
    for (let log = at + HEAD + 1; log < end; log += 2) most = Math.max(most, list[log] ?? 0);
    at = end;
  }
  return most;
}

/** The scatters and shares worth weighing by all effects, by what some from all parts of the list say. */
export function promising(grid: readonly Scatter[]): readonly Scatter[] {
  if (values.end <= 2 * firstLook) return grid;
  const step = Math.floor(values.end / firstLook);
  settings.end = 0;
  const looks = grid.map((scatter) => {
    const from = settings.end;
    weigh(scatter, step);
    return { scatter, from, to: settings.end };
  });
  const least = best(0, settings.end) - hopeless;
  return looks.flatMap(({ scatter, from, to }) => {
    if (best(from, to) <= least) return [];
    const { shares, logs } = scatter.few;
    const each = HEAD + 2 * shares.length;
    const stays = (_: number, i: number) => {
      for (let at = from; at < to; at += each)
        if ((settings.list[at + HEAD + 2 * i + 1] ?? 0) > least) return true;
      return false;
    };
    return [{ ...scatter, few: { shares: shares.filter(stays), logs: logs.filter(stays) } }];
  });
}

/**
 * Turns logarithms into weights beside the best one's, and leaves out entries, and settings, with next to none.
 * @returns the common effect, in units of the typical standard error
 */
export function keepHeavy(): number {
  const { list, end } = settings;
  const most = best(0, end);
  let total = 0;
  let common = 0;
  let kept = 0;
  for (let at = 0; at < end; ) {
    const scatter = list[at] ?? 0;
    const place = list[at + 1] ?? 0;
    const error = list[at + 2] ?? 0;
    const stop = at + HEAD + 2 * (list[at + HEAD - 1] ?? 0);
    let own = 0;
    let next = kept + HEAD;
    for (let entry = at + HEAD; entry < stop; entry += 2) {
      const weight = Math.exp((list[entry + 1] ?? 0) - most);
      if (weight <= negligible) continue;
      own += weight;
      list[next] = list[entry] ?? 0;
      list[next + 1] = weight;
      next += 2;
    }
    if (own > 0) {
      total += own;
      common += own * place;
      list[kept] = scatter;
      list[kept + 1] = place;
      list[kept + 2] = error;
      list[kept + HEAD - 1] = (next - kept - HEAD) / 2;
      kept = next;
    }
    at = stop;
  }
  settings.end = kept;
  return common / total;
}
