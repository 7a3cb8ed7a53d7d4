import type { Assignment } from "../core/assignment.js";
import type { Catalogue } from "../core/catalogue.js";
import type { Condition } from "../core/condition.js";
import type { Definition } from "../core/definition.js";
import { POINTS } from "../core/points.js";
import { compileCondition, type Predicate } from "../definition/compile-condition.js";
import { instantOf } from "../definition/instant.js";
import { ExperimentError, invalid_definition, missing_now } from "../errors/index.js";
import { HOLDOUT, LAYER, pointsOf, RULE } from "../hash/seed.js";
import type { CallOptions } from "./call-options.js";
import { checkParts, isShare, isText, listOf, optional, type Test, type Tests } from "./check-parts.js";
import { compileAllocation } from "./compile-allocation.js";
import { holdoutsOf } from "./eligibility.js";
import type { Sticky } from "./sticky.js";
import { unitIdOf } from "./unit-id.js";

/** Assignments of one unit that are known already, by experiment. */
export type Reached = ReadonlyMap<string, Assignment<string, unknown>>;

/** One compiled experiment: its assignment, or the key of an experiment that it needs first and that is not in `reached`. */
export type Resolve = (
  context: object,
  call: CallOptions | undefined,
  reached: Reached | undefined,
) => Assignment<string, unknown> | string;

/** @returns the test of one of many parts, which is all there may be */
export const fields = (tests: Tests) => checkParts({ invalid_definition }, [], tests);

/**
 * Compiles one experiment of a catalogue. A unit passes, in this order: overrides, status, schedule, holdouts, layer,
 * prerequisites, audience, coverage, rules, allocation. A stopped experiment with a rollout keeps
 * holdouts, prerequisites and audience.
 * @param definition  the experiment, or whatever stands in its place
 * @param catalogue   what it shares with others
 * @param path        where it lies
 * @param isKey       whether it can be named so beside the others
 * @param sticky      what becomes of its fresh assignments, if that is not nothing
 * @returns what assigns a unit, the variants by key, what it needs first and its unit; a tuple, whose names cost no bytes
 * @throws ExperimentError `invalid_definition` at a part that could not be compiled, or that would fail or be ignored
 *   later for some units only
 */
export function compileExperiment(
  definition: Definition<string, unknown>,
  catalogue: Catalogue,
  path: readonly (string | number)[],
  isKey: Test,
  sticky: Sticky | undefined,
) {
  const {
    key: experiment,
    salt,
    unit,
    variants,
    ranges,
    segments,
    rules = [],
    layer,
    prerequisites = [],
    schedule,
    status = "running",
    rollout,
    overrides = [],
  }: Definition<string, unknown> = Object(definition);
  const check = (tests: Tests, others: object) =>
    checkParts({ invalid_definition }, path, tests)(definition, others);
  check(
    {
      key: isKey,
      variants: listOf(fields({ key: isText, payload: (payload) => payload !== undefined })),
      ranges: listOf(fields({ from: true, to: true, variant: true })),
    },
    {},
  );
  const [sound, more, allocate, give, arms] = compileAllocation(definition);
  const isArm: Test = (variant) => arms.has(variant);
  const compile = (condition: Condition) =>
    compileCondition(condition, { ...catalogue.segments, ...segments });
  let meets: Predicate | undefined;
  const conditions: Predicate[] = [];
  const { from = -Infinity, until = Infinity } = schedule ?? {};
  const start = instantOf(from);
  const end = instantOf(until);
  check(
    {
      ...sound,
      unit: isText,
      coverage: isShare,
      attributes: (attributes) => attributes !== null,
      variants: new Set(ranges.map(({ variant }) => variant)).size === variants.length,
      audience: optional((condition) => (meets = compile(condition))),
      rules: optional(
        listOf(
          fields({
            key: isText,
            when: (condition) => conditions.push(compile(condition)),
            variant: isArm,
            holdback: isShare,
          }),
        ),
      ),
      ruleOrder: true,
      layer: optional(
        fields({
          key: isText,
          ranges: (ranges) => ranges.every(([from, to]: [number, number]) => from >= 0 && to > from),
        }),
      ),
      prerequisites: optional(listOf(fields({ experiment: isText, variants: optional(listOf(isText)) }))),
      schedule: optional((schedule) => fields({ from: true, until: true })(schedule) && start < end),
      status: optional((status) => /^(draft|running|paused|stopped)$/.test(status)),
      rollout: optional(isArm),
      overrides: optional(listOf(fields({ unitId: isText, variant: isArm }))),
    },
    more,
  );
  const forced = new Map(overrides.map(({ unitId, variant }) => [unitId, arms.get(variant)!]));
  const winner = status === "stopped" && arms.get(rollout);
  const holdouts = holdoutsOf(catalogue, definition).map(
    ({ key, share }) => [pointsOf(key, HOLDOUT), share] as const,
  );
  const layerPoint = layer && pointsOf(layer.key, LAYER);
  const rulePoint = pointsOf(salt, RULE);

  const keep = sticky?.(definition);
  const decide: Resolve = (context, call, reached) => {
    const unitId = unitIdOf(unit, context);
    const own = arms.get(call?.overrides?.[experiment]) ?? forced.get(unitId);
    if (own) return give(unitId, "override", own);
    if (!winner) {
      if (status !== "running") return give(unitId, "status");
      if (schedule) {
        const now = instantOf(call?.now);
        if (!(now < Infinity)) throw new ExperimentError({ missing_now }, ["now"], call?.now);
        if (!(now >= start && now < end)) return give(unitId, "schedule");
      }
    }
    if (holdouts.some(([point, share]) => point(unitId) < share)) return give(unitId, "holdout");
    if (layer && !winner) {
      const hash = layerPoint!(unitId) * POINTS;
      if (!layer.ranges.some(([from, to]) => hash >= from && hash < to)) return give(unitId, "layer");
    }
    for (const { experiment: other, variants } of prerequisites) {
      const found = reached?.get(other);
      if (!found) return other;
      if (!(variants?.includes(found.variant!) ?? found.enrolled)) return give(unitId, "prerequisite");
    }
    if (meets && !meets(context)) return give(unitId, "audience");
    if (winner) return give(unitId, "rollout", winner);
    const allocated = allocate(unitId);
    const rule = allocated.enrolled && rules.find((_, i) => conditions[i]!(context));
    if (!rule) return allocated;
    const { key, variant, holdback } = rule;
    const heldBack = rulePoint(unitId) < holdback;
    const arm = arms.get(heldBack ? allocated.variant : variant)!;
    return {
      ...give(
        unitId,
        heldBack ? "allocated" : "rule",
        arm,
        arm.share * holdback + (arm.key === variant ? 1 - holdback : 0),
      ),
      rule: key,
      heldBack,
    } as Assignment<string, unknown>;
  };
  const resolve: Resolve = keep
    ? (context, call, reached) => {
        const made = decide(context, call, reached);
        return typeof made === "string" ? made : keep(made);
      }
    : decide;
  return [resolve, arms, prerequisites, unit] as const;
}
