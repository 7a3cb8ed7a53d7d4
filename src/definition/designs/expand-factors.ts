import { canonicalEntries } from "../../core/code-point-order.js";
import type { FactorDefinition, Level } from "../../core/definition.js";
import { too_many_runs } from "../../errors/index.js";
import { type Checks, isRecord } from "../checks.js";
import { allRuns, combinationKeys, combinationOf, factorProblems, maxRuns } from "./factors.js";

/**
 * An experiment's input with variants in place of `factors` (an object of levels: every combination) or of a design
 * object; any other input as it is.
 * @param input   anything
 * @param checks  receives the problems of the factors
 * @returns the input with `variants`, `control`, `factors` as a list and `design` as a record
 */
export function withCombinations(input: unknown, checks: Checks): unknown {
  if (!isRecord(input) || input.variants !== undefined) return input;
  const { design } = input;
  if (isRecord(design) && isRecord(design.record)) {
    const { variants, control, allocation, factors, record } = design;
    // As a list: the design's runs have an order of their own, which an object of variants would lose.
    const listed = isRecord(variants)
      ? Object.entries(variants).map(([key, payload]) => ({ key, payload }))
      : variants;
    return { variants: listed, control, allocation, ...input, factors, design: record };
  }
  if (!isRecord(input.factors)) return input;
  const problems = factorProblems(input.factors);
  const factors = canonicalEntries(input.factors).map(
    ([name, levels]): FactorDefinition => ({ name, levels: levels as readonly Level[] }),
  );
  for (const each of problems) checks.add(each);
  const count = factors.reduce((product, { levels }) => product * (levels?.length ?? 0), 1);
  if (count > maxRuns) checks.report({ too_many_runs }, ["factors"], count);
  if (checks.problems.length > 0) {
    // Stand-ins, so that the rest of the input is checked without complaints about variants nobody named.
    const { factors: _, allocation, rules, rollout, overrides, ...rest } = input;
    return { ...rest, control: "a", variants: { a: null, b: null } };
  }
  const runs = allRuns(factors);
  const keys = combinationKeys(factors, runs);
  const variants = runs.map((run, i) => ({ key: keys[i], payload: combinationOf(factors, run) }));
  return { control: keys[0], ...input, variants, factors, design: { kind: "full_factorial" } };
}
