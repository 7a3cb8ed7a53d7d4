import { square } from "../../core/powers.js";
import type { RandomSource } from "../../random/index.js";
import { floatAt } from "../number-at.js";

/** A mixture of normal distributions whose attributes are independent within a component. */
export interface Mixture {
  readonly weights: Float64Array;
  /** By component, then by attribute; of standardized attributes. */
  readonly means: Float64Array;
  readonly variances: Float64Array;
  /** Of the units that it was fitted to. */
  readonly logLikelihood: number;
  /** Σ −r log r of the units' probabilities of components: how far these overlap. */
  readonly entropy: number;
}

/** Standardized attributes, unit after unit; NaN where unknown. */
export interface Points {
  readonly values: Float64Array;
  readonly count: number;
  readonly size: number;
}

/** Of standardized attributes; a component that shrinks onto one value would be infinitely likely. */
const leastVariance = 0.04;
const mostSteps = 100;
/** Rise of the log likelihood per unit below which it has settled. */
const settled = 1e-6;

/** A mixture, with what each of its densities needs worked out. */
class Densities {
  readonly #logs: Float64Array;
  readonly #scales: Float64Array;
  readonly #ready: Float64Array;
  constructor(readonly mixture: Pick<Mixture, "weights" | "means" | "variances">) {
    this.#logs = mixture.variances.map((variance) => -0.5 * Math.log(2 * Math.PI * variance));
    this.#scales = mixture.variances.map((variance) => -0.5 / variance);
    this.#ready = mixture.weights.map(Math.log);
  }

  /**
   * Log of a unit's density in each component times its weight, into `logs`. Unknown values have no part in it.
   * @returns the log of their sum
   */
  weigh({ values, size }: Points, i: number, logs: Float64Array): number {
    const { means } = this.mixture;
    let top = -Infinity;
    for (let k = 0; k < logs.length; k++) {
      let log = floatAt(this.#ready, k);
      for (let j = 0; j < size; j++) {
        const value = floatAt(values, i * size + j);
        if (Number.isNaN(value)) continue;
        const at = k * size + j;
        const gap = value - floatAt(means, at);
        log += floatAt(this.#logs, at) + floatAt(this.#scales, at) * gap * gap;
      }
      logs[k] = log;
      if (log > top) top = log;
    }
    let sum = 0;
    for (let k = 0; k < logs.length; k++) sum += Math.exp(floatAt(logs, k) - top);
    return top + Math.log(sum);
  }
}

/** @returns the place of each unit's likeliest component */
export function likeliest(points: Points, mixture: Mixture): Uint8Array {
  const densities = new Densities(mixture);
  const logs = new Float64Array(mixture.weights.length);
  return Uint8Array.from({ length: points.count }, (_, i) => {
    densities.weigh(points, i, logs);
    let best = 0;
    for (let k = 1; k < logs.length; k++) if (floatAt(logs, k) > floatAt(logs, best)) best = k;
    return best;
  });
}

/** Centres far apart: each is a unit, drawn in proportion to its squared distance from those before it. */
function farApart({ values, count, size }: Points, components: number, random: RandomSource): Float64Array {
  const means = new Float64Array(components * size);
  const nearest = new Float64Array(count).fill(1);
  for (let k = 0; k < components; k++) {
    const total = nearest.reduce((sum, each) => sum + each, 0);
    let left = random.next() * total;
    let chosen = 0;
    while (chosen < count - 1 && (left -= floatAt(nearest, chosen)) > 0) chosen++;
    for (let j = 0; j < size; j++) {
      const value = floatAt(values, chosen * size + j);
      means[k * size + j] = Number.isNaN(value) ? 0 : value;
    }
    for (let i = 0; i < count; i++) {
      let distance = 0;
      for (let j = 0; j < size; j++) {
        const value = floatAt(values, i * size + j);
        if (!Number.isNaN(value)) distance += square(value - floatAt(means, k * size + j));
      }
      nearest[i] = k === 0 ? distance : Math.min(floatAt(nearest, i), distance);
    }
  }
  return means;
}

/**
 * A mixture of so many components, by expectation and maximization from one start.
 * @source Dempster, Laird & Rubin (1977), JRSS B 39; starts as in Arthur & Vassilvitskii (2007), k-means++
 */
export function fitMixture(points: Points, components: number, random: RandomSource): Mixture {
  const { values, count, size } = points;
  const weights = new Float64Array(components).fill(1 / components);
  const means = farApart(points, components, random);
  const variances = new Float64Array(components * size).fill(1);
  const logs = new Float64Array(components);
  const shares = new Float64Array(components);
  const known = new Float64Array(components * size);
  const sums = new Float64Array(components * size);
  const squares = new Float64Array(components * size);
  let logLikelihood = -Infinity;
  let entropy = 0;
  for (let step = 0; step < mostSteps; step++) {
    for (const each of [shares, known, sums, squares]) each.fill(0);
    const densities = new Densities({ weights, means, variances });
    let total = 0;
    entropy = 0;
    for (let i = 0; i < count; i++) {
      const log = densities.weigh(points, i, logs);
      total += log;
      for (let k = 0; k < components; k++) {
        const own = Math.exp(floatAt(logs, k) - log);
        if (own < 1e-12) continue;
        entropy -= own * Math.log(own);
        shares[k] = floatAt(shares, k) + own;
        for (let j = 0; j < size; j++) {
          const value = floatAt(values, i * size + j);
          if (Number.isNaN(value)) continue;
          const at = k * size + j;
          // About the mean before, so that nothing cancels.
          const gap = value - floatAt(means, at);
          known[at] = floatAt(known, at) + own;
          sums[at] = floatAt(sums, at) + own * gap;
          squares[at] = floatAt(squares, at) + own * gap * gap;
        }
      }
    }
    for (let k = 0; k < components; k++) weights[k] = Math.max(floatAt(shares, k) / count, 1e-12);
    for (let at = 0; at < means.length; at++) {
      const n = floatAt(known, at);
      if (n < 1e-9) continue;
      const shift = floatAt(sums, at) / n;
      means[at] = floatAt(means, at) + shift;
      variances[at] = Math.max(floatAt(squares, at) / n - shift * shift, leastVariance);
    }
    const rise = total - logLikelihood;
    logLikelihood = total;
    if (rise < settled * count) break;
  }
  return { weights, means, variances, logLikelihood, entropy };
}

/** Starts of each number of components; the likeliest is kept. */
const starts = 3;

/**
 * The mixture whose number of components the units speak for: the least integrated completed likelihood, which counts parameters
 * and overlap against a mixture.
 * @param most  components, at most
 * @source Biernacki, Celeux & Govaert (2000), IEEE PAMI 22
 */
export function chosenMixture(points: Points, most: number, random: RandomSource): Mixture {
  let best: { readonly mixture: Mixture; readonly criterion: number } | undefined;
  for (let components = 1, worse = 0; components <= most && worse < 2; components++) {
    const fits = Array.from({ length: components === 1 ? 1 : starts }, () =>
      fitMixture(points, components, random),
    );
    const mixture = fits.reduce((a, b) => (b.logLikelihood > a.logLikelihood ? b : a));
    const parameters = components - 1 + 2 * components * points.size;
    const criterion = -2 * mixture.logLikelihood + parameters * Math.log(points.count) + 2 * mixture.entropy;
    if (!best || criterion < best.criterion) {
      best = { mixture, criterion };
      worse = 0;
    } else worse++;
  }
  if (!best) throw new RangeError("a mixture has one component at least");
  return best.mixture;
}
