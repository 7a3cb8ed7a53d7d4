import type { FactorDefinition, Level } from "../../core/definition.js";
import {
  ExperimentError,
  errorOf,
  nearName,
  no_combination_left,
  not_a_combination,
  type Problem,
  problem,
  unknown_factor,
  wrong_type,
} from "../../errors/index.js";
import { type Combination, combinationOf, type Factors } from "./factors.js";

/** Combinations that may not occur: parts such as `{ hero: "B", cta: "Buy" }`, or a predicate of a whole combination. */
export type Forbidden<F extends Factors = Factors> =
  | readonly Partial<Combination<F>>[]
  | ((combination: Combination<F>) => boolean);

function partProblems(factors: readonly FactorDefinition[], part: unknown, index: number): Problem[] {
  const path = ["forbid", index];
  if (typeof part !== "object" || part === null || Array.isArray(part) || Object.keys(part).length === 0)
    return [problem({ wrong_type }, path, part, { expected: { type: "object" } })];
  return Object.entries(part).flatMap(([name, level]) => {
    const factor = factors.find((each) => each.name === name);
    if (!factor) {
      const names = factors.map((each) => each.name);
      return [problem({ unknown_factor }, [...path, name], name, nearName(name, names))];
    }
    return factor.levels.includes(level as Level)
      ? []
      : [problem({ not_a_combination }, [...path, name], level, nearName(level, factor.levels.map(String)))];
  });
}

/**
 * The runs that are not forbidden.
 * @param factors  the factors in order
 * @param runs     level indexes, one array a run
 * @param forbid   what may not occur; default nothing
 * @returns the runs left
 * @throws ExperimentError `unknown_factor`, `not_a_combination`, `wrong_type` at ["forbid", i, …]; `no_combination_left` at
 *         ["forbid"] when a factor keeps fewer than two levels
 */
export function allowedRuns<F extends Factors>(
  factors: readonly FactorDefinition[],
  runs: readonly (readonly number[])[],
  forbid: Forbidden<F> | undefined,
): (readonly number[])[] {
  if (forbid === undefined) return [...runs];
  let forbidden = forbid as (combination: Combination) => boolean;
  if (typeof forbid !== "function") {
    if (!Array.isArray(forbid))
      throw new ExperimentError({ wrong_type }, ["forbid"], forbid, {
        expected: { type: ["list", "function"] },
      });
    const parts = forbid as readonly Combination[];
    const problems = parts.flatMap((part, i) => partProblems(factors, part, i));
    if (problems.length > 0) throw errorOf(problems);
    forbidden = (combination) =>
      parts.some((part) => Object.entries(part).every(([name, level]) => combination[name] === level));
  }
  const left = runs.filter((run) => !forbidden(combinationOf(factors, run)));
  const lost = factors.filter((_, i) => new Set(left.map((run) => run[i])).size < 2);
  if (lost.length > 0)
    throw errorOf(lost.map(({ name }) => problem({ no_combination_left }, ["forbid"], name)));
  return left;
}
