import type { Cell } from "../core/cells.js";
import type { Definition } from "../core/definition.js";
import { errorOf, problem, wrong_type } from "../errors/index.js";
import { type Asked, ask } from "./ask.js";
import type { Check } from "./check.js";
import type { CompareContext } from "./compare.js";
import type { Contrast } from "./comparison.js";
import type { Cube } from "./cube.js";
import { rollup } from "./rollups.js";
import { srmThreshold, testShares } from "./srm.js";

/** Dimensions that an exposure carries when its unit meets a rule. */
export const ruleDimensions = ["rule", "heldBack"] as const;

/** The sides of a rule's own comparison: units held back from it, and units it was applied to. */
export const ruleContrast: Contrast = ["held_back", "applied"];

/** A cube split by whether a rule chose the variant. */
export interface SplitCube {
  /** Allocated at random: units that meet no rule, and units held back from theirs. */
  readonly randomised: Cube;
  /** Units that meet a rule; a cell's variant says whether they were held back. */
  readonly ruled: Cube;
  /** Units to which a rule was applied. */
  readonly applied: number;
}

/** A truth value as sources spell it; undefined for anything else. */
function truth(level: string): boolean | undefined {
  const text = level.toLowerCase();
  if (["true", "t", "1", "yes"].includes(text)) return true;
  return ["false", "f", "0", "no"].includes(text) ? false : undefined;
}

/**
 * Takes the units that a rule was applied to out of the random comparison: their variant was chosen for them, so
 * beside the others they would be compared with people unlike themselves.
 */
export function splitByRule(cube: Cube, definition: Definition): SplitCube {
  const keys = new Set((definition.rules ?? []).map(({ key }) => key));
  const [ruleAt, heldAt] = ruleDimensions.map((dimension) => cube.dimensions.indexOf(dimension)) as [
    number,
    number,
  ];
  const randomised: Cell[] = [];
  const ruled: Cell[] = [];
  let applied = 0;
  for (const cell of cube.cells) {
    const rule = cell.levels[ruleAt] as string;
    if (!keys.has(rule)) {
      randomised.push(cell);
      continue;
    }
    const held = truth(cell.levels[heldAt] as string);
    if (held === undefined) {
      throw errorOf([
        problem({ wrong_type }, ["source", "heldBack"], cell.levels[heldAt], { expected: { type: "flag" } }),
      ]);
    }
    if (held) randomised.push(cell);
    else applied += cell.units;
    ruled.push({ ...cell, variant: held ? ruleContrast[0] : ruleContrast[1] });
  }
  return { randomised: { ...cube, cells: randomised }, ruled: { ...cube, cells: ruled }, applied };
}

/** Whether as many units were held back as the rule says. */
function shareCheck(
  rule: string,
  observed: readonly [held: number, applied: number],
  holdback: number,
  definition: Definition,
): Check {
  const units = observed[0] + observed[1];
  const expected = [holdback * units, (1 - holdback) * units];
  const tested = testShares(observed, expected, definition);
  const status = tested.pValue < srmThreshold ? "failed" : "passed";
  const common = { definitionVersion: null, rule, variants: ruleContrast, observed, expected };
  return { ...common, status, ...tested, threshold: srmThreshold };
}

/**
 * Measures each rule against its holdback, like any experiment: outcomes of units it was applied to beside those of
 * units that met it too but were held back at random.
 * @param ruled units that meet a rule, from `splitByRule`
 * @returns comparisons, not yet corrected, and a check of each rule's held-back share
 */
export function analyzeRules(
  ruled: Cube,
  definition: Definition,
  context: CompareContext,
): { readonly asked: readonly Asked[]; readonly checks: readonly Check[] } {
  const groups = rollup(ruled, ["rule"]);
  const asked: Asked[] = [];
  const checks: Check[] = [];
  for (const { key, holdback } of definition.rules ?? []) {
    const group = groups.find(({ cell }) => cell.rule === key);
    if (!group) continue;
    const units = (side: string) =>
      [...group.arms.values()].reduce((sum, arms) => sum + (arms.get(side)?.units ?? 0), 0);
    checks.push(shareCheck(key, [units(ruleContrast[0]), units(ruleContrast[1])], holdback, definition));
    for (const at of context.metrics.keys()) asked.push(ask(group, at, ruleContrast, context));
  }
  return { asked, checks };
}
