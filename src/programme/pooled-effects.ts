import {
  type EffectPrior,
  type Estimate,
  fitPrior,
  type HeterogeneityTest,
  metaAnalysis,
} from "../stats/index.js";
import { combinedEffects } from "./combined-effects.js";
import type { TurnedEffect } from "./past-effect.js";

/** By what effects are pooled. */
export type Grouping = "all" | "theme" | "channel";

/** The effects of some tests taken together. */
export interface PooledEffects {
  readonly by: Grouping;
  /** The theme or channel; empty for all. */
  readonly group: string;
  readonly tests: number;
  /** Effects, at least one per test. */
  readonly effects: number;
  /** Absent for a single test, which is the whole estimate itself: `only`. */
  readonly pooled?: {
    /** Mean effect: random effects, REML, Hartung–Knapp. */
    readonly estimate: Estimate;
    /** Where the effect of one more test of the group is expected. */
    readonly prediction: readonly [lower: number, upper: number];
    /** Standard deviation between the true effects of tests. */
    readonly spread: number;
    readonly heterogeneity: HeterogeneityTest;
    /** For the next test of this group: what to expect of it before its data. */
    readonly prior: EffectPrior;
  };
  readonly only?: { readonly value: number; readonly standardError: number };
}

function pool(by: Grouping, group: string, effects: readonly TurnedEffect[], level: number): PooledEffects {
  const tests = combinedEffects(effects);
  const counts = { by, group, tests: tests.length, effects: effects.length };
  const [only] = tests;
  if (tests.length < 2) return { ...counts, ...(only ? { only } : {}) };
  const { estimate, betweenVariance, heterogeneity, predictionInterval } = metaAnalysis(tests, {
    interval: "hartung-knapp",
    level,
  });
  return {
    ...counts,
    pooled: {
      ...{ estimate, prediction: predictionInterval, spread: Math.sqrt(betweenVariance), heterogeneity },
      prior: fitPrior(tests),
    },
  };
}

/** @returns all effects of a metric pooled, then those of each theme, then of each channel, the most tests first */
export function pooledEffects(effects: readonly TurnedEffect[], level: number): readonly PooledEffects[] {
  const groups = (["theme", "channel"] as const).flatMap((by) => {
    const members = new Map<string, TurnedEffect[]>();
    for (const effect of effects) {
      const group = effect[by];
      if (group === undefined) continue;
      const known = members.get(group);
      if (known) known.push(effect);
      else members.set(group, [effect]);
    }
    return [...members]
      .map(([group, own]) => pool(by, group, own, level))
      .sort((a, b) => b.tests - a.tests || (a.group < b.group ? -1 : 1));
  });
  return [pool("all", "", effects, level), ...groups];
}
