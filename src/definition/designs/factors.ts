import { canonicalEntries } from "../../core/code-point-order.js";
import type { FactorDefinition, Level } from "../../core/definition.js";
import {
  bad_factor_name,
  bad_level,
  duplicate_level,
  type ErrorPath,
  ExperimentError,
  errorOf,
  type Problem,
  problem,
  too_few_levels,
  too_many_runs,
  wrong_type,
} from "../../errors/index.js";

/** Levels of each factor, the baseline first: `{ hero: ["A", "B"], cta: ["Buy", "Try", "Ask"] }`. */
export type Factors = Readonly<Record<string, readonly Level[]>>;

/** One level of every factor: what a unit of a multivariate experiment gets. */
export type Combination<F extends Factors = Factors> = { readonly [K in keyof F]: F[K][number] };

/** The most combinations one experiment may have. */
export const maxRuns = 4096;

function levelProblems(levels: unknown, path: ErrorPath): Problem[] {
  if (!Array.isArray(levels)) return [problem({ wrong_type }, path, levels, { expected: { type: "list" } })];
  const found: Problem[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < levels.length; i++) {
    const level: unknown = levels[i];
    const valid =
      typeof level === "string" || typeof level === "boolean" || level === null || Number.isFinite(level);
    if (!valid || Object.is(level, -0)) found.push(problem({ bad_level }, [...path, i], level));
    else if (seen.has(String(level))) found.push(problem({ duplicate_level }, [...path, i], level));
    else seen.add(String(level));
  }
  if (levels.length < 2) found.push(problem({ too_few_levels }, path, levels));
  return found;
}

/**
 * Every problem of a factors object, without throwing.
 * @param factors  levels of each factor, anything
 * @param path     where it stands in the input
 * @returns the problems, empty when the factors are good
 */
export function factorProblems(factors: unknown, path: ErrorPath = ["factors"]): Problem[] {
  if (typeof factors !== "object" || factors === null || Array.isArray(factors))
    return [problem({ wrong_type }, path, factors, { expected: { type: "object" } })];
  const names = canonicalEntries(factors as Factors).map(([name]) => name);
  if (names.length === 0) return [problem({ too_few_levels }, path, factors)];
  return names.flatMap((name) => {
    const good = /^[^=,:*×]+$/.test(name) && name.trim() === name && Number.isNaN(Number(name));
    const naming = good && !(name in {}) ? [] : [problem({ bad_factor_name }, [...path, name], name)];
    return [...naming, ...levelProblems((factors as Factors)[name], [...path, name])];
  });
}

/**
 * Factors as an ordered list, checked.
 * @param factors  levels of each factor
 * @returns name and levels, names in canonical order (by code point)
 * @throws ExperimentError with every problem: `wrong_type`, `bad_factor_name`, `too_few_levels`, `duplicate_level`,
 *         `bad_level` at ["factors", name, …]
 */
export function factorList(factors: Factors): FactorDefinition[] {
  const problems = factorProblems(factors);
  if (problems.length > 0) throw errorOf(problems);
  return canonicalEntries(factors).map(([name, levels]) => ({ name, levels: [...levels] }));
}

const longestKey = 200;

/**
 * The variant keys of combinations, e.g. `"cta=Buy,hero=A"`; `%`, `,` and `=` inside a level are percent-escaped.
 * Where a key would pass 200 characters, all levels are written by number (`"hero=#1"`), and where that is still too
 * long, all runs are (`"run=1"`).
 * @param factors  the factors in order
 * @param runs     index of each factor's level, one array a combination, all different
 * @returns one key a run, all different
 */
export function combinationKeys(
  factors: readonly FactorDefinition[],
  runs: readonly (readonly number[])[],
): string[] {
  const escaped = (level: Level) =>
    String(level).replace(/[%,=]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  const words: ((index: number, factor: FactorDefinition) => string)[] = [
    (index, { levels }) => escaped(levels[index] as Level),
    (index) => `#${index + 1}`,
  ];
  for (const word of words) {
    const keys = runs.map((run) =>
      factors.map((factor, i) => `${factor.name}=${word(run[i] as number, factor)}`).join(","),
    );
    if (keys.every((key) => key.length <= longestKey)) return keys;
  }
  return runs.map((_, i) => `run=${i + 1}`);
}

/**
 * The payload of a combination.
 * @param factors  the factors in order
 * @param run      index of each factor's level
 * @returns an object of one level a factor
 */
export function combinationOf(factors: readonly FactorDefinition[], run: readonly number[]): Combination {
  return Object.fromEntries(factors.map(({ name, levels }, i) => [name, levels[run[i] as number] as Level]));
}

/**
 * Every combination, the baseline of all factors first, the last factor changing fastest.
 * @param factors  the factors in order
 * @returns index of each factor's level, one array a combination
 * @throws ExperimentError `too_many_runs` at ["factors"]: more than 4096 combinations
 */
export function allRuns(factors: readonly FactorDefinition[]): number[][] {
  const count = factors.reduce((product, { levels }) => product * levels.length, 1);
  if (count > maxRuns)
    throw new ExperimentError({ too_many_runs }, ["factors"], count, { expected: { atMost: maxRuns } });
  let runs: number[][] = [[]];
  for (const { levels } of factors) runs = runs.flatMap((run) => levels.map((_, i) => [...run, i]));
  return runs;
}
