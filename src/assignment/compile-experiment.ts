import type { Assignment } from "../core/assignment.js";
import type { Catalogue } from "../core/catalogue.js";
import type { Definition } from "../core/definition.js";
import { ExperimentError, missing_now } from "../errors/index.js";
import { HOLDOUT, LAYER, pointsOf, RULE } from "../hash/seed.js";
import type { CallOptions } from "./call-options.js";
import { compileAllocation } from "./compile-allocation.js";
import { holdoutsOf } from "./eligibility.js";
import type { ReadExperiment } from "./read-experiment.js";
import type { Sticky } from "./sticky.js";
import { unitIdOf } from "./unit-id.js";

/** Assignments of one unit that are known already, by experiment. */
export type Reached = ReadonlyMap<string, Assignment<string, unknown>>;

type Enrolled = Extract<Assignment<string, unknown>, { readonly enrolled: true }>;

/** A call's options, read. */
export interface Call {
  readonly now?: number;
  readonly overrides?: CallOptions["overrides"];
}

/** One compiled experiment: its assignment, or the key of an experiment that it needs first and that is not in `reached`. */
export type Resolve = (
  context: object,
  call: Call | undefined,
  reached: Reached | undefined,
) => Assignment<string, unknown> | string;

/**
 * Compiles one experiment of a catalogue. A unit passes, in this order: overrides, status, schedule, holdouts, layer,
 * prerequisites, audience, coverage, rules, allocation. A stopped experiment with a rollout keeps
 * holdouts, prerequisites and audience.
 * @param definition  the experiment
 * @param made        the same, read
 * @param catalogue   what it shares with others
 * @param sticky      what becomes of its fresh assignments, if that is not nothing
 * @returns what assigns a unit
 */
export function compileExperiment(
  definition: Definition<string, unknown>,
  {
    key: experiment,
    salt,
    unit,
    variants: arms,
    ranges,
    control,
    audience: meets,
    rules = [],
    layer,
    prerequisites = [],
    schedule,
    status = "running",
    rollout,
    overrides = [],
  }: ReadExperiment,
  catalogue: Catalogue,
  sticky: Sticky | undefined,
): Resolve {
  const [allocate, give] = compileAllocation(definition, ranges, control);
  const forced = new Map(overrides.map(({ unitId, variant }) => [unitId, variant]));
  const winner = status === "stopped" && rollout;
  const holdouts = holdoutsOf(catalogue, definition).map(
    ({ key, share }) => [pointsOf(key, HOLDOUT), share] as const,
  );
  const layerPoint = layer && pointsOf(layer.key, LAYER);
  const rulePoint = pointsOf(salt, RULE);

  const keep = sticky?.(definition);
  const decide: Resolve = (context, call, reached) => {
    const unitId = unitIdOf(unit, context);
    const wanted = arms.get(call?.overrides?.[experiment]) ?? forced.get(unitId);
    if (wanted) return give(unitId, "override", wanted);
    if (!winner) {
      if (status !== "running") return give(unitId, "status");
      if (schedule) {
        if (call?.now === undefined) throw new ExperimentError({ missing_now }, ["now"]);
        if (!schedule(call.now)) return give(unitId, "schedule");
      }
    }
    if (holdouts.some(([point, share]) => point(unitId) < share)) return give(unitId, "holdout");
    if (layer && !winner) {
      const point = layerPoint!(unitId);
      if (!layer.ranges.some((holds) => holds(point))) return give(unitId, "layer");
    }
    for (const { experiment: other, variants } of prerequisites) {
      const found = reached?.get(other);
      if (!found) return other;
      if (!(variants?.includes(found.variant!) ?? found.enrolled)) return give(unitId, "prerequisite");
    }
    if (meets && !meets(context)) return give(unitId, "audience");
    if (winner) return give(unitId, "rollout", winner);
    const allocated = allocate(unitId);
    const rule = allocated.enrolled && rules.find(({ when }) => when(context));
    if (!rule) return allocated;
    const { key, variant, holdback } = rule;
    const heldBack = rulePoint(unitId) < holdback;
    const made = (heldBack ? allocated : give(unitId, "rule", variant, variant.share)) as Enrolled;
    return {
      ...made,
      propensity: made.propensity * holdback + (made.variant === variant.key ? 1 - holdback : 0),
      rule: key,
      heldBack,
    };
  };
  return keep
    ? (context, call, reached) => {
        const made = decide(context, call, reached);
        return typeof made === "string" ? made : keep(made);
      }
    : decide;
}
