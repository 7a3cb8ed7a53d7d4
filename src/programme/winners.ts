import { square } from "../core/powers.js";
import { normalSurvival, normalSurvivalQuantile } from "../distributions/index.js";
import { type MeasuredEffect, type ProportionInterval, proportionInterval } from "../stats/index.js";
import { EffectMixture, type MixturePosterior } from "./effect-mixture.js";
import type { TurnedEffect } from "./past-effect.js";

/** How many tests were won, and how many of these in truth were not. */
export interface Outcomes {
  /** Effects shown to be good, to be bad, and neither, one by one at the level. */
  readonly wins: number;
  readonly losses: number;
  readonly open: number;
  readonly winRate: ProportionInterval;
  /** Wins whose true effect is not good, estimated. */
  readonly falseWins: {
    /** Share of the wins, by the prior that all effects together suggest. */
    readonly share: number;
    /** The same from p-values alone, without a prior: as many as there would be by chance (Storey). */
    readonly byPValues: number;
  };
}

/** What the wins are worth together. */
export interface Impact {
  /** Sum of the estimates of the wins, each times its weight: too high, as they were picked for being high. */
  readonly naive: number;
  /** The same without the winner's curse. */
  readonly corrected: number;
  readonly standardError: number;
  readonly interval: readonly [lower: number, upper: number];
  /** What a holdout measured, and whether the two agree. */
  readonly holdout?: MeasuredEffect & { readonly pValue: number };
}

/** What a rule of decision would have earned over the past tests. */
export interface DecisionRule {
  /** Keep what has a one-sided p-value of at most this. */
  readonly threshold: number;
  readonly kept: number;
  /** True effect × weight of what it keeps, estimated for each test without that test's fold. */
  readonly earned: number;
}

/** A stretch of time. */
export interface ProgrammePeriod {
  /** The year, as the effects say it. */
  readonly period: string;
  readonly effects: number;
  readonly wins: number;
  /** Of its wins, without the winner's curse. */
  readonly corrected: number;
}

/** What the wins of a metric come to. */
export interface Winners {
  readonly outcomes: Outcomes;
  readonly impact: Impact;
  /** By threshold, strict ones first; absent below ten tests. */
  readonly rules?: readonly DecisionRule[];
  /** Absent where no effect says when it was. */
  readonly periods?: readonly ProgrammePeriod[];
}

const thresholds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5];
const blocks = 20;
const folds = 5;
const leastForRules = 10;

/** Which of so many parts a test belongs to: all effects of a test to the same. */
function partOf(effects: readonly TurnedEffect[], parts: number): readonly number[] {
  const places = new Map<string, number>();
  return effects.map(({ experiment }) => {
    const place = places.get(experiment) ?? places.size;
    places.set(experiment, place);
    return place % parts;
  });
}

const oneSided = ({ z }: TurnedEffect): number => normalSurvival(z);

function rulesOf(
  effects: readonly TurnedEffect[],
  mixture: EffectMixture,
  shares: Float64Array,
): readonly DecisionRule[] {
  const fold = partOf(effects, folds);
  const without = Array.from({ length: folds }, (_, k) => mixture.shares((i) => fold[i] !== k, shares));
  const worth = effects.map(
    ({ weight }, i) => weight * mixture.posterior(i, without[fold[i] ?? 0] ?? shares).mean,
  );
  return thresholds.map((threshold) => {
    let [kept, earned] = [0, 0];
    effects.forEach((effect, i) => {
      if (oneSided(effect) > threshold) return;
      kept++;
      earned += worth[i] ?? 0;
    });
    return { threshold, kept, earned };
  });
}

function periodsOf(
  effects: readonly TurnedEffect[],
  posteriors: readonly MixturePosterior[],
  won: (effect: TurnedEffect) => boolean,
): readonly ProgrammePeriod[] {
  const found = new Map<string, { effects: number; wins: number; corrected: number }>();
  effects.forEach((effect, i) => {
    const period = effect.at?.slice(0, 4);
    if (period === undefined) return;
    const own = found.get(period) ?? { effects: 0, wins: 0, corrected: 0 };
    found.set(period, own);
    own.effects++;
    if (!won(effect)) return;
    own.wins++;
    own.corrected += effect.weight * (posteriors[i]?.mean ?? 0);
  });
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([period, own]) => ({ period, ...own }));
}

function impactOf(
  effects: readonly TurnedEffect[],
  won: readonly number[],
  mixture: EffectMixture,
  shares: Float64Array,
): Pick<Impact, "naive" | "corrected" | "standardError"> {
  let [naive, variance] = [0, 0];
  const total = (of: Float64Array) => {
    let sum = 0;
    for (const i of won) sum += (effects[i]?.weight ?? 0) * mixture.posterior(i, of).mean;
    return sum;
  };
  for (const i of won) {
    const { value = 0, weight = 0 } = effects[i] ?? {};
    naive += weight * value;
    variance += square(weight) * mixture.posterior(i, shares).variance;
  }
  const corrected = total(shares);
  // The prior is estimated too: a jackknife over blocks of tests says how far that moves the sum.
  const block = partOf(effects, blocks);
  const used = new Set(block).size;
  if (won.length > 0 && used > 1) {
    const without = Array.from({ length: used }, (_, k) =>
      total(mixture.shares((i) => block[i] !== k, shares)),
    );
    const mean = without.reduce((sum, each) => sum + each, 0) / used;
    for (const each of without) variance += (square(each - mean) * (used - 1)) / used;
  }
  return { naive, corrected, standardError: Math.sqrt(variance) };
}

/**
 * What the wins of one metric come to.
 * @param effects  at least one
 * @param mean     of all effects, pooled
 */
export function winners(
  effects: readonly TurnedEffect[],
  mean: number,
  { level, holdout }: { readonly level: number; readonly holdout?: MeasuredEffect | undefined },
): Winners {
  const critical = normalSurvivalQuantile((1 - level) / 2);
  const won = (effect: TurnedEffect) => effect.z >= critical;
  const wins = effects.flatMap((effect, i) => (won(effect) ? [i] : []));
  const losses = effects.filter(({ z }) => z <= -critical).length;
  const mixture = new EffectMixture(effects, mean);
  const shares = mixture.shares();
  const posteriors = effects.map((_, i) => mixture.posterior(i, shares));
  const falseShare =
    wins.reduce((sum, i) => sum + (posteriors[i]?.notBetter ?? 0), 0) / Math.max(1, wins.length);
  const half = effects.filter(({ z }) => normalSurvival(Math.abs(z)) > 0.25).length;
  const nulls = Math.min(effects.length, 2 * (half + 1));
  const impact = impactOf(effects, wins, mixture, shares);
  const reach = critical * impact.standardError;
  const measured = holdout && {
    ...holdout,
    pValue: Math.min(
      1,
      2 *
        normalSurvival(
          Math.abs(holdout.value - impact.corrected) /
            Math.hypot(holdout.standardError, impact.standardError),
        ),
    ),
  };
  const dated = effects.some(({ at }) => at !== undefined);
  return {
    outcomes: {
      ...{ wins: wins.length, losses, open: effects.length - wins.length - losses },
      winRate: proportionInterval({ x: wins.length, n: effects.length }, { level }),
      falseWins: {
        share: falseShare,
        byPValues: wins.length === 0 ? 0 : Math.min(1, (nulls * (1 - level)) / 2 / wins.length),
      },
    },
    impact: {
      ...impact,
      interval: [impact.corrected - reach, impact.corrected + reach],
      ...(measured ? { holdout: measured } : {}),
    },
    ...(effects.length < leastForRules ? {} : { rules: rulesOf(effects, mixture, shares) }),
    ...(dated ? { periods: periodsOf(effects, posteriors, won) } : {}),
  };
}
