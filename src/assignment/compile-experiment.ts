import type { Assignment } from "../core/assignment.js";
import type { Catalogue } from "../core/catalogue.js";
import type { Condition } from "../core/condition.js";
import type { Definition } from "../core/definition.js";
import { missing_now } from "../core/errors.js";
import { ExperimentError } from "../core/experiment-error.js";
import { compileCondition } from "../definition/compile-condition.js";
import { instantOf } from "../definition/instant.js";
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
  reached: Reached,
) => Assignment<string, unknown> | undefined;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Gate = (
  unitId: string,
  context: object,
  call: CallOptions | undefined,
  reached: Reached,
) => boolean | undefined;

/**
 * Compiles one experiment of a catalogue. A unit passes, in this order: overrides, status, schedule, holdouts, layer,
 * prerequisites, audience, coverage, rules, allocation. A stopped experiment with a rollout keeps
 * holdouts, prerequisites and audience.
 * @param part       told which part of the definition is looked at next
 * @param onIgnored  told of an override of the call that names no variant; throws nothing
 * @throws Error of any kind for what cannot be compiled, or would fail or be ignored later for some units only;
 *   `createAssigner` gives it its type and the place
 */
export function compileExperiment(
  definition: Definition<string, unknown>,
  catalogue: Catalogue,
  part: (name: string) => void,
  onIgnored: (experiment: string, override: unknown) => void,
): Resolve {
  const { key: experiment, unit, status, schedule, layer, overrides = [], coverage } = definition;
  const need = (name: string, sound: unknown) => {
    part(name);
    if (!sound) throw Error(name);
  };
  const isFraction = (value: number) => value >= 0 && value <= 1 && typeof value === "number";
  const [allocate, arms, variantSeed, wrong] = compileAllocation(definition);
  const definitionVersion = definition.version;
  need(wrong || "coverage", !wrong && isFraction(coverage));
  need("attributes", definition.attributes !== null);
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
    compileCondition(condition, (name) => {
      const { segments } = Object.hasOwn(definition.segments ?? {}, name) ? definition : catalogue;
      return Object.hasOwn(segments ?? {}, name) ? segments?.[name] : undefined;
    });
  const rollout = rolledOut(definition);
  const gates: [Gate, NotEnrolled["reason"]][] = [];
  const gate = (reason: NotEnrolled["reason"], passes: Gate) => gates.push([passes, reason]);

  if (rollout) need("rollout", arms.has(rollout));
  else {
    if (status && status !== "running") gate("status", () => false);
    if (schedule) {
      const from = instantOf(schedule.from ?? -Infinity);
      const until = instantOf(schedule.until ?? Infinity);
      need("schedule", from < until);
      gate("schedule", (_, __, call) => {
        const now = instantOf(call?.now);
        if (!(now < Infinity)) throw new ExperimentError({ missing_now }, ["now"], call?.now);
        return now >= from && now < until;
      });
    }
  }
  for (const { key, share } of holdoutsOf(catalogue, definition)) {
    const seed = seedOf(key, HOLDOUT);
    gate("holdout", (unitId) => pointOf(seed, unitId) >= share);
  }
  if (layer && !rollout) {
    const seed = seedOf(layer.key, LAYER);
    const { ranges } = layer;
    part("layer");
    need(
      "layer",
      ranges.every(([from, to]) => from >= 0 && to > from),
    );
    gate("layer", (unitId) => {
      const hash = hashOf(seed, unitId);
      return ranges.some(([start, end]) => hash >= start && hash < end);
    });
  }
  for (const { experiment: other, variants } of definition.prerequisites ?? [])
    gate("prerequisite", (_, __, ___, reached) => {
      const found = reached.get(other);
      return found && found.variant !== null && (!variants || variants.includes(found.variant));
    });
  if (definition.audience !== undefined) {
    part("audience");
    const meets = compile(definition.audience);
    gate("audience", (_, context) => meets(context));
  }
  const rules = definition.rules?.map((rule) => {
    need("rules", arms.has(rule.variant) && isFraction(rule.holdback));
    return { ...rule, meets: compile(rule.when) };
  });
  const ruleSeed = seedOf(definition.salt, RULE);
  for (const { variant } of overrides) need("overrides", arms.has(variant));

  return (context, call, reached) => {
    const unitId = unitIdOf(unit, context);
    const wanted = call?.overrides?.[experiment];
    if (wanted !== undefined && !arms.has(wanted)) onIgnored(experiment, wanted);
    const forced = forcedVariant(definition, unitId, call);
    if (forced !== undefined) return give(unitId, forced, "override");
    for (const [passes, reason] of gates) {
      const passed = passes(unitId, context, call, reached);
      if (!passed) return passed === undefined ? undefined : refuse(unitId, reason);
    }
    if (rollout) return give(unitId, rollout, "rollout");
    const assignment = allocate(unitId) as Mutable<Enrolled>;
    if (!assignment.enrolled) return assignment;
    const rule = rules?.find(({ meets }) => meets(context));
    if (rule) {
      const { key, variant, holdback } = rule;
      const heldBack = pointOf(ruleSeed, unitId) < holdback;
      if (!heldBack) {
        assignment.variant = variant;
        assignment.payload = armOf(variant).payload;
        assignment.reason = "rule";
      }
      assignment.propensity =
        armOf(assignment.variant).propensity * holdback + (assignment.variant === variant ? 1 - holdback : 0);
      assignment.rule = key;
      assignment.heldBack = heldBack;
    }
    return assignment;
  };
}
