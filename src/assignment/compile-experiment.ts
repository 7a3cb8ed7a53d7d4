import type { Assignment } from "../core/assignment.js";
import type { Catalogue } from "../core/catalogue.js";
import type { Condition } from "../core/condition.js";
import type { Definition } from "../core/definition.js";
import { missing_now, unknown_key } from "../core/errors.js";
import { ExperimentError } from "../core/experiment-error.js";
import { compileCondition } from "../definition/compile-condition.js";
import { instantOf } from "../definition/instant.js";
import { HOLDOUT, hashOf, LAYER, pointOf, RULE, seedOf } from "../hash/seed.js";
import type { CallOptions } from "./call-options.js";
import { compileAllocation, type Enrolled, type NotEnrolled } from "./compile-allocation.js";
import { forcedVariant, holdoutsOf, rolledOut } from "./eligibility.js";
import { unitIdOf } from "./unit-id.js";

/** One compiled experiment. */
export type Resolve = (context: object, call?: CallOptions) => Assignment<string, unknown>;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Gate = (unitId: string, context: object, call: CallOptions | undefined) => boolean;

/**
 * Compiles one experiment of a catalogue. A unit passes, in this order: overrides, status, schedule, holdouts, layer,
 * prerequisites, audience, coverage, rules, allocation. A stopped experiment with a rollout keeps
 * holdouts, prerequisites and audience.
 * @param resolveOf  the other experiments, by key
 * @throws Error of any kind for what cannot be compiled; `createAssigner` gives it its type
 */
export function compileExperiment(
  definition: Definition<string, unknown>,
  catalogue: Catalogue,
  resolveOf: (key: string) => Resolve,
): Resolve {
  const { format, key: experiment, unit, status, schedule, layer } = definition;
  if (format !== "essai.experiment/1") throw new Error(format);
  const [allocate, arms, variantSeed] = compileAllocation(definition);
  const definitionVersion = definition.version;
  const refuse = (unitId: string, reason: NotEnrolled["reason"]): NotEnrolled => ({
    experiment,
    definitionVersion,
    unitId,
    payload: arms[definition.control]!.payload,
    enrolled: false,
    variant: null,
    reason,
  });
  const give = (unitId: string, variant: string, reason: Enrolled["reason"]): Enrolled => ({
    experiment,
    definitionVersion,
    unitId,
    payload: arms[variant]!.payload,
    enrolled: true,
    variant,
    reason,
    point: pointOf(variantSeed, unitId),
    propensity: 1,
  });
  const compile = (condition: Condition) =>
    compileCondition(condition, (name) => definition.segments?.[name] ?? catalogue.segments?.[name]);
  const rollout = rolledOut(definition);
  const gates: [Gate, NotEnrolled["reason"]][] = [];
  const gate = (reason: NotEnrolled["reason"], passes: Gate) => gates.push([passes, reason]);

  if (!rollout) {
    if (status && status !== "running") gate("status", () => false);
    if (schedule) {
      const from = instantOf(schedule.from ?? -Infinity);
      const until = instantOf(schedule.until ?? Infinity);
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
    gate("layer", (unitId) => {
      const hash = hashOf(seed, unitId);
      return layer.ranges.some(([start, end]) => hash >= start && hash < end);
    });
  }
  for (const { experiment: other, variants } of definition.prerequisites ?? []) {
    const resolve = resolveOf(other);
    gate("prerequisite", (_, context, call) => {
      const { variant } = resolve(context, call);
      return variants ? variants.includes(variant as string) : variant !== null;
    });
  }
  if (definition.audience) {
    const meets = compile(definition.audience);
    gate("audience", (_, context) => meets(context));
  }
  const rules = definition.rules?.map((rule) => ({ ...rule, meets: compile(rule.when) }));
  const ruleSeed = seedOf(definition.salt, RULE);

  return (context, call) => {
    const unitId = unitIdOf(unit, context);
    const forced = forcedVariant(definition, unitId, call);
    if (forced) {
      if (!Object.hasOwn(arms, forced)) throw new ExperimentError({ unknown_key }, [experiment], forced);
      return give(unitId, forced, "override");
    }
    for (const [passes, reason] of gates) if (!passes(unitId, context, call)) return refuse(unitId, reason);
    if (rollout) return give(unitId, rollout, "rollout");
    const assignment = allocate(unitId) as Mutable<Enrolled>;
    if (!assignment.enrolled) return assignment;
    const rule = rules?.find(({ meets }) => meets(context));
    if (rule) {
      const { key, variant, holdback } = rule;
      const heldBack = pointOf(ruleSeed, unitId) < holdback;
      if (!heldBack) {
        assignment.variant = variant;
        assignment.payload = arms[variant]!.payload;
        assignment.reason = "rule";
      }
      assignment.propensity =
        arms[assignment.variant]!.propensity * holdback + (assignment.variant === variant ? 1 - holdback : 0);
      assignment.rule = key;
      assignment.heldBack = heldBack;
    }
    return assignment;
  };
}
