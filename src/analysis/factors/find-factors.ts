import type { Definition, FactorDefinition, Level } from "../../core/definition.js";
import type { Estimate } from "../../core/estimate.js";
import type { ScalarMoments } from "../../core/moments.js";
import { isPlainObject } from "../../shapes/index.js";
import {
  type Correction,
  type FactorialCell,
  type FactorialFit,
  factorialEffects,
  halfNormalPoints,
  lenth,
  shrinkEffects,
} from "../../stats/index.js";
import { type CompareContext, metricIn } from "../compare.js";
import { type Reading, reading } from "../comparison.js";
import type { Look } from "../comparison-evidence.js";
import { correctReadings, type FamilyTests } from "../correct-comparisons.js";
import type { Group } from "../cube.js";
import { underLooks } from "../looks/planned-reading.js";
import type { FactorEffect, FactorsOfMetric, MetCombination } from "./factor-effects.js";

const adaptiveReason =
  "the policy chose combinations by their outcomes, so effects of factors are not estimated";
const versionsReason = "several definition versions have units; effects of factors are estimated within one";
const fewReason = "fewer combinations than effects of factors have two units with an outcome";
const sameReason = "the combinations that were met do not vary any factor";

/** Columns of effects up to which all orders are looked for, and up to which interactions of two are. */
const [allOrders, twoFactors] = [128, 1000];

/** A variant's levels, and the metric's values in it. */
interface Met extends FactorialCell {
  readonly variant: string;
  readonly levels: Readonly<Record<string, Level>>;
  readonly moments: ScalarMoments;
}

function isLevel(value: unknown): value is Level {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

/** @returns the level of each factor in a variant; undefined where its payload lacks one */
function levelsOf(
  payload: unknown,
  factors: readonly FactorDefinition[],
): Readonly<Record<string, Level>> | undefined {
  if (!isPlainObject(payload)) return undefined;
  const levels: Record<string, Level> = {};
  for (const { name } of factors) {
    const level: unknown = payload[name];
    if (!isLevel(level)) return undefined;
    levels[name] = level;
  }
  return levels;
}

/** How many effects there are up to an order. */
function effectsUpTo(order: number, factors: readonly FactorDefinition[]): number {
  let counts = [1];
  for (const { levels } of factors)
    counts = Array.from(
      { length: counts.length + 1 },
      (_, k) => (counts[k] ?? 0) + (counts[k - 1] ?? 0) * (levels.length - 1),
    );
  return counts.slice(0, order + 1).reduce((sum, each) => sum + each, 0);
}

function orderOf(factors: readonly FactorDefinition[]): number {
  const orders = Array.from({ length: factors.length }, (_, i) => factors.length - i);
  return orders.find((order) => effectsUpTo(order, factors) <= (order > 2 ? allOrders : twoFactors)) ?? 1;
}

/** Factors that the combinations met vary, with the levels that are there, in their order. */
function variedIn(cells: readonly Met[], factors: readonly FactorDefinition[]): readonly FactorDefinition[] {
  return factors.flatMap(({ name, levels }) => {
    const met = levels.filter((level) => cells.some((cell) => cell.levels[name] === level));
    return met.length > 1 ? [{ name, levels: met }] : [];
  });
}

const only = (levels: Readonly<Record<string, Level>>, factors: readonly FactorDefinition[]) =>
  Object.fromEntries(factors.map(({ name }) => [name, levels[name] ?? null]));

/** What the fit says at a level, each level fitted once. */
function fitter(factors: readonly FactorDefinition[], cells: readonly Met[], order: number) {
  const known = new Map<number, FactorialFit>();
  const own = cells.map(({ levels, moments }) => ({ levels: only(levels, factors), moments }));
  return (level: number): FactorialFit => {
    const found = known.get(level) ?? factorialEffects(factors, own, { level, order, correction: "none" });
    known.set(level, found);
    return found;
  };
}

/** An effect that is yet to be corrected. */
interface AskedEffect {
  readonly effect: Omit<FactorEffect, "effect" | "lenth">;
  readonly reading: Reading;
  again(look: Look, level: number): Estimate;
}

/** The effect of a level that is the reference of its factor's columns: that factor's levels the other way round. */
function referenceFits(factors: readonly FactorDefinition[], cells: readonly Met[], order: number) {
  return factors.flatMap((factor, at) =>
    factor.levels.length > 2
      ? [
          {
            at,
            factor,
            turned: fitter(
              factors.map((each) =>
                each === factor ? { ...each, levels: [...each.levels].reverse() } : each,
              ),
              cells,
              order,
            ),
          },
        ]
      : [],
  );
}

function askedEffects(
  factors: readonly FactorDefinition[],
  cells: readonly Met[],
  order: number,
  { level, rule }: CompareContext,
): readonly AskedEffect[] {
  const fitted = fitter(factors, cells, order);
  const ask = (effect: AskedEffect["effect"], at: (level: number) => Estimate): AskedEffect => {
    const again = (look: Look, own: number) =>
      rule && look === "planned" ? underLooks(own, at, rule) : at(own);
    const planned = again("planned", level);
    return { effect, reading: reading(planned, undefined, rule ? at(level) : planned), again };
  };
  const never: Estimate = { status: "undefined", method: "none", reason: fewReason };
  const twoLevels = (names: readonly string[]) =>
    names.every((name) => factors.find((each) => each.name === name)?.levels.length === 2);
  const columns = fitted(level).effects.map(({ factors: names, levels, aliases }, i) =>
    ask(
      { factors: names, levels, scale: twoLevels(names) ? "difference" : "deviation", aliases },
      (own) => fitted(own).effects[i]?.effect ?? never,
    ),
  );
  const references = referenceFits(factors, cells, order).flatMap(
    ({ factor, turned }): readonly AskedEffect[] => {
      const [first = null] = factor.levels;
      const place = turned(level).effects.findIndex(
        ({ factors: names, levels }) => names.length === 1 && names[0] === factor.name && levels[0] === first,
      );
      const found = turned(level).effects[place];
      return found
        ? [
            ask(
              { factors: [factor.name], levels: [first], scale: "deviation", aliases: found.aliases },
              (own) => turned(own).effects[place]?.effect ?? never,
            ),
          ]
        : [];
    },
  );
  const main = [...references, ...columns.filter(({ effect }) => effect.factors.length === 1)];
  const position = ({ effect }: AskedEffect) => {
    const at = factors.findIndex(({ name }) => name === effect.factors[0]);
    return [at, factors[at]?.levels.indexOf(effect.levels[0] ?? null) ?? 0] as const;
  };
  main.sort((a, b) => {
    const [[f, l], [g, m]] = [position(a), position(b)];
    return f - g || l - m;
  });
  return [...main, ...columns.filter(({ effect }) => effect.factors.length > 1)];
}

/** Every combination's value, and what is left of it once all are pulled towards their mean. */
function combinationsOf(cells: readonly Met[], level: number): readonly MetCombination[] {
  const known = cells.flatMap(({ variant, moments: { n, mean, m2 } }) => {
    const standardError = Math.sqrt(m2 / (n - 1) / n);
    return standardError > 0 ? [{ variant, units: n, value: mean, standardError }] : [];
  });
  if (known.length < 2) return [];
  const shrunken = shrinkEffects(known, { level }).effects;
  return known.flatMap(({ variant, units, value }, i) => {
    const own = shrunken[i];
    if (!own) return [];
    const { value: pulled, standardError, interval } = own;
    return [
      {
        ...{ variant, units, value },
        shrunken: {
          status: "ok",
          method: "empirical-bayes",
          value: pulled,
          standardError,
          interval,
          level,
          pValue: 1,
        },
      },
    ];
  });
}

interface AskedMetric {
  readonly found: FactorsOfMetric;
  readonly asked: readonly AskedEffect[];
}

function askMetric(
  definition: Definition,
  metricAt: number,
  whole: Group,
  context: CompareContext,
): AskedMetric {
  const { metric, type } = metricIn(context, metricAt);
  const { factors = [], variants, control } = definition;
  const arms = [...whole.arms.values()];
  const cells = variants.flatMap(({ key, payload }): readonly Met[] => {
    const moments = arms.length === 1 ? arms[0]?.get(key)?.moments[metricAt] : undefined;
    const value = moments && moments.n >= 2 ? type.linear(moments) : undefined;
    const levels = levelsOf(payload, factors);
    return value && levels ? [{ variant: key, levels, moments: value }] : [];
  });
  const varied = variedIn(cells, factors);
  const order = varied.length > 0 ? orderOf(varied) : 1;
  const named = {
    ...{ metric: metric.key, order, combinations: cells.length },
    missing: variants.flatMap(({ key }) => (cells.some(({ variant }) => variant === key) ? [] : [key])),
  };
  const none = (status: "undefined" | "adaptive", reason: string): AskedMetric => ({
    found: { ...named, status, reason },
    asked: [],
  });
  if (context.adaptive) return none("adaptive", adaptiveReason);
  if (arms.length > 1) return none("undefined", versionsReason);
  if (varied.length === 0) return none("undefined", sameReason);
  const asked = askedEffects(varied, cells, order, context);
  const effects = asked.map(({ effect, reading }): FactorEffect => ({ ...effect, effect: reading }));
  const combinations = combinationsOf(cells, context.level);
  const sign = metric.better === "lower" ? -1 : 1;
  const worth = ({ shrunken }: MetCombination) => sign * (shrunken.value ?? 0);
  const [best] = [...combinations].sort((a, b) => worth(b) - worth(a));
  const base = combinations.find(({ variant }) => variant === control);
  return {
    found: {
      ...named,
      status: "ok",
      mean: factorialEffects(
        varied,
        cells.map(({ levels, moments }) => ({ levels: only(levels, varied), moments })),
        { level: context.level, order },
      ).mean,
      effects,
      ...(best ? { best } : {}),
      ...(base ? { control: base } : {}),
    },
    asked,
  };
}

/** Effects of two-level factors, held against each other: most of many are taken to be nothing. */
function withLenth(found: FactorsOfMetric, level: number): FactorsOfMetric {
  if (found.status !== "ok") return found;
  const values = found.effects.flatMap(({ scale, effect: { fixed } }, i) =>
    scale === "difference" && fixed.value !== undefined ? [{ name: String(i), value: fixed.value }] : [],
  );
  if (values.length < Math.max(3, found.effects.length)) return found;
  const told = lenth(values, { level });
  if (!told) return found;
  const points = halfNormalPoints(values);
  return {
    ...found,
    lenth: { pse: told.pse, margin: told.simultaneousMarginOfError },
    effects: found.effects.map((each, i) => {
      const own = told.effects.find(({ name }) => name === String(i));
      const point = points.find(({ name }) => name === String(i));
      return own && point ? { ...each, lenth: { pAdjusted: own.pAdjusted, quantile: point.quantile } } : each;
    }),
  };
}

/**
 * Says of a multivariate experiment what each factor does to each metric, which of them depend on each other, and which
 * combination is the best; on the combinations and shares that were met.
 * @returns undefined where the definition has no factors
 */
export function findFactors(
  definition: Definition,
  whole: Group,
  context: CompareContext,
  correction: Correction,
): { readonly found: readonly FactorsOfMetric[]; readonly family: FamilyTests } | undefined {
  if ((definition.factors ?? []).length === 0) return undefined;
  const metrics = context.metrics.map((_, metricAt) => askMetric(definition, metricAt, whole, context));
  const { readings, family } = correctReadings(
    metrics.flatMap(({ asked }) => asked),
    "factors",
    correction,
  );
  let at = 0;
  return {
    found: metrics.map(({ found }) => {
      if (found.status !== "ok") return found;
      const effects = found.effects.map((each) => ({ ...each, effect: readings[at++] ?? each.effect }));
      return withLenth({ ...found, effects }, context.level);
    }),
    family,
  };
}
