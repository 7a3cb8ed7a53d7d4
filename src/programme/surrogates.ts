import { square } from "../core/powers.js";
import { normalSurvivalQuantile, tQuantile } from "../distributions/index.js";
import type { TurnedEffect } from "./past-effect.js";

/** A metric that may stand for another, e.g. one that is known sooner. */
export interface SurrogateCandidate {
  readonly metric: string;
  /**
   * Of the errors with which both were measured in a test: that of the two metrics over units; above −1 and below 1, default 0.
   * Where both are of the same users and this is left at 0, the link is told too strong.
   */
  readonly correlation?: number;
}

/** What past tests say of a surrogate. */
export interface SurrogateReading {
  readonly surrogate: string;
  /** Tests that measured both. */
  readonly tests: number;
  readonly effects: number;
  /** `thin`: fewer than ten such tests; `no_spread`: the surrogate's effects differ by no more than their errors. */
  readonly status: "ok" | "thin" | "no_spread";
  /** What a true effect of 1 on the surrogate goes with on the metric; absent unless `ok`, as is what follows. */
  readonly slope?: {
    readonly value: number;
    readonly standardError: number;
    readonly interval: readonly [lower: number, upper: number];
  };
  /** Share of the spread of the metric's true effects that the surrogate's tell; absent where these have none. */
  readonly told?: number;
  /** Share of the effects whose prediction, from tests of other folds, held what was measured; 1 − error is wanted. */
  readonly predicted?: number;
  /** Decided by the surrogate alone: wins that are the metric's too, wins that are its losses, and its wins that were missed. */
  readonly decisions?: { readonly both: number; readonly wrong: number; readonly missed: number };
}

interface Pair {
  readonly experiment: string;
  readonly s: TurnedEffect;
  readonly y: TurnedEffect;
}

const leastTests = 10;
const folds = 5;
/** Of the surrogate's spread, what must be more than error. */
const leastReliable = 0.2;

/** Effects of one test and channel on both metrics; several treatments in their order. */
function pairsOf(target: readonly TurnedEffect[], surrogate: readonly TurnedEffect[]): readonly Pair[] {
  const keyed = (effects: readonly TurnedEffect[]) => {
    const counts = new Map<string, number>();
    return effects.map((effect) => {
      const place = JSON.stringify([effect.experiment, effect.channel]);
      const count = counts.get(place) ?? 0;
      counts.set(place, count + 1);
      return [`${place} ${count}`, effect] as const;
    });
  };
  const known = new Map(keyed(surrogate));
  return keyed(target).flatMap(([key, y]) => {
    const s = known.get(key);
    return s ? [{ experiment: y.experiment, s, y }] : [];
  });
}

/** The joint spread of true effects: that of estimates less that of their errors. */
interface Link {
  readonly slope: number;
  readonly reliable: number;
  readonly means: readonly [s: number, y: number];
  /** Variance of true effects on the surrogate, and of those on the metric. */
  readonly spread: number;
  readonly targetSpread: number;
}

function linkOf(pairs: readonly Pair[], correlation: number): Link {
  const n = pairs.length;
  const plain = pairs.reduce((sum, { s }) => sum + s.value, 0) / n;
  const between =
    pairs.reduce((sum, { s }) => sum + square(s.value - plain) - square(s.standardError), 0) / n;
  const weights = pairs.map(({ s }) => 1 / (square(s.standardError) + Math.max(0, between)));
  const total = weights.reduce((sum, each) => sum + each, 0);
  const mean = (of: (pair: Pair) => number) =>
    pairs.reduce((sum, pair, i) => sum + (weights[i] ?? 0) * of(pair), 0) / total;
  const means = [mean(({ s }) => s.value), mean(({ y }) => y.value)] as const;
  let [ss, sy, yy, own] = [0, 0, 0, 0];
  pairs.forEach(({ s, y }, i) => {
    const weight = weights[i] ?? 0;
    const [ds, dy] = [s.value - means[0], y.value - means[1]];
    // What is left of an error when the mean, in which it is too, was taken off.
    const rest = weight * (1 - weight / total);
    own += weight * ds * ds;
    ss += weight * ds * ds - rest * square(s.standardError);
    sy += weight * ds * dy - rest * correlation * s.standardError * y.standardError;
    yy += weight * dy * dy - rest * square(y.standardError);
  });
  const [spread, targetSpread] = [ss / total, yy / total];
  const slope = sy / ss;
  return { slope, reliable: ss / own, means, spread, targetSpread };
}

/** How often a prediction from the other folds holds what a test measured. */
function predictedShare(pairs: readonly Pair[], correlation: number, critical: number): number | undefined {
  const places = new Map<string, number>();
  for (const { experiment } of pairs) if (!places.has(experiment)) places.set(experiment, places.size);
  const foldOf = ({ experiment }: Pair) => (places.get(experiment) ?? 0) % folds;
  let [held, told] = [0, 0];
  for (let fold = 0; fold < folds; fold++) {
    const link = linkOf(
      pairs.filter((pair) => foldOf(pair) !== fold),
      correlation,
    );
    if (!(link.reliable > 0)) continue;
    for (const pair of pairs) {
      if (foldOf(pair) !== fold) continue;
      const { s, y } = pair;
      const error = square(s.standardError);
      const shared = correlation * s.standardError * y.standardError;
      // Both estimates as drawn together: true effects, and their errors.
      const common = link.slope * link.spread + shared;
      const expected = link.means[1] + (common / (link.spread + error)) * (s.value - link.means[0]);
      const spread = Math.max(link.targetSpread, square(link.slope) * link.spread);
      const variance = spread + square(y.standardError) - square(common) / (link.spread + error);
      if (Math.abs(y.value - expected) <= critical * Math.sqrt(Math.max(variance, 0))) held++;
      told++;
    }
  }
  return told > 0 ? held / told : undefined;
}

/**
 * What past tests say of a metric that may stand for another: whether effects on the one go with effects on the other, beyond the
 * errors with which both were measured.
 * @param target     effects on the metric, turned
 * @param surrogate  effects on the other
 * @source Cunningham & Kim (2020), "Interpreting experiments with multiple outcomes"; Tripuraneni et al. (2024), KDD, "Choosing a
 *         proxy metric from past experiments": the covariance of estimates less that of their errors. Intervals by a jackknife over tests
 */
export function surrogateReading(
  target: readonly TurnedEffect[],
  surrogate: readonly TurnedEffect[],
  { metric, correlation = 0 }: SurrogateCandidate,
  level: number,
): SurrogateReading {
  const pairs = pairsOf(target, surrogate);
  const names = [...new Set(pairs.map(({ experiment }) => experiment))];
  const tests = names.length;
  const about = { surrogate: metric, tests, effects: pairs.length };
  if (tests < leastTests) return { ...about, status: "thin" };
  const link = linkOf(pairs, correlation);
  if (!(link.reliable >= leastReliable)) return { ...about, status: "no_spread" };
  const without = names.map(
    (name) =>
      linkOf(
        pairs.filter(({ experiment }) => experiment !== name),
        correlation,
      ).slope,
  );
  const mean = without.reduce((sum, each) => sum + each, 0) / tests;
  const variance = (without.reduce((sum, each) => sum + square(each - mean), 0) * (tests - 1)) / tests;
  const standardError = Math.sqrt(variance);
  const reach = tQuantile((1 + level) / 2, tests - 2) * standardError;
  const critical = normalSurvivalQuantile((1 - level) / 2);
  const predicted = predictedShare(pairs, correlation, critical);
  const wins = ({ z }: TurnedEffect) => z >= critical;
  const count = (is: (pair: Pair) => boolean) => pairs.filter(is).length;
  return {
    ...about,
    status: "ok",
    slope: {
      ...{ value: link.slope, standardError },
      interval: [link.slope - reach, link.slope + reach],
    },
    ...(link.targetSpread > 0
      ? { told: Math.min(1, (square(link.slope) * link.spread) / link.targetSpread) }
      : {}),
    ...(predicted === undefined ? {} : { predicted }),
    decisions: {
      both: count(({ s, y }) => wins(s) && wins(y)),
      wrong: count(({ s, y }) => wins(s) && y.z <= -critical),
      missed: count(({ s, y }) => !wins(s) && wins(y)),
    },
  };
}
