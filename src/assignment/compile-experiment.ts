import type { Assignment } from "../core/assignment.js";
import type { Catalogue } from "../core/catalogue.js";
import type { Condition } from "../core/condition.js";
import type { Definition } from "../core/definition.js";
import { POINTS } from "../core/points.js";
import { compileCondition, type Predicate } from "../definition/compile-condition.js";
import { instantOf } from "../definition/instant.js";
import { ExperimentError, missing_now } from "../errors/index.js";
import { HOLDOUT, LAYER, pointOf, RULE, seedOf } from "../hash/seed.js";
import type { CallOptions } from "./call-options.js";
import { type Check, isEmpty, isShare, isText } from "./checker.js";
import { type Arm, compileAllocation } from "./compile-allocation.js";
import { holdoutsOf } from "./eligibility.js";
import { unitIdOf } from "./unit-id.js";

type Enrolled = Extract<Assignment<string, unknown>, { enrolled: true }>;
type NotEnrolled = Extract<Assignment<string, unknown>, { enrolled: false }>;

/** Assignments of one unit that are known already, by experiment. */
export type Reached = ReadonlyMap<string, Assignment<string, unknown>>;

/** One compiled experiment: its assignment, or the key of an experiment that it needs first and that is not in `reached`. */
export type Resolve = (
  context: object,
  call: CallOptions | undefined,
  reached: Reached | undefined,
) => Assignment<string, unknown> | string;

/**
 * Compiles one experiment of a catalogue. A unit passes, in this order: overrides, status, schedule, holdouts, layer,
 * prerequisites, audience, coverage, rules, allocation. A stopped experiment with a rollout keeps
 * holdouts, prerequisites and audience.
 * @param check  does every look at a part of the definition, and throws at what could not be compiled, or would fail
 *   or be ignored later for some units only
 * @returns what assigns a unit, the variants by key, and what it needs first; a tuple, whose names cost no bytes
 */
export function compileExperiment(
  definition: Definition<string, unknown>,
  catalogue: Catalogue,
  check: Check,
) {
  // Every key that there is, so that `unknown` holds the others.
  const {
    format,
    hash,
    key: experiment,
    version: definitionVersion,
    salt,
    unit,
    variants,
    ranges,
    coverage,
    control,
    policy,
    metrics,
    plan,
    attributes,
    segments,
    audience,
    rules = [],
    ruleOrder,
    layer,
    prerequisites = [],
    schedule,
    status = "running",
    rollout,
    overrides = [],
    factors,
    design,
    ...unknown
  } = definition;
  const [allocate, wrong, arms, variantSeed] = check("variants", () => compileAllocation(definition));
  for (const part in unknown) check(part, () => unknown[part as never] === undefined);
  check(wrong || "unit", () => !wrong && isText(unit));
  check(
    "variants",
    () =>
      variants.every(({ key, payload, ...rest }) => payload !== undefined && isEmpty(rest)) &&
      new Set(ranges.map(({ variant }) => variant)).size === variants.length,
  );
  check("ranges", () => ranges.every(({ from, to, variant, ...rest }) => isEmpty(rest)));
  check("coverage", () => isShare(coverage));
  check("attributes", () => attributes !== null);
  check("status", () => /^(draft|running|paused|stopped)$/.test(status));
  check("rollout", () => rollout === undefined || arms.has(rollout));
  let [start, end] = [-Infinity, Infinity];
  check("schedule", () => {
    if (schedule === undefined) return true;
    const { from, until, ...rest } = schedule;
    if (from !== undefined) start = instantOf(from);
    if (until !== undefined) end = instantOf(until);
    return isEmpty(rest) && start < end;
  });
  check("layer", () => {
    if (layer === undefined) return true;
    const { key, ranges, ...rest } = layer;
    return isText(key) && ranges.every(([from, to]) => from >= 0 && to > from) && isEmpty(rest);
  });
  check("prerequisites", () =>
    prerequisites.every(({ experiment, variants = [], ...rest }) => variants.every(isText) && isEmpty(rest)),
  );
  const compile = (condition: Condition) =>
    compileCondition(condition, { ...catalogue.segments, ...segments });
  const meets = check("audience", () => audience === undefined || compile(audience)) as Predicate;
  const conditions: Predicate[] = [];
  check("rules", () =>
    rules.every(
      ({ key, when, variant, holdback, ...rest }) =>
        isText(key) &&
        arms.has(variant) &&
        isShare(holdback) &&
        isEmpty(rest) &&
        conditions.push(compile(when)),
    ),
  );
  const forced = new Map<string, Arm | undefined>();
  check("overrides", () =>
    overrides.every(
      ({ unitId, variant, ...rest }) =>
        isText(unitId) && arms.has(variant) && isEmpty(rest) && forced.set(unitId, arms.get(variant)),
    ),
  );
  const winner = status === "stopped" && arms.get(rollout);
  const holdouts = holdoutsOf(catalogue, definition).map(
    ({ key, share }) => [seedOf(key, HOLDOUT), share] as const,
  );
  const layerSeed = layer && seedOf(layer.key, LAYER);
  const ruleSeed = seedOf(salt, RULE);

  const { payload } = arms.get(control)!;
  const refuse = (unitId: string, reason: NotEnrolled["reason"]): NotEnrolled => ({
    experiment,
    definitionVersion,
    unitId,
    payload,
    enrolled: false,
    variant: null,
    reason,
  });
  const give = (
    unitId: string,
    reason: Enrolled["reason"],
    { key: variant, payload }: Arm,
    propensity = 1,
  ): Enrolled => ({
    experiment,
    definitionVersion,
    unitId,
    payload,
    enrolled: true,
    variant,
    reason,
    point: pointOf(variantSeed, unitId),
    propensity,
  });

  const resolve: Resolve = (context, call, reached) => {
    const unitId = unitIdOf(unit, context);
    const own = (call && arms.get(call.overrides?.[experiment])) ?? (forced.size && forced.get(unitId));
    if (own) return give(unitId, "override", own);
    if (!winner) {
      if (status !== "running") return refuse(unitId, "status");
      if (schedule) {
        const now = instantOf(call?.now);
        if (!(now < Infinity)) throw new ExperimentError({ missing_now }, ["now"], call?.now);
        if (!(now >= start && now < end)) return refuse(unitId, "schedule");
      }
    }
    if (holdouts.some(([seed, share]) => pointOf(seed, unitId) < share)) return refuse(unitId, "holdout");
    if (layer && !winner) {
      const hash = pointOf(layerSeed!, unitId) * POINTS;
      if (!layer.ranges.some(([from, to]) => hash >= from && hash < to)) return refuse(unitId, "layer");
    }
    for (const { experiment: other, variants } of prerequisites) {
      const found = reached?.get(other);
      if (!found) return other;
      if (found.variant === null || (variants && !variants.includes(found.variant)))
        return refuse(unitId, "prerequisite");
    }
    if (audience && !meets(context)) return refuse(unitId, "audience");
    if (winner) return give(unitId, "rollout", winner);
    const allocated = allocate(unitId);
    const rule = allocated.enrolled && rules.find((_, i) => conditions[i]!(context));
    if (!rule) return allocated;
    const { key, variant, holdback } = rule;
    const heldBack = pointOf(ruleSeed, unitId) < holdback;
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
    };
  };
  return [resolve, arms, prerequisites, unit] as const;
}
