import type { Definition } from "../core/definition.js";
import { POINTS } from "../core/points.js";
import {
  type ErrorPath,
  invalid_ranges,
  missing_control,
  other_role,
  too_few_variants,
} from "../errors/index.js";
import { metricProblems } from "../metrics/settings/index.js";
import { type Shape, shapeProblems } from "../shapes/index.js";
import { type Checks, isRecord } from "./checks.js";
import { conditionShapes } from "./condition-shape.js";
import { definitionShape } from "./definition-shape.js";
import { checkFactors } from "./designs/check-factors.js";
import { checkPlan } from "./plan-problems.js";
import { checkTargeting } from "./targeting-problems.js";

/** Settings that only metrics of one role have; on another they would be read by nobody. */
const ofRoles = [
  ["margin", "guardrail"],
  ["smallest", "goal"],
] as const;

/**
 * Reports everything that keeps a value from having a shape, once for each place.
 * @returns whether it has it
 */
export function checkShape(value: unknown, shape: Shape, checks: Checks): boolean {
  const problems = shapeProblems(value, shape, [], conditionShapes);
  for (const each of problems) checks.add(each);
  return problems.length === 0;
}

/**
 * Everything that is wrong with a definition taken for itself (what concerns its neighbours in a catalogue is
 * `defineCatalogue`'s).
 * @param definition  frozen JSON, not yet trusted
 * @param checks      receives the problems
 */
export function checkDefinition(definition: unknown, checks: Checks): void {
  if (isRecord(definition) && definition.format === "essai.experiment/1" && definition.control === undefined)
    checks.report({ missing_control }, ["control"], undefined);
  checkShape(definition, definitionShape, checks);
  if (!isRecord(definition) || !checks.sound("format")) return;
  checkMeaning(definition as unknown as Definition, checks);
}

/**
 * What a definition's shape does not say: keys that can be used, names of what exists, ranges that cover. Parts in which
 * a problem was found already are left alone.
 * @param definition   frozen JSON whose shape was checked
 * @param checks       holds the problems of the shape, receives the others
 * @param variantPath  where the key of the i-th variant lies in the caller's input
 */
export function checkMeaning(
  definition: Definition,
  checks: Checks,
  variantPath: (index: number) => ErrorPath = (i) => ["variants", i, "key"],
): void {
  for (const name of ["key", "unit", "policy"] as const)
    if (checks.sound(name)) checks.key(definition[name], [name]);
  const listed = checks.sound("variants");
  const keys = listed ? definition.variants.map(({ key }) => key) : [];
  checks.keys(keys, variantPath);
  if (listed && keys.length < 2) checks.report({ too_few_variants }, ["variants"], definition.variants);
  // Against variants that are not known, every name would be unknown.
  const variants = listed ? new Set<string>(keys) : undefined;
  if (variants && checks.sound("control")) checks.variant(definition.control, ["control"], variants);
  if (variants && checks.sound("ranges")) checkRanges(definition.ranges, variants, checks);
  if (checks.sound("metrics")) {
    checks.keys(
      definition.metrics.map(({ key }) => key),
      (i) => ["metrics", i, "key"],
    );
    definition.metrics.forEach((metric, i) => {
      for (const [setting, role] of ofRoles)
        if (metric[setting] !== undefined && metric.role !== role)
          checks.report({ other_role }, ["metrics", i, setting], metric[setting], {
            near: role,
            other: metric.role,
          });
      for (const each of metricProblems(metric, definition.metrics, ["metrics", i])) checks.add(each);
    });
  }
  if (checks.sound("plan") && checks.sound("metrics")) checkPlan(definition, checks);
  checkTargeting(definition, variants, checks);
  if (listed) checkFactors(definition, checks);
}

function checkRanges(ranges: Definition["ranges"], variants: ReadonlySet<string>, checks: Checks): void {
  let end = 0;
  const covers = ranges.every(({ from, to }) => {
    const sorted = from === end && to >= from;
    end = to;
    return sorted;
  });
  if (!covers || end !== POINTS) {
    checks.report({ invalid_ranges }, ["ranges"], ranges);
    return;
  }
  const left = new Set(variants);
  ranges.forEach(({ variant }, i) => {
    checks.variant(variant, ["ranges", i, "variant"], variants);
    left.delete(variant);
  });
  // A variant without a share has an empty range: one without any was added beside ranges made for others.
  for (const other of left) checks.report({ invalid_ranges }, ["ranges"], ranges, { other });
}
