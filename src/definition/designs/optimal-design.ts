import type { FactorDefinition } from "../../core/definition.js";
import {
  aliased_effect,
  ExperimentError,
  errorOf,
  type Problem,
  problem,
  requireMethod,
  requireNumber,
  too_few_runs,
} from "../../errors/index.js";
import type { RandomSource } from "../../random/source.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkDesignOptions } from "./check-design-options.js";
import { effectColumns, orthonormalContrasts } from "./contrasts.js";
import { createDesign, type Design, type Effect } from "./design.js";
import { type EffectFactors, effectName, parseEffects } from "./effects.js";
import { exchangeSearch } from "./exchange-search.js";
import { allRuns, type Factors, factorList } from "./factors.js";
import { allowedRuns, type Forbidden } from "./forbidden.js";
import { generalAliasing } from "./general-aliasing.js";
import { OrthonormalBasis } from "./orthonormal-basis.js";

/** What an optimal design is to achieve. */
export interface OptimalDesignOptions<F extends Factors = Factors> {
  /** Number of combinations, at least one more than the contrasts of the effects. */
  readonly runs: number;
  /** Source of the starts: the same seed gives the same design. */
  readonly random: RandomSource;
  /** Effects to be estimated; default the main effects. */
  readonly effects?: readonly Effect<F>[];
  /** Combinations that may not occur. */
  readonly forbid?: Forbidden<F>;
  /** Random starts of the search, the best counts; default 10. */
  readonly starts?: number;
}

const optimalFields = {
  runs: { kind: "number", atLeast: 2, whole: true },
  random: { kind: "anything" },
  effects: { kind: "anything", optional: true },
  forbid: { kind: "anything", optional: true },
  starts: { kind: "number", atLeast: 1, whole: true, optional: true },
} as const satisfies FieldsFor<OptimalDesignOptions>;

/**
 * The D-optimal choice of combinations for estimating given effects: the smallest joint confidence region that so many
 * different combinations allow, found by exchanges from random starts. For designs that no table has: combinations that
 * may not occur, odd mixes of levels, a given number of runs.
 * @param factors  levels of each factor, the baseline first
 * @param options  runs, source of chance, effects, forbidden combinations
 * @returns the design; `efficiency()` tells how close it comes to an orthogonal one
 * @throws ExperimentError with every problem of the factors; `too_many_runs` at ["factors"]; `unknown_factor` at ["effects", i] or ["forbid", i, …];
 *         `not_a_combination`, `no_combination_left` at ["forbid", …]; `too_few_runs`, `out_of_range` at ["runs"];
 *         `aliased_effect` at ["effects", i] when the combinations allowed cannot tell an effect apart;
 *         `out_of_range` at ["starts"]; `missing_value` at ["random"]; `unknown_key` at the key
 * @source Fedorov (1972), Theory of Optimal Experiments; Cook & Nachtsheim (1980), Technometrics 22
 */
export function optimalDesign<const F extends Factors>(
  factors: F,
  options: OptimalDesignOptions<F>,
): Design<F> {
  checkDesignOptions(options, optimalFields);
  requireMethod(options.random, ["random"], "next");
  const list = factorList(factors);
  const names = list.map(({ name }) => name);
  const candidates = allowedRuns(list, allRuns(list), options.forbid);
  const model = parseEffects(options.effects ?? names, names, ["effects"]);
  const { runs: size, starts = 10 } = options;
  requireNumber(size, ["runs"], { atLeast: 2, atMost: candidates.length, whole: true });
  const columns = modelColumns(list, candidates, model);
  if (size < columns.length)
    throw new ExperimentError({ too_few_runs }, ["runs"], size, { expected: { atLeast: columns.length } });
  const rows = candidates.map((_, r) => Float64Array.from(columns, (column) => column[r] as number));
  const chosen = exchangeSearch(rows, size, starts, options.random);
  const runs = chosen.map((r) => candidates[r] as readonly number[]);
  const weights = runs.map(() => 1 / size);
  return createDesign({
    record: { kind: "optimal", effects: model.map((effect) => effectName(effect, names)) },
    factors: list,
    runs,
    weights,
    aliasing: generalAliasing(list, runs, weights, model),
  });
}

/** The constant and the effects' contrasts over the candidates; refuses effects that these leave confounded. */
function modelColumns(
  factors: readonly FactorDefinition[],
  candidates: readonly (readonly number[])[],
  model: readonly EffectFactors[],
): number[][] {
  const names = factors.map(({ name }) => name);
  const basis = new OrthonormalBasis(candidates.length);
  const problems: Problem[] = [];
  const columns = [[] as EffectFactors, ...model].flatMap((effect, i) => {
    const block = effectColumns(factors, candidates, effect, orthonormalContrasts);
    if (!block.map((column) => basis.add(column)).every(Boolean))
      problems.push(problem({ aliased_effect }, ["effects", i - 1], effectName(effect, names)));
    return block;
  });
  if (problems.length > 0) throw errorOf(problems);
  return columns;
}
