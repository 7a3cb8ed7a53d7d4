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
 * @param check      does every look at a part of the definition, and throws at what could not be compiled, or would fail
 *   or be ignored later for some units only
 * @param onIgnored  told of an override of the call that names no variant; throws nothing
 */
export function compileExperiment(
  definition: Definition<string, unknown>,
  catalogue: Catalogue,
  check: Check,
  onIgnored: (experiment: string, override: unknown) => void,
): Resolve {
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
    layer = { key: "", ranges: [] },
    prerequisites = [],
    schedule = {},
    status = "running",
    rollout,
    overrides = [],
    factors,
    design,
    ...unknown
  } = definition;
  for (const part in unknown) check(part, () => unknown[part as never] === undefined);
  const [allocate, wrong, arms, variantSeed] = check("variants", () => compileAllocation(definition));
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
  const [start, end] = check("schedule", () => {
    const { from = -Infinity, until = Infinity, ...rest } = schedule;
    const bounds = [instantOf(from), instantOf(until)] as const;
    return isEmpty(rest) && bounds[0] < bounds[1] && bounds;
  });
  check("layer", () => {
    const { key, ranges, ...rest } = layer;
    return typeof key === "string" && ranges.every(([from, to]) => from >= 0 && to > from) && isEmpty(rest);
  });
  const layerSeed = seedOf(layer.key, LAYER);
  check("prerequisites", () =>
    prerequisites.every(({ experiment, variants = [], ...rest }) => variants.every(isText) && isEmpty(rest)),
  );
  const compile = (condition: Condition) =>
    compileCondition(condition, { ...catalogue.segments, ...segments });
  const meets = check("audience", () => audience === undefined || compile(audience)) as Predicate;
  const compiled = check("rules", () =>
    rules.map(({ key, when, variant, holdback, ...rest }) => {
      if (!(isText(key) && arms.has(variant) && isShare(holdback) && isEmpty(rest))) throw Error(key);
      return { key, variant, holdback, meets: compile(when) };
    }),
  );
  const forced = check(
    "overrides",
    () =>
      new Map(
        overrides.map(({ unitId, variant, ...rest }) => {
          if (!(isText(unitId) && arms.has(variant) && isEmpty(rest))) throw Error(unitId);
          return [unitId, variant];
        }),
      ),
  );
  const winner = status === "stopped" && arms.get(rollout);
  const holdouts = holdoutsOf(catalogue, definition).map(
    ({ key, share }) => [seedOf(key, HOLDOUT), share] as const,
  );
  const ruleSeed = seedOf(salt, RULE);
  const refuse = (unitId: string, reason: NotEnrolled["reason"]): NotEnrolled => ({
    experiment,
    definitionVersion,
    unitId,
    payload: arms.get(control)!.payload,
    enrolled: false,
    variant: null,
    reason,
  });
  const give = (
    unitId: string,
    { key: variant, payload }: Arm,
    reason: Enrolled["reason"],
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

  return (context, call, reached) => {
    const unitId = unitIdOf(unit, context);
    const wanted = call?.overrides?.[experiment];
    const own = arms.get(wanted) ?? arms.get(forced.get(unitId));
    if (wanted !== undefined && wanted !== own?.key) onIgnored(experiment, wanted);
    if (own) return give(unitId, own, "override");
    if (!winner) {
      if (status !== "running") return refuse(unitId, "status");
      if (definition.schedule) {
        const now = instantOf(call?.now);
        if (!(now < Infinity)) throw new ExperimentError({ missing_now }, ["now"], call?.now);
        if (!(now >= start && now < end)) return refuse(unitId, "schedule");
      }
    }
    if (holdouts.some(([seed, share]) => pointOf(seed, unitId) < share)) return refuse(unitId, "holdout");
    if (definition.layer && !winner) {
      const point = pointOf(layerSeed, unitId);
      if (!layer.ranges.some(([from, to]) => point >= from / POINTS && point < to / POINTS))
        return refuse(unitId, "layer");
    }
    for (const { experiment: other, variants } of prerequisites) {
      const found = reached?.get(other);
      if (!found) return other;
      if (found.variant === null || (variants && !variants.includes(found.variant)))
        return refuse(unitId, "prerequisite");
    }
    if (audience && !meets(context)) return refuse(unitId, "audience");
    if (winner) return give(unitId, winner, "rollout");
    const allocated = allocate(unitId);
    const rule = allocated.enrolled && compiled.find(({ meets }) => meets(context));
    if (!rule) return allocated;
    const { key, variant, holdback } = rule;
    const heldBack = pointOf(ruleSeed, unitId) < holdback;
    const arm = arms.get(heldBack ? allocated.variant : variant)!;
    return {
      ...give(
        unitId,
        arm,
        heldBack ? "allocated" : "rule",
        arm.share * holdback + (arm.key === variant ? 1 - holdback : 0),
      ),
      rule: key,
      heldBack,
    };
  };
}
