import { square } from "../core/powers.js";
import { normalPdf, normalSurvival } from "../distributions/index.js";
import { type EffectPrior, type MeasuredEffect, metaAnalysis } from "../stats/index.js";
import { combinedEffects } from "./combined-effects.js";
import type { TurnedEffect } from "./past-effect.js";

/** A kind of test to run next, and what it promises. */
export interface ProposedTest {
  readonly theme?: string;
  readonly channel?: string;
  /** Past tests of this kind. */
  readonly tests: number;
  /** What to expect of its effect; kinds with few tests lean on all the others. */
  readonly prior: EffectPrior;
  /** Probability that its effect is good. */
  readonly chance: number;
  /** What testing, and then keeping what is good, gains over deciding now; effect × weight. */
  readonly gain: number;
  /** The standard error that brings four fifths of what perfect knowledge would. */
  readonly standardError: number;
  /** Units for that, both sides together; absent where past tests do not say their units. */
  readonly units?: number;
  /** Days for that, at the traffic of past tests or the one given. */
  readonly days?: number;
}

/** Share of the value of perfect knowledge that a test should bring. */
const enough = 0.8;

/** Expectation of what a standard normal quantity is above z. */
const above = (z: number): number => normalPdf(z) - z * normalSurvival(z);

/** What is gained by learning as much as moves the belief by `spread`, instead of deciding by the mean. */
const gainOf = (mean: number, spread: number): number => spread * above(Math.abs(mean) / spread);

/** The standard error at which a test brings so much of what perfect knowledge would. */
function errorFor({ mean, standardDeviation }: EffectPrior): number {
  const wanted = enough * gainOf(mean, standardDeviation);
  let low = 0;
  let high = standardDeviation;
  for (let round = 0; round < 100; round++) {
    const middle = (low + high) / 2;
    if (gainOf(mean, middle) < wanted) low = middle;
    else high = middle;
  }
  // The posterior mean moves by v / √(v + s²).
  return standardDeviation * Math.sqrt(square(standardDeviation / high) - 1);
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[sorted.length % 2 ? middle : middle - 1], sorted[middle]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

interface Kind {
  readonly effects: readonly TurnedEffect[];
  readonly tests: readonly MeasuredEffect[];
}

/** How much tests of a kind differ beyond chance: Q − df, and what a variance between them would add to that per unit. */
function excessOf(tests: readonly MeasuredEffect[]): { readonly excess: number; readonly scale: number } {
  const unit = tests[0]?.standardError ?? 1;
  let [weights, squares, mean, spread] = [0, 0, 0, 0];
  for (const { value, standardError } of tests) {
    const weight = square(unit / standardError);
    weights += weight;
    squares += square(weight);
    const delta = value - mean;
    mean += (delta * weight) / weights;
    spread += weight * delta * (value - mean);
  }
  return {
    excess: spread / unit / unit - (tests.length - 1),
    scale: (weights - squares / weights) / unit / unit,
  };
}

/** So many tests' worth of the spread of all kinds is mixed with a kind's own. */
const borrowed = 4;

/** Variance between tests of each kind, by moments: its own, and the more of all kinds' the fewer tests it has. */
function withinVariances(kinds: readonly Kind[]): readonly number[] {
  const own = kinds.map(({ tests }) => excessOf(tests));
  const varianceOf = (excess: number, scale: number) => (scale > 0 ? Math.max(0, excess / scale) : 0);
  let [excess, scale] = [0, 0];
  for (const each of own) {
    excess += each.excess;
    scale += each.scale;
  }
  const common = varianceOf(excess, scale);
  return kinds.map(({ tests }, i) => {
    const { excess: more = 0, scale: by = 0 } = own[i] ?? {};
    const df = tests.length - 1;
    return (df * varianceOf(more, by) + borrowed * common) / (df + borrowed);
  });
}

/** The prior of each kind: its own mean, pulled to that of all kinds, and the spread between tests of one kind. */
function priorsOf(kinds: readonly Kind[]): readonly EffectPrior[] {
  const withins = withinVariances(kinds);
  const means = kinds.map(({ tests }, i): MeasuredEffect => {
    const within = withins[i] ?? 0;
    let [weights, mean] = [0, 0];
    for (const { value, standardError } of tests) {
      const weight = 1 / (square(standardError) + within);
      weights += weight;
      mean += ((value - mean) * weight) / weights;
    }
    return { value: mean, standardError: 1 / Math.sqrt(weights) };
  });
  const all = means.length > 1 ? metaAnalysis(means) : undefined;
  const common = all?.estimate.status === "ok" ? all.estimate : undefined;
  return means.map(({ value, standardError }, i) => {
    const within = withins[i] ?? 0;
    const own = square(standardError);
    const pulled = all && common ? own / (own + all.betweenVariance) : 0;
    const error = square(pulled * (common?.standardError ?? 0));
    return {
      mean: pulled * (common?.value ?? 0) + (1 - pulled) * value,
      standardDeviation: Math.sqrt(within + (1 - pulled) * own + error),
    };
  });
}

/** @returns kinds of tests — theme × channel, as far as past tests say them — by what the next one of each would gain */
export function nextTests(
  effects: readonly TurnedEffect[],
  daily: number | undefined,
): readonly ProposedTest[] {
  const members = new Map<string, TurnedEffect[]>();
  for (const effect of effects) {
    const key = JSON.stringify([effect.theme ?? null, effect.channel ?? null]);
    const known = members.get(key);
    if (known) known.push(effect);
    else members.set(key, [effect]);
  }
  const kinds = [...members.values()].map((own): Kind => ({ effects: own, tests: combinedEffects(own) }));
  const priors = priorsOf(kinds);
  const deviation = (own: readonly TurnedEffect[]) =>
    median(own.flatMap(({ units, standardError }) => (units ? [standardError * Math.sqrt(units)] : [])));
  const traffic = (own: readonly TurnedEffect[]) =>
    median(own.flatMap(({ units, days }) => (units && days ? [units / days] : [])));
  return kinds
    .flatMap(({ effects: own, tests }, i): ProposedTest[] => {
      const [first] = own;
      const prior = priors[i];
      if (!first || !prior) return [];
      const { theme, channel } = first;
      const weight = median(own.map((each) => each.weight)) ?? 1;
      const perfect = gainOf(prior.mean, prior.standardDeviation);
      // Where the sign is all but certain there is nothing left to learn.
      if (!(perfect > 0)) return [];
      const standardError = errorFor(prior);
      const unitDeviation = deviation(own) ?? deviation(effects);
      const units =
        unitDeviation === undefined ? undefined : Math.ceil(square(unitDeviation / standardError));
      const perDay = daily ?? traffic(own) ?? traffic(effects);
      return [
        {
          ...(theme === undefined ? {} : { theme }),
          ...(channel === undefined ? {} : { channel }),
          ...{ tests: tests.length, prior, standardError },
          chance: normalSurvival(-prior.mean / prior.standardDeviation),
          gain: enough * perfect * weight,
          ...(units === undefined ? {} : { units }),
          ...(units === undefined || perDay === undefined ? {} : { days: Math.ceil(units / perDay) }),
        },
      ];
    })
    .sort((a, b) => b.gain - a.gain);
}
