import type { FactorDefinition } from "../../core/definition.js";
import { ExperimentError, no_array } from "../../errors/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { type ArrayColumn, fitted, parentArrays, runsOf } from "./array-catalogue.js";
import { checkDesignOptions } from "./check-design-options.js";
import { createDesign, type Design, mergeRuns } from "./design.js";
import { type Factors, factorList } from "./factors.js";
import { fullFactorial } from "./full-factorial.js";
import { generalAliasing } from "./general-aliasing.js";
import { generalizedWordLengths } from "./word-lengths.js";

const arrayFields = {
  runs: { kind: "number", atLeast: 4, whole: true, optional: true },
} as const satisfies FieldsFor<{ readonly runs?: number }>;

/**
 * The smallest orthogonal array of the catalogue (strength 2, up to 36 runs: L4 … L36) that holds factors of any mix of
 * levels: main effects are orthogonal to each other. Among the array's columns those with the fewest short words are
 * taken. Where the full factorial is no larger, it is what is returned.
 * @param factors  levels of each factor, the baseline first
 * @param options  runs: take an array of this many runs
 * @returns the design; `record.array` names the array, e.g. `"L18"`
 * @throws ExperimentError with every problem of the factors; `no_array` at ["factors"] or ["runs"];
 *         `out_of_range` at ["runs"]; `unknown_key` at the key
 */
export function orthogonalArray<const F extends Factors>(
  factors: F,
  options: { readonly runs?: number } = {},
): Design<F> {
  checkDesignOptions(options, arrayFields);
  const list = factorList(factors);
  const demand = new Map<number, number>();
  for (const { levels } of list) demand.set(levels.length, (demand.get(levels.length) ?? 0) + 1);
  const shape = [...demand].map(([levels, count]) => (count > 1 ? `${levels}^${count}` : levels)).join(" × ");
  const combinations = list.reduce((product, { levels }) => product * levels.length, 1);
  const smallest = combinations <= 36 && options.runs === undefined ? combinations : Number.POSITIVE_INFINITY;
  for (const parent of parentArrays()) {
    if (runsOf(parent) >= smallest) break;
    if (options.runs !== undefined && runsOf(parent) !== options.runs) continue;
    const columns = fitted(parent, demand);
    if (columns) return designOfColumns(list, columns);
  }
  if (Number.isFinite(smallest)) return fullFactorial(factors);
  if (options.runs === undefined) throw new ExperimentError({ no_array }, ["factors"], shape);
  throw new ExperimentError({ no_array }, ["runs"], options.runs);
}

function designOfColumns<F extends Factors>(
  factors: readonly FactorDefinition[],
  columns: readonly ArrayColumn[],
): Design<F> {
  const chosen = chosenColumns(factors, columns);
  const size = runsOf(columns);
  const { runs, weights } = mergeRuns(
    Array.from({ length: size }, (_, r) => chosen.map(({ values }) => values[r] as number)),
  );
  return createDesign({
    record: { kind: "orthogonal_array", array: `L${size}` },
    factors,
    runs,
    weights,
    aliasing: generalAliasing(
      factors,
      runs,
      weights,
      factors.map((_, i) => [i]),
    ),
  });
}

/** A column a factor: greedily, then by exchanges, those whose words of three and four factors weigh least. */
function chosenColumns(factors: readonly FactorDefinition[], columns: readonly ArrayColumn[]): ArrayColumn[] {
  const size = runsOf(columns);
  const weights = new Array<number>(size).fill(1 / size);
  const cost = (chosen: readonly ArrayColumn[]): number => {
    const runs = weights.map((_, r) => chosen.map(({ values }) => values[r] as number));
    const lengths = generalizedWordLengths(factors.slice(0, chosen.length), runs, weights, 4);
    return 1e6 * (lengths[3] ?? 0) + (lengths[4] ?? 0);
  };
  const chosen: ArrayColumn[] = [];
  const candidates = (i: number) =>
    columns
      .filter(({ levels }) => levels === factors[i]?.levels.length)
      .filter((each) => !chosen.includes(each));
  for (let i = 0; i < factors.length; i++) {
    const options = candidates(i).map((column) => ({ column, cost: cost([...chosen, column]) }));
    const best = options.reduce((a, b) => (b.cost < a.cost - 1e-6 ? b : a));
    chosen.push(best.column);
  }
  let current = cost(chosen);
  for (let improved = true; improved; ) {
    improved = false;
    for (let i = 0; i < factors.length; i++) {
      for (const column of candidates(i)) {
        const changed = chosen.map((each, j) => (j === i ? column : each));
        const next = cost(changed);
        if (next >= current - 1e-6) continue;
        chosen[i] = column;
        current = next;
        improved = true;
      }
    }
  }
  return chosen;
}
