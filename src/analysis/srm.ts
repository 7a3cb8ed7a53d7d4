import type { Definition } from "../core/definition.js";
import { once } from "../core/once.js";
import { POINTS } from "../core/points.js";
import { square } from "../core/powers.js";
import { allocationOf } from "../definition/index.js";
import { sampleRatioMismatch, sequentialRatioMismatch } from "../stats/index.js";
import type { Check } from "./check.js";
import type { Group } from "./cube.js";
import type { Arm } from "./report.js";

/** An allocation is called broken below this p-value, shared among versions: one false alarm in a thousand valid experiments. */
export const srmThreshold = 0.001;

const largestDenominator = 1000;

/**
 * The planned share of each variant. Ranges end on whole points, so they hold a share such as a third only to
 * 2⁻³²; the simplest fractions within that rounding are what was planned.
 */
export function plannedShares(definition: Definition): readonly number[] {
  const shares = Object.values<number>(allocationOf(definition));
  const roundings = definition.variants.map(({ key }) =>
    Math.max(1, definition.ranges.filter(({ variant }) => variant === key).length),
  );
  for (let whole = 1; whole <= largestDenominator; whole++) {
    const parts = shares.map((share) => Math.round(share * whole));
    const near = shares.every(
      (share, at) => Math.abs(share - (parts[at] as number) / whole) <= (roundings[at] as number) / POINTS,
    );
    if (near && parts.reduce((sum, part) => sum + part, 0) === whole)
      return parts.map((part) => part / whole);
  }
  return shares;
}

/** Units that priors of the sequential check weigh: what is wrong shows after hundreds of units, or after millions. */
const concentrations = [100, 1000, 10_000, 100_000];

/** Tests shares once, or so that the p-value holds at every one of several looks. */
export function testShares(
  observed: readonly number[],
  expected: readonly number[],
  { plan: { looks } }: Definition,
): { readonly statistic: number; readonly df: number; readonly pValue: number; readonly sequential?: true } {
  const { statistic, df, pValue } = sampleRatioMismatch(observed, expected);
  if (looks === 1) return { statistic, df, pValue };
  return {
    statistic,
    df,
    pValue: sequentialRatioMismatch(observed, expected, concentrations).pValue,
    sequential: true,
  };
}

function check(
  threshold: number,
  definitionVersion: number | null,
  variants: readonly string[],
  observed: readonly number[],
  expected: readonly number[],
  definition: Definition,
): Check {
  const offered = variants
    .map((_, at) => at)
    .filter((at) => (expected[at] as number) > 0 || (observed[at] as number) > 0);
  const [seen, planned] = [observed, expected].map((list) => offered.map((at) => list[at] as number)) as [
    number[],
    number[],
  ];
  const common = { definitionVersion, variants: offered.map((at) => variants[at] as string), observed: seen };
  if (planned.some((units) => units === 0))
    return { ...common, status: "undefined", reason: "a variant without any planned share has units" };
  const tested = testShares(seen, planned, definition);
  const status = tested.pValue < threshold ? "failed" : "passed";
  return { ...common, status, expected: planned, ...tested, threshold };
}

function expectedUnits(
  definition: Definition,
  variants: readonly string[],
  units: number,
): readonly number[] {
  const shares = once(definition, plannedShares);
  return variants.map((variant) => {
    const at = definition.variants.findIndex(({ key }) => key === variant);
    return at < 0 ? 0 : (shares[at] as number) * units;
  });
}

function total(lists: readonly (readonly number[])[], length: number): readonly number[] {
  return Array.from({ length }, (_, at) => lists.reduce((sum, list) => sum + (list[at] as number), 0));
}

/**
 * Compares the units that arrived with the planned shares, per definition version and overall.
 * @param definitions the current definition and earlier ones; a version without one cannot be checked
 * @returns one check per version, then (with several) one overall; `adaptive` when a policy set the shares
 */
export function checkShares(
  arms: readonly Arm[],
  definitions: readonly [Definition, ...Definition[]],
): readonly Check[] {
  const [current] = definitions;
  const variants = current.variants.map(({ key }) => key);
  const versions = [...new Set(arms.map((arm) => arm.definitionVersion))].sort((a, b) => a - b);
  const observed = versions.map((version) => {
    const own = arms.filter((arm) => arm.definitionVersion === version);
    return variants.map((variant) => own.find((arm) => arm.variant === variant)?.units ?? 0);
  });
  const expected: (readonly number[])[] = [];
  // Several versions and all of them together are as many chances of a false alarm.
  const threshold = versions.length < 2 ? srmThreshold : srmThreshold / (versions.length + 1);
  const checks = versions.map((version, at): Check => {
    const seen = observed[at] as readonly number[];
    const definition = definitions.find((each) => each.version === version);
    const common = { definitionVersion: version, variants, observed: seen };
    if (!definition) {
      const reason = "no definition of this version was given, so its planned shares are unknown";
      return { ...common, status: "undefined", reason };
    }
    if (definition.allocation === "unknown")
      return { ...common, status: "undefined", reason: "nobody recorded the planned shares" };
    if (definition.policy !== "fixed")
      return { ...common, status: "adaptive", reason: "the policy sets the shares as it learns" };
    const units = seen.reduce((sum, each) => sum + each, 0);
    const planned = expectedUnits(definition, variants, units);
    expected.push(planned);
    return check(threshold, version, variants, seen, planned, current);
  });
  if (versions.length < 2) return checks;
  const all = total(observed, variants.length);
  if (expected.length === versions.length)
    return [...checks, check(threshold, null, variants, all, total(expected, variants.length), current)];
  const reason = "not every version could be checked, so neither can all of them together";
  return [...checks, { definitionVersion: null, variants, observed: all, status: "undefined", reason }];
}

/** A level of a dimension: the units that arrived, and those that were to. */
interface LevelUnits {
  readonly level: string;
  readonly observed: readonly number[];
  readonly expected: readonly number[];
  /** Pearson's χ². */
  readonly statistic: number;
}

/** @returns units of each level that has any; undefined where a version present has no planned shares to hold against */
function unitsOfLevels(
  dimension: string,
  groups: readonly Group[],
  definitions: readonly Definition[],
  variants: readonly string[],
): readonly LevelUnits[] | undefined {
  const found: LevelUnits[] = [];
  for (const { cell, arms } of groups) {
    const lists: { readonly observed: readonly number[]; readonly expected: readonly number[] }[] = [];
    for (const [version, own] of arms) {
      const observed = variants.map((variant) => own.get(variant)?.units ?? 0);
      const units = observed.reduce((sum, each) => sum + each, 0);
      if (units === 0) continue;
      const definition = definitions.find((each) => each.version === version);
      if (definition?.policy !== "fixed" || definition.allocation === "unknown") return undefined;
      lists.push({ observed, expected: expectedUnits(definition, variants, units) });
    }
    if (lists.length === 0) continue;
    const observed = total(
      lists.map((each) => each.observed),
      variants.length,
    );
    const expected = total(
      lists.map((each) => each.expected),
      variants.length,
    );
    const statistic = expected.reduce(
      (sum, mean, at) => (mean > 0 ? sum + square((observed[at] ?? 0) - mean) / mean : sum),
      0,
    );
    found.push({ level: cell[dimension] ?? "", observed, expected, statistic });
  }
  return found;
}

/**
 * Looks whether the units of every level of a dimension arrived in the planned shares: a variant that is short among
 * phones and long elsewhere passes the check over all units.
 * @param groups  one per level
 * @returns the check of the level with the smallest p-value, at a threshold shared among the levels; nothing where a
 *          version present has no planned shares to hold against
 */
export function checkLevels(
  dimension: string,
  groups: readonly Group[],
  definitions: readonly [Definition, ...Definition[]],
): readonly Check[] {
  const [current] = definitions;
  const variants = current.variants.map(({ key }) => key);
  const levels = unitsOfLevels(dimension, groups, definitions, variants) ?? [];
  const threshold = srmThreshold / levels.length;
  const df = variants.length - 1;
  // A level that lies within two standard deviations of χ² cannot fail; the exact test of thousands would cost seconds.
  const far = levels.filter(({ statistic }) => statistic > df + 2 * Math.sqrt(2 * df));
  const [nearest] = [...levels].sort((a, b) => b.statistic - a.statistic);
  const candidates = far.length > 0 ? far : nearest ? [nearest] : [];
  let worst: Check | undefined;
  let failing = 0;
  for (const { level, observed, expected } of candidates) {
    const found = check(threshold, null, variants, observed, expected, current);
    if (!("pValue" in found)) return [];
    if (found.status === "failed") failing++;
    if (!worst || !("pValue" in worst) || found.pValue < worst.pValue) worst = { ...found, dimension, level };
  }
  return worst ? [{ ...worst, levels: levels.length, failing }] : [];
}
