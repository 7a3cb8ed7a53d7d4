import { square } from "../../core/powers.js";
import type { MeasuredEffect } from "./check-effects.js";
import { scatters } from "./sparse-scatters.js";
import {
  errors,
  HEAD,
  keepHeavy,
  promising,
  settings,
  slabs,
  spikes,
  values,
  weigh,
} from "./sparse-settings.js";

/** A posterior as a mixture of normals: weight, mean and standard deviation of each, one after the other; the weights sum to 1. */
export interface Belief {
  readonly numbers: Float64Array;
  /** How many of them are in use. */
  end: number;
}

/** What is believed of every effect, in the effects' own unit. */
export interface Beliefs {
  /** Posterior mean of the common effect. */
  readonly common: number;
  /** @returns the effect's posterior, good until the next is asked for */
  of(at: number): Belief;
}

/** The unit that effects are counted in while they are weighed: `scale` from `origin`. */
interface Unit {
  readonly origin: number;
  readonly scale: number;
}

// The three parts of a posterior — the effect differs as all do, is the common one, or is one of the few — summed over
// settings of the prior: weight, and moments of the distance from the effect's own estimate.
const sums = new Float64Array(9);
const DIFFERS = 0;
const SAME = 3;
const OTHER = 6;

function add(part: number, weight: number, distance: number, variance: number): void {
  sums[part] = (sums[part] ?? 0) + weight;
  sums[part + 1] = (sums[part + 1] ?? 0) + weight * distance;
  sums[part + 2] = (sums[part + 2] ?? 0) + weight * (distance * distance + variance);
}

const belief: Belief = { numbers: new Float64Array(9), end: 0 };

/** Adds the normal distribution with a part's mean and variance to the belief, in the effects' own unit. */
function tell(part: number, from: number, total: number, { origin, scale }: Unit): void {
  const weight = sums[part] ?? 0;
  if (!(weight > 0)) return;
  const distance = (sums[part + 1] ?? 0) / weight;
  const variance = (sums[part + 2] ?? 0) / weight - distance * distance;
  const { numbers, end } = belief;
  numbers[end] = weight / total;
  numbers[end + 1] = origin + scale * (from + distance);
  numbers[end + 2] = scale * Math.sqrt(Math.max(variance, 1e-12));
  belief.end = end + 3;
}

/** Of the effect at a place, by the settings as {@link keepHeavy} left them. */
function beliefOf(place: number, unit: Unit): Belief {
  sums.fill(0);
  const value = values.list[place] ?? 0;
  const error = errors.list[place] ?? 0;
  const narrow = error * error;
  const { list, end } = settings;
  for (let at = 0; at < end; ) {
    const scatter = list[at] ?? 0;
    const stop = at + HEAD + 2 * (list[at + HEAD - 1] ?? 0);
    const wide = narrow + scatter * scatter;
    const delta = value - (list[at + 1] ?? 0);
    const toCommon = narrow / wide;
    const variance = (scatter * scatter * narrow) / wide;
    if (list[at + HEAD] === 0) {
      const around = variance + toCommon * toCommon * (list[at + 2] ?? 0);
      add(DIFFERS, list[at + HEAD + 1] ?? 0, -toCommon * delta, around);
      at = stop;
      continue;
    }
    const spike = Math.exp((-delta * delta) / 2 / narrow) / error;
    const slab = Math.exp((-delta * delta) / 2 / wide) / Math.sqrt(wide);
    for (let entry = at + HEAD; entry < stop; entry += 2) {
      const share = list[entry] ?? 0;
      const weight = list[entry + 1] ?? 0;
      const inSpike = spike > 0 ? (share * spike) / (share * spike + (1 - share) * slab) : 0;
      add(SAME, weight * inSpike, -delta, 0);
      add(OTHER, weight * (1 - inSpike), -toCommon * delta, variance);
    }
    at = stop;
  }
  const total = (sums[DIFFERS] ?? 0) + (sums[SAME] ?? 0) + (sums[OTHER] ?? 0);
  belief.end = 0;
  tell(DIFFERS, value, total, unit);
  tell(SAME, value, total, unit);
  tell(OTHER, value, total, unit);
  return belief;
}

/**
 * Weighs every setting of the prior — common effect, scatter, share of effects that have exactly the common one — by the
 * effects, and averages each effect's posterior over them.
 * @param effects  checked, at least two
 * @returns what is believed, good until the next call
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
  for (const each of [values, errors, spikes, slabs]) each.end = 0;
  for (const { value, standardError } of effects) {
    const distance = (value - origin) / scale;
    largest = Math.max(largest, Math.abs(distance));
    values.push(distance);
    errors.push(standardError / scale);
    spikes.push(0);
    slabs.push(0);
  }
  const grid = promising(scatters(largest, effects.length));
  settings.end = 0;
  for (const scatter of grid) weigh(scatter, 1);
  const common = origin + scale * keepHeavy();
  const unit = { origin, scale };
  return { common, of: (at) => beliefOf(at, unit) };
}
