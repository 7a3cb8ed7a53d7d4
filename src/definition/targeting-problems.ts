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
import { checkCondition } from "./condition-problems.js";
import { instantOf } from "./instant.js";
import { apartBy, requiredValues, type SearchBudget, searchBudget, witnessOf } from "./witness.js";

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
  const budget = searchBudget();
  const open =
    audience === undefined || checkCondition(audience, ["audience"], checks, segmentOf, declared, budget);
  if (Array.isArray(rules)) {
    const met = checkRules(rules, variants, checks, segmentOf, declared, budget);
    if (met && open && ruleOrder !== "first" && checks.sound("attributes"))
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
    if (!checks.sound(...path)) continue;
    if (checks.key(name, path) && checkCondition(segment, path, checks, () => undefined, attributes))
      sound.set(name, segment as Condition);
  }
  const segmentOf: SegmentOf = (name) => sound.get(name);
  for (const [name, segment] of sound)
    if (!endsWithin(DEEPEST_CONDITION, segment, segmentOf))
      checks.report({ too_deep }, ["segments", name], segment);
  return segmentOf;
}

/** Whether a condition, followed into its segments, is at most that deep; a segment that leads to itself is not. */
function endsWithin(levels: number, condition: Condition, segmentOf: SegmentOf): boolean {
  if (levels < 0) return false;
  const inner = (each: Condition) => endsWithin(levels - 1, each, segmentOf);
  if ("not" in condition) return inner(condition.not);
  if ("all" in condition) return condition.all.every(inner);
  if ("any" in condition) return condition.any.every(inner);
  if (!("segment" in condition)) return true;
  const segment = segmentOf(condition.segment);
  return segment === undefined || inner(segment);
}

function checkRules(
  rules: readonly Rule[],
  variants: ReadonlySet<string> | undefined,
  checks: Checks,
  segmentOf: SegmentOf,
  attributes: Attributes | undefined,
  budget: SearchBudget,
): boolean {
  const before = checks.reports;
  if (checks.sound("rules"))
    checks.keys(
      rules.map(({ key }) => key),
      (i) => ["rules", i, "key"],
    );
  rules.forEach((rule, i) => {
    if (!checks.sound("rules", i)) return;
    checkCondition(rule.when, ["rules", i, "when"], checks, segmentOf, attributes, budget);
    if (variants) checks.variant(rule.variant, ["rules", i, "variant"], variants);
  });
  return checks.reports === before && checks.sound("rules");
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
  const within = audience ? [audience] : [];
  const required = rules.map(({ when }) => requiredValues(when, segmentOf, budget));
  const apart = apartBy(required, budget);
  rules.forEach(({ when }, i) => {
    for (const [j, earlier] of rules.slice(0, i).entries()) {
      if (apart(j, i)) continue;
      const witness = witnessOf({ all: [...within, earlier.when, when] }, segmentOf, attributes, budget);
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
