import type { Attributes, Condition } from "../core/condition.js";
import type { Definition, LayerSlot, Prerequisite, Rule, Schedule } from "../core/definition.js";
import {
  duplicate_key,
  type ErrorPath,
  invalid_instant,
  invalid_layer_ranges,
  overlapping_rules,
  schedule_reversed,
  too_deep,
  undecided_rules,
} from "../errors/index.js";
import { type Checks, DEEPEST_CONDITION, isRecord, type Loose } from "./checks.js";
import type { SegmentOf } from "./compile-condition.js";
import { checkCondition, checkExtent, checkPossible, type PlacedCondition } from "./condition-problems.js";
import { extents } from "./extent.js";
import { instantOf } from "./instant.js";
import {
  apartBy,
  requiredValues,
  type SearchBudget,
  searchBudget,
  termsOf,
  witnessOfAll,
} from "./witness.js";

/**
 * Problems of everything in a definition that decides who gets what beyond the split.
 * @param definition  its shape was checked
 * @param variants    the variants' keys; undefined where they are not sound
 * @param checks      holds what was found so far, receives the problems
 */
export function checkTargeting(
  definition: Definition,
  variants: ReadonlySet<string> | undefined,
  checks: Checks,
): void {
  const { attributes, segments, audience, rules, ruleOrder, layer, prerequisites, schedule } = definition;
  const declared = checks.sound("attributes") ? attributes : undefined;
  const segmentOf = isRecord(segments) ? checkSegments(segments, declared, checks) : () => undefined;
  const conditions: PlacedCondition[] = [];
  if (audience !== undefined && checkCondition(audience, ["audience"], checks, declared))
    conditions.push([audience, ["audience"]]);
  if (Array.isArray(rules)) conditions.push(...checkRules(rules, variants, checks, declared));
  const budget = searchBudget();
  if (checkExtent(conditions, segmentOf, checks)) {
    checkPossible(conditions, segmentOf, checks, declared, budget);
    const whole = ["attributes", "segments", "audience", "rules"].every((part) => checks.sound(part));
    if (rules && whole && ruleOrder !== "first")
      checkDisjoint(definition as never, segmentOf, checks, ["rules"], budget);
  }
  if (layer && checks.sound("layer")) checkLayer(layer, checks);
  if (prerequisites && checks.sound("prerequisites")) checkPrerequisites(prerequisites, checks);
  if (schedule && checks.sound("schedule")) checkSchedule(schedule, checks);
  const { rollout, overrides } = definition;
  if (variants && rollout !== undefined && checks.sound("rollout"))
    checks.variant(rollout, ["rollout"], variants);
  if (overrides && checks.sound("overrides")) checkOverrides(overrides, variants, checks);
}

/**
 * Problems of named conditions, by themselves and as they refer to each other.
 * @returns the lookup among those that are sound; only they may be followed
 */
export function checkSegments(
  segments: Loose,
  attributes: Attributes | undefined,
  checks: Checks,
): SegmentOf {
  const sound = new Map<string, Condition>();
  for (const [name, segment] of Object.entries(segments)) {
    const path = ["segments", name];
    if (checks.sound(...path) && checks.key(name, path) && checkCondition(segment, path, checks, attributes))
      sound.set(name, segment);
  }
  const segmentOf: SegmentOf = (name) => sound.get(name);
  const placed = [...sound].map(([name, segment]): PlacedCondition => [segment, ["segments", name]]);
  // As they are written: what they refer to is counted where they are used.
  if (checkExtent(placed, () => undefined, checks))
    checkPossible(placed, () => undefined, checks, attributes, searchBudget());
  const extentOf = extents(segmentOf);
  for (const [segment, path] of placed)
    if (extentOf(segment).depth > DEEPEST_CONDITION) checks.report({ too_deep }, path, segment);
  return segmentOf;
}

function checkRules(
  rules: readonly Rule[],
  variants: ReadonlySet<string> | undefined,
  checks: Checks,
  attributes: Attributes | undefined,
): PlacedCondition[] {
  if (checks.sound("rules"))
    checks.keys(
      rules.map(({ key }) => key),
      (i) => ["rules", i, "key"],
    );
  return rules.flatMap((rule, i): PlacedCondition[] => {
    const [path, when] = [
      ["rules", i],
      ["rules", i, "when"],
    ];
    if (!checks.sound(...path)) return [];
    if (variants) checks.variant(rule.variant, [...path, "variant"], variants);
    return checkCondition(rule.when, when, checks, attributes) ? [[rule.when, when]] : [];
  });
}

/**
 * Reports each rule for which a unit can be found that meets it and an earlier one, and each for which neither that nor
 * the opposite can be shown: what is accepted as disjoint is.
 * @param definition  with sound conditions
 * @param path        where the definition's rules lie in the input
 * @param budget      what the search may cost, shared with the definition's other checks
 */
export function checkDisjoint(
  definition: {
    readonly audience?: Condition;
    readonly attributes?: Attributes;
    readonly rules: readonly Pick<Rule, "key" | "when">[];
  },
  segmentOf: SegmentOf,
  checks: Checks,
  path: ErrorPath,
  budget: SearchBudget,
): void {
  const { audience, attributes, rules } = definition;
  const other = (j: number) => rules[j]?.key;
  const within = audience ? [termsOf(audience, segmentOf, budget)] : [];
  const terms = rules.map(({ when }) => termsOf(when, segmentOf, budget));
  const apart = apartBy(terms.map((each) => requiredValues(each, budget)));
  rules.forEach(({ when }, i) => {
    for (const [j, earlier] of terms.slice(0, i).entries()) {
      if (apart(j, i)) continue;
      const witness = witnessOfAll([...within, earlier, terms[i] ?? []], attributes ?? {}, budget);
      if (witness.status === "undecided") {
        checks.report({ undecided_rules }, [...path, i, "when"], when, { other: other(j) });
        return;
      }
      if (witness.status !== "met") continue;
      const example = JSON.stringify(witness.context);
      checks.report({ overlapping_rules }, [...path, i, "when"], when, { example, other: other(j) });
      return;
    }
  });
}

function checkLayer({ key, ranges }: LayerSlot, checks: Checks): void {
  checks.key(key, ["layer", "key"]);
  let end = 0;
  const sorted = ranges.every(([from, to]) => {
    const after = from >= end && to > from;
    end = to;
    return after;
  });
  if (!sorted) checks.report({ invalid_layer_ranges }, ["layer", "ranges"], ranges);
}

function checkPrerequisites(prerequisites: readonly Prerequisite[], checks: Checks): void {
  prerequisites.forEach(({ experiment, variants = [] }, i) => {
    checks.key(experiment, ["prerequisites", i, "experiment"]);
    checks.keys(variants, (j) => ["prerequisites", i, "variants", j]);
  });
}

function checkSchedule(schedule: Schedule, checks: Checks): void {
  for (const name of ["from", "until"] as const)
    if (schedule[name] !== undefined && Number.isNaN(instantOf(schedule[name])))
      checks.report({ invalid_instant }, ["schedule", name], schedule[name]);
  if (instantOf(schedule.until) <= instantOf(schedule.from))
    checks.report({ schedule_reversed }, ["schedule", "until"], schedule.until);
}

function checkOverrides(
  overrides: NonNullable<Definition["overrides"]>,
  variants: ReadonlySet<string> | undefined,
  checks: Checks,
): void {
  const seen = new Set<string>();
  overrides.forEach(({ unitId, variant }, i) => {
    if (seen.has(unitId)) checks.report({ duplicate_key }, ["overrides", i, "unitId"], unitId);
    seen.add(unitId);
    if (variants) checks.variant(variant, ["overrides", i, "variant"], variants);
  });
}
