import type { Attributes, Condition } from "../core/condition.js";
import { POINTS } from "../core/points.js";
import {
  duplicate_key,
  type ErrorPath,
  invalid_instant,
  invalid_layer_ranges,
  out_of_range,
  overlapping_rules,
  schedule_reversed,
  too_deep,
  undecided_rules,
} from "../errors/index.js";
import { type Checks, DEEPEST_CONDITION, isRecord, type Loose } from "./checks.js";
import type { SegmentOf } from "./compile-condition.js";
import { checkAttributes, checkCondition } from "./condition-problems.js";
import { instantOf } from "./instant.js";
import { apartBy, requiredValues, type SearchBudget, searchBudget, witnessOf } from "./witness.js";

/** Problems of everything in a definition that decides who gets what beyond the split. */
export function checkTargeting(definition: Loose, variants: ReadonlySet<unknown>, checks: Checks): void {
  const { attributes, segments, audience, rules, ruleOrder, schedule, status, rollout, overrides } =
    definition;
  const declared =
    attributes !== undefined && checkAttributes(attributes, checks) ? (attributes as Attributes) : undefined;
  const segmentOf =
    segments !== undefined && checks.record(segments, ["segments"])
      ? checkSegments(segments, declared, checks)
      : () => undefined;
  const budget = searchBudget();
  const sound =
    audience === undefined || checkCondition(audience, ["audience"], checks, segmentOf, declared, budget);
  if (rules !== undefined && checks.list(rules, ["rules"])) {
    const met = checkRules(rules, variants, checks, segmentOf, declared, budget);
    if (met && sound && ruleOrder !== "first")
      checkDisjoint(definition as never, segmentOf, checks, ["rules"], budget);
  }
  if (ruleOrder !== undefined) checks.oneOf(ruleOrder, ["ruleOrder"], ["disjoint", "first"]);
  if (definition.layer !== undefined) checkLayer(definition.layer, checks);
  if (definition.prerequisites !== undefined) checkPrerequisites(definition.prerequisites, checks);
  if (schedule !== undefined) checkSchedule(schedule, checks);
  if (status !== undefined) checks.oneOf(status, ["status"], ["draft", "running", "paused", "stopped"]);
  if (rollout !== undefined) checks.variant(rollout, ["rollout"], variants);
  if (overrides !== undefined && checks.list(overrides, ["overrides"]))
    checkOverrides(overrides, variants, checks);
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
  rules: readonly unknown[],
  variants: ReadonlySet<unknown>,
  checks: Checks,
  segmentOf: SegmentOf,
  attributes: Attributes | undefined,
  budget: SearchBudget,
): boolean {
  const before = checks.reports;
  if (rules.length > 100)
    return checks.report({ out_of_range }, ["rules"], rules, { detail: "at most 100 rules" });
  checks.keys(
    rules.map((rule) => (isRecord(rule) ? rule.key : undefined)),
    (i) => ["rules", i, "key"],
  );
  rules.forEach((rule, i) => {
    if (!checks.record(rule, ["rules", i], ["key", "when", "variant", "holdback"])) return;
    checkCondition(rule.when, ["rules", i, "when"], checks, segmentOf, attributes, budget);
    checks.variant(rule.variant, ["rules", i, "variant"], variants);
    checks.openFraction(rule.holdback, ["rules", i, "holdback"]);
  });
  return checks.reports === before;
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
    readonly rules: readonly { readonly when: Condition }[];
  },
  segmentOf: SegmentOf,
  checks: Checks,
  path: ErrorPath,
  budget: SearchBudget,
): void {
  const { audience, attributes, rules } = definition;
  const within = audience ? [audience] : [];
  const required = rules.map(({ when }) => requiredValues(when, segmentOf, budget));
  const apart = apartBy(required, budget);
  rules.forEach(({ when }, i) => {
    for (const [j, earlier] of rules.slice(0, i).entries()) {
      if (apart(j, i)) continue;
      const witness = witnessOf({ all: [...within, earlier.when, when] }, segmentOf, attributes, budget);
      if (witness.status === "undecided") {
        checks.report({ undecided_rules }, [...path, i, "when"], when, {
          detail: `the earlier rule is number ${j + 1}`,
        });
        return;
      }
      if (witness.status !== "met") continue;
      const example = JSON.stringify(witness.context);
      checks.report({ overlapping_rules }, [...path, i, "when"], when, {
        detail: `a unit with ${example} meets both`,
      });
      return;
    }
  });
}

function checkLayer(layer: unknown, checks: Checks): void {
  if (!checks.record(layer, ["layer"], ["key", "ranges"])) return;
  checks.key(layer.key, ["layer", "key"]);
  if (!checks.list(layer.ranges, ["layer", "ranges"])) return;
  let end = 0;
  const sound = layer.ranges.every((range) => {
    const [from, to] = Array.isArray(range) ? range : [];
    const sorted = Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= end && to > from;
    end = to;
    return sorted;
  });
  if (!sound || end > POINTS) checks.report({ invalid_layer_ranges }, ["layer", "ranges"], layer.ranges);
}

function checkPrerequisites(prerequisites: unknown, checks: Checks): void {
  if (!checks.list(prerequisites, ["prerequisites"])) return;
  prerequisites.forEach((each, i) => {
    const path = ["prerequisites", i];
    if (!checks.record(each, path, ["experiment", "variants"])) return;
    checks.key(each.experiment, [...path, "experiment"]);
    if (each.variants !== undefined && checks.list(each.variants, [...path, "variants"]))
      checks.keys(each.variants, (j) => [...path, "variants", j]);
  });
}

function checkSchedule(schedule: unknown, checks: Checks): void {
  if (!checks.record(schedule, ["schedule"], ["from", "until"])) return;
  const [from, until] = ["from", "until"].map((name) => {
    const value = schedule[name];
    const instant = typeof value === "string" ? instantOf(value) : Number.NaN;
    if (value !== undefined && Number.isNaN(instant))
      checks.report({ invalid_instant }, ["schedule", name], value);
    return instant;
  });
  if (until! <= from!) checks.report({ schedule_reversed }, ["schedule", "until"], schedule.until);
}

function checkOverrides(overrides: readonly unknown[], variants: ReadonlySet<unknown>, checks: Checks): void {
  const seen = new Set<unknown>();
  overrides.forEach((each, i) => {
    const path = ["overrides", i];
    if (!checks.record(each, path, ["unitId", "variant"])) return;
    if (typeof each.unitId !== "string" || each.unitId === "")
      checks.mistyped([...path, "unitId"], each.unitId);
    else if (seen.has(each.unitId)) checks.report({ duplicate_key }, [...path, "unitId"], each.unitId);
    seen.add(each.unitId);
    checks.variant(each.variant, [...path, "variant"], variants);
  });
}
