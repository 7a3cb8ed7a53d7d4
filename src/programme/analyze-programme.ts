import {
  ExperimentError,
  errorOf,
  insufficient_data,
  nearName,
  problem,
  requireArray,
  unknown_name,
} from "../errors/index.js";
import { checkFields, type FieldsFor, fitsFields } from "../shapes/index.js";
import type { MeasuredEffect } from "../stats/index.js";
import { nextTests, type ProposedTest } from "./next-tests.js";
import {
  type EffectScaleName,
  type PastEffect,
  pastEffectFields,
  type TurnedEffect,
  turned,
} from "./past-effect.js";
import { type PooledEffects, pooledEffects } from "./pooled-effects.js";
import { type SurrogateCandidate, type SurrogateReading, surrogateReading } from "./surrogates.js";
import { type Winners, winners } from "./winners.js";

/** Options of {@link analyzeProgramme}. */
export interface ProgrammeOptions {
  /** Of every interval, and of what counts as a win; fraction in (0, 1), default 0.95. */
  readonly level?: number;
  /** Units that arrive a day, for the duration of the next tests; default: what past tests of the kind had. */
  readonly daily?: number;
  /** On which scale the effects are, for those who show them; default `"difference"`. */
  readonly scale?: EffectScaleName;
  /** By metric, what a holdout measured all shipped changes together to be worth, on the scale of the impact. */
  readonly holdouts?: Readonly<Record<string, MeasuredEffect>>;
  /** By metric, others that may stand for it: whether past tests bear that out. */
  readonly surrogates?: Readonly<Record<string, readonly SurrogateCandidate[]>>;
}

const measured = {
  kind: "object",
  has: { value: { kind: "number" }, standardError: { kind: "number", above: 0 } },
} as const;
const candidate = {
  kind: "object",
  has: { metric: { kind: "text" }, correlation: { kind: "number", above: -1, below: 1, optional: true } },
} as const;
const optionFields = {
  level: { kind: "number", above: 0, below: 1, optional: true },
  daily: { kind: "number", above: 0, optional: true },
  scale: { kind: "word", of: ["difference", "log-lift"], optional: true },
  holdouts: { kind: "map", of: measured, optional: true },
  surrogates: { kind: "map", of: { kind: "list", of: candidate }, optional: true },
} as const satisfies FieldsFor<ProgrammeOptions>;

/** One metric over all tests that have it. */
export interface MetricProgramme extends Winners {
  readonly metric: string;
  readonly tests: number;
  readonly effects: number;
  /** All tests together first, then by theme, then by channel. */
  readonly pooled: readonly PooledEffects[];
  /** What to test next, the largest gain first; empty with a single test. */
  readonly next: readonly ProposedTest[];
  /** Of the metrics that were to stand for this one; absent where none was named. */
  readonly surrogates?: readonly SurrogateReading[];
}

/** Many tests read together. */
export interface Programme {
  readonly format: "essai.programme/1";
  readonly level: number;
  readonly scale: EffectScaleName;
  readonly tests: number;
  readonly effects: number;
  /** By metric, the most tests first. */
  readonly metrics: readonly MetricProgramme[];
}

const testsOf = (effects: readonly TurnedEffect[]): number =>
  new Set(effects.map(({ experiment }) => experiment)).size;

function metricOf(
  metric: string,
  effects: readonly TurnedEffect[],
  {
    level,
    daily,
    holdout,
  }: { level: number; daily: number | undefined; holdout: MeasuredEffect | undefined },
): MetricProgramme {
  const pooled = pooledEffects(effects, level);
  const [all] = pooled;
  const mean = all?.pooled?.prior.mean ?? all?.only?.value ?? 0;
  const tests = testsOf(effects);
  return {
    ...{ metric, tests, effects: effects.length, pooled },
    ...winners(effects, mean, { level, holdout }),
    next: tests < 2 ? [] : nextTests(effects, daily),
  };
}

/**
 * Many finished tests read together: what tests of each theme and channel bring, how often they win and how many of the wins
 * are not, what the wins are worth without the winner's curse, and what to test next. Everywhere in the result a positive
 * effect is good: those of metrics where lower is better are turned round.
 *
 * - `pooled`: random effects by REML with Hartung–Knapp intervals; several effects of one test are first taken together, with
 *   correlation ½, that of treatments of equal size with one control.
 * - `outcomes` and `impact`: every effect by itself, at the level; the winner's curse goes by a prior that all effects suggest
 *   together, a mixture of no effect and normal ones, whose own uncertainty is in the interval.
 * - `next`: a test's gain is what knowing more is worth: the normal prior of its kind against deciding by its mean.
 * @param effects  all tests that were run, not only those that won; at least one
 * @param options  level, default 0.95; scale; daily; holdouts; surrogates
 * @returns one part per metric, the most tests first; effects on the scale given, sums in effect × weight
 * @throws ExperimentError `insufficient_data` at ["effects"]; `out_of_range`, `missing_value`, `unknown_key` … at
 *         ["effects", i, field] and ["options", key]; `unknown_name` at ["options", "holdouts", metric] and
 *         ["options", "surrogates", metric, …]
 * @source Viechtbauer (2005); Hartung & Knapp (2001); Stephens (2017), Biostatistics 18, for the mixture; Storey (2002), JRSS B
 *         64; Raiffa & Schlaifer (1961) for the value of a sample
 * @checked test/reference/programme.json — R metafor 3.8-1; test/programme/worlds.test.ts — planted programmes
 * @example
 * const past = [0.01, 0.04, -0.02, 0.03].map((value, i) => ({ experiment: `t${i}`, value, standardError: 0.01 }));
 * const [all] = analyzeProgramme(past).metrics;
 * [all?.outcomes.wins, all?.impact.naive, all?.next[0]?.chance]; // [2, 0.07, 0.705]
 */
export function analyzeProgramme(effects: readonly PastEffect[], options: ProgrammeOptions = {}): Programme {
  checkFields(options, optionFields, ["options"]);
  requireArray(effects, ["effects"]);
  effects.forEach((effect, i) => {
    if (!fitsFields(effect, pastEffectFields)) checkFields(effect, pastEffectFields, ["effects", i]);
  });
  if (effects.length === 0)
    throw new ExperimentError({ insufficient_data }, ["effects"], 0, { expected: { atLeast: 1 } });
  const { level = 0.95, daily, scale = "difference", holdouts = {}, surrogates = {} } = options;
  const members = new Map<string, TurnedEffect[]>();
  for (const effect of effects.map(turned)) {
    const known = members.get(effect.metric);
    if (known) known.push(effect);
    else members.set(effect.metric, [effect]);
  }
  const requireMetric = (metric: string, path: readonly (string | number)[]) => {
    if (members.has(metric)) return;
    const near = nearName(metric, [...members.keys()]);
    throw errorOf([problem({ unknown_name }, ["options", ...path], metric, near)]);
  };
  for (const metric of Object.keys(holdouts)) requireMetric(metric, ["holdouts", metric]);
  for (const [metric, candidates] of Object.entries(surrogates)) {
    requireMetric(metric, ["surrogates", metric]);
    candidates.forEach((each, i) => {
      requireMetric(each.metric, ["surrogates", metric, i, "metric"]);
    });
  }
  const metrics = [...members]
    .map(([metric, own]): MetricProgramme => {
      const found = metricOf(metric, own, { level, daily, holdout: holdouts[metric] });
      const candidates = surrogates[metric];
      if (!candidates) return found;
      const read = (each: SurrogateCandidate) =>
        surrogateReading(own, members.get(each.metric) ?? [], each, level);
      return { ...found, surrogates: candidates.map(read) };
    })
    .sort((a, b) => b.tests - a.tests || (a.metric < b.metric ? -1 : 1));
  const tests = new Set(effects.map(({ experiment }) => experiment)).size;
  return { format: "essai.programme/1", level, scale, tests, effects: effects.length, metrics };
}
