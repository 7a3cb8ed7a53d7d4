import type { Assignment } from "../core/assignment.js";
import type { Catalogue } from "../core/catalogue.js";
import type { Condition } from "../core/condition.js";
import type { Definition } from "../core/definition.js";
import { compileCondition } from "../definition/compile-condition.js";
import { instantOf } from "../definition/instant.js";
import { ExperimentError, missing_now } from "../errors/index.js";
import { HOLDOUT, hashOf, LAYER, pointOf, RULE, seedOf } from "../hash/seed.js";
import type { CallOptions } from "./call-options.js";
import { compileAllocation, type Enrolled, type NotEnrolled } from "./compile-allocation.js";
import { forcedVariant, holdoutsOf, rolledOut } from "./eligibility.js";
import { unitIdOf } from "./unit-id.js";

/** Assignments of one unit that are known already, by experiment. */
export type Reached = ReadonlyMap<string, Assignment<string, unknown>>;

/** One compiled experiment: its assignment, or undefined as long as an experiment that it needs is not in `reached`. */
export type Resolve = (
  context: object,
  call: CallOptions | undefined,
  reached: Reached | undefined,
) => Assignment<string, unknown> | undefined;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Gate = (
  unitId: string,
  context: object,
  call: CallOptions | undefined,
  reached: Reached | undefined,
) => boolean | undefined;

/** Looks at one part of the definition: returns what `look` finds there, and throws if that is nothing. */
export type Check = <T>(part: string, look: () => T) => T;

/**
 * Compiles one experiment of a catalogue. A unit passes, in this order: overrides, status, schedule, holdouts, layer,
 * prerequisites, audience, coverage, rules, allocation. A stopped experiment with a rollout keeps
 * holdouts, prerequisites and audience.
 * @param check      does every look that can fail, so that the place is known
 * @param onIgnored  told of an override of the call that names no variant; throws nothing
 * @throws Error of any kind for what cannot be compiled, or would fail or be ignored later for some units only;
 *   `createAssigner` gives it its type and the place
 */
export function compileExperiment(
  definition: Definition<string, unknown>,
  catalogue: Catalogue,
  check: Check,
  onIgnored: (experiment: string, override: unknown) => void,
): Resolve {
  const {
    key: experiment,
    version: definitionVersion,
    status,
    schedule,
    layer,
    audience,
    overrides = [],
  } = definition;
  const isFraction = (value: number) => typeof value === "number" && value >= 0 && value <= 1;
  const [allocate, wrong, arms, variantSeed] = compileAllocation(definition);
  check(wrong || "coverage", () => !wrong && isFraction(definition.coverage));
  check("attributes", () => definition.attributes !== null);
  const armOf = (variant: string) => arms.get(variant)!;
  const refuse = (unitId: string, reason: NotEnrolled["reason"]): NotEnrolled => ({
    experiment,
    definitionVersion,
    unitId,
    payload: armOf(definition.control).payload,
    enrolled: false,
    variant: null,
    reason,
  });
  const give = (unitId: string, variant: string, reason: Enrolled["reason"]): Enrolled => ({
    experiment,
    definitionVersion,
    unitId,
    payload: armOf(variant).payload,
    enrolled: true,
    variant,
    reason,
    point: pointOf(variantSeed, unitId),
    propensity: 1,
  });
  const compile = (condition: Condition) =>
    compileCondition(
      condition,
      (name) =>
        // A definition's own segments come first; names such as "toString" are nobody's.
        [definition, catalogue].find(({ segments }) => segments && Object.hasOwn(segments, name))?.segments?.[
          name
        ],
    );
  const rollout = rolledOut(definition);
  const gates: [NotEnrolled["reason"], Gate][] = [];

  if (rollout) check("rollout", () => arms.has(rollout));
  else {
    if (status && status !== "running") gates.push(["status", () => false]);
    if (schedule) {
      const from = instantOf(schedule.from ?? -Infinity);
      const until = instantOf(schedule.until ?? Infinity);
      check("schedule", () => from < until);
      gates.push([
        "schedule",
        (_, __, call) => {
          const now = instantOf(call?.now);
          if (!(now < Infinity)) throw new ExperimentError({ missing_now }, ["now"], call?.now);
          return now >= from && now < until;
        },
      ]);
    }
  }
  for (const { key, share } of holdoutsOf(catalogue, definition)) {
    const seed = seedOf(key, HOLDOUT);
    gates.push(["holdout", (unitId) => pointOf(seed, unitId) >= share]);
  }
  if (layer && !rollout) {
    const { key, ranges } = layer;
    check("layer", () => ranges.every(([from, to]) => from >= 0 && to > from));
    const seed = seedOf(key, LAYER);
    gates.push([
      "layer",
      (unitId) => {
        const hash = hashOf(seed, unitId);
        return ranges.some(([from, to]) => hash >= from && hash < to);
      },
    ]);
  }
  for (const { experiment: other, variants } of definition.prerequisites ?? [])
    gates.push([
      "prerequisite",
      (_, __, ___, reached) => {
        const found = reached?.get(other);
        return found && found.variant !== null && (!variants || variants.includes(found.variant));
      },
    ]);
  if (audience !== undefined) {
    const meets = check("audience", () => compile(audience));
    gates.push(["audience", (_, context) => meets(context)]);
  }
  const rules = definition.rules?.map((rule) => {
    check("rules", () => arms.has(rule.variant) && isFraction(rule.holdback));
    return { ...rule, meets: compile(rule.when) };
  });
  const ruleSeed = seedOf(definition.salt, RULE);
  check("overrides", () => overrides.every(({ variant }) => arms.has(variant)));

  return (context, call, reached) => {
    const unitId = unitIdOf(definition.unit, context);
    const wanted = call?.overrides?.[experiment];
    const forced = forcedVariant(definition, arms as ReadonlyMap<unknown, unknown>, unitId, wanted);
    if (wanted !== undefined && wanted !== forced) onIgnored(experiment, wanted);
    if (forced !== undefined) return give(unitId, forced, "override");
    for (const [reason, passes] of gates) {
      const passed = passes(unitId, context, call, reached);
      if (!passed) return passed === undefined ? passed : refuse(unitId, reason);
    }
    if (rollout) return give(unitId, rollout, "rollout");
    const allocated = allocate(unitId);
    const rule = allocated.enrolled && rules?.find(({ meets }) => meets(context));
    if (!rule) return allocated;
    const { key, variant, holdback } = rule;
    const heldBack = pointOf(ruleSeed, unitId) < holdback;
    const assignment: Mutable<Enrolled> = heldBack ? allocated : give(unitId, variant, "rule");
    assignment.propensity =
      armOf(assignment.variant).propensity * holdback + (assignment.variant === variant ? 1 - holdback : 0);
    assignment.rule = key;
    assignment.heldBack = heldBack;
    return assignment;
  };
}
