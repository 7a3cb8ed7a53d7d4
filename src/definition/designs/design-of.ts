import type { Definition, DesignRecord, FactorDefinition, Level } from "../../core/definition.js";
import { powerOfTwo } from "../../core/powers.js";
import {
  ExperimentError,
  errorOf,
  missing_value,
  nearName,
  not_a_combination,
  requireObject,
} from "../../errors/index.js";
import { allocationOf } from "../allocation.js";
import { Checks } from "../checks.js";
import { checkShape } from "../definition-problems.js";
import { definitionShape } from "../definition-shape.js";
import { type Aliasing, noAliasing } from "./aliasing.js";
import { checkFactors } from "./check-factors.js";
import { createDesign, type Design, type EffectColumns, type EstimabilityOptions } from "./design.js";
import { parseEffects } from "./effects.js";
import type { Factors } from "./factors.js";
import { fractionAliasing } from "./fractional-factorial.js";
import { generalAliasing } from "./general-aliasing.js";

/** Definitions that were looked through, which takes longer than to find a variant. */
const sound = new WeakSet<object>();

/** @throws ExperimentError with every problem of the definition's shape; `missing_value` at ["factors"] without factors */
function factorsOf(definition: Definition<string, unknown>): readonly FactorDefinition[] {
  requireObject(definition, ["definition"]);
  if (!sound.has(definition)) {
    const checks = new Checks();
    if (checkShape(definition, definitionShape, checks)) checkFactors(definition, checks);
    if (checks.problems.length > 0) throw errorOf(checks.problems);
    sound.add(definition);
  }
  const { factors } = definition;
  if (factors) return factors;
  throw new ExperimentError({ missing_value }, ["factors"], undefined, { expected: { type: "list" } });
}

/**
 * The design that a multivariate experiment's definition carries, with the allocation it has now: a variant without any
 * points is no run, unequal shares count as such.
 * @param definition  made with `factors` or a design, from whatever place
 * @returns the design: which effects can be estimated, aliases, columns
 * @throws ExperimentError with every problem of the definition's shape, `not_a_combination` at ["variants", i, "payload", factor]
 *         among them; `missing_value` at ["factors"] when the experiment has none
 */
export function designOf(definition: Definition<string, unknown>): Design {
  const factors = factorsOf(definition);
  const { variants, design = { kind: "combinations" } } = definition;
  const shares = allocationOf(definition);
  const all = variants.map(({ key, payload }) => {
    const levels = payload as Readonly<Record<string, Level>>;
    const run = factors.map(({ name, levels: known }) => known.indexOf(levels[name] as Level));
    return { key, run, weight: shares[key] as number };
  });
  const present = all.filter(({ weight }) => weight > 0);
  const runs = present.map(({ run }) => run);
  const weights = present.map(({ weight }) => weight);
  return createDesign<Factors>({
    record: design,
    factors,
    keys: present.map(({ key }) => key),
    control: definition.control,
    runs,
    weights,
    aliasing: aliasingOf(design, factors, runs, weights),
  });
}

/**
 * The key of the variant that a combination of levels is, e.g. for `rollout`, `control` or `overrides`.
 * @param definition   made with `factors` or a design
 * @param combination  one level of every factor
 * @returns the variant's key
 * @throws ExperimentError `missing_value` at ["factors"]; `not_a_combination` at
 *         ["combination", factor] for a level that the factor lacks, at ["combination"] when no variant has it
 */
export function variantOf<P>(definition: Definition<string, P>, combination: NoInfer<P>): string {
  const factors = factorsOf(definition);
  const { variants } = definition;
  requireObject(combination, ["combination"]);
  const levelOf = (payload: unknown, name: string) =>
    (payload as Readonly<Record<string, Level>> | null)?.[name];
  const found = variants.find(({ payload }) =>
    factors.every(({ name }) => levelOf(payload, name) === levelOf(combination, name)),
  );
  if (found) return found.key;
  const wrong = factors.find(({ name, levels }) => !levels.includes(levelOf(combination, name) as Level));
  if (!wrong) throw new ExperimentError({ not_a_combination }, ["combination"], JSON.stringify(combination));
  const level = levelOf(combination, wrong.name);
  throw new ExperimentError(
    { not_a_combination },
    ["combination", wrong.name],
    level,
    nearName(level, wrong.levels.map(String)),
  );
}

function aliasingOf(
  { effects, generators }: DesignRecord,
  factors: readonly FactorDefinition[],
  runs: readonly (readonly number[])[],
  weights: readonly number[],
): Aliasing {
  const names = factors.map(({ name }) => name);
  const different = new Set(runs.map((run) => run.join())).size;
  // Ranges are whole points, so equal shares differ in the tenth digit.
  const equal = weights.every((weight) => Math.abs(weight * different - 1) < 1e-5);
  const combinations = factors.reduce((product, { levels }) => product * levels.length, 1);
  if (equal && different === combinations) return noAliasing(names.length);
  if (equal && generators && different * powerOfTwo(generators.length) === combinations)
    return fractionAliasing(generators, names);
  const model = parseEffects(effects ?? names, names, ["design", "effects"]);
  return generalAliasing(factors, runs, weights, model);
}

/**
 * Effect-coded columns for estimating effects from the means of an experiment's variants; what {@link Design.columns}
 * gives, for a definition.
 * @param definition  made with `factors` or a design
 * @param effects     the effects of the model, e.g. `["hero", "cta", "hero:cta"]`
 * @param options     what is taken to be zero
 * @returns one row per variant that has points, -1, 0 and 1 in the columns; a two-level factor's main effect is twice its
 *          coefficient
 * @throws ExperimentError `aliased_effect` and `unknown_factor` at ["effects", i], `missing_value` at ["factors"]
 */
export function factorialColumns(
  definition: Definition<string, unknown>,
  effects: readonly string[],
  options: EstimabilityOptions = {},
): EffectColumns {
  return designOf(definition).columns(effects, options);
}
