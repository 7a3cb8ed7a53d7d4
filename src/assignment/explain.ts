import type { Assignment } from "../core/assignment.js";
import type { Condition } from "../core/condition.js";
import type { Definition } from "../core/definition.js";
import { POINTS } from "../core/points.js";
import { conditionReader } from "../definition/compile-condition.js";
import { instantOf } from "../definition/instant.js";
import { requireArray, requireMethod, requireObject } from "../errors/index.js";
import { COVERAGE, HOLDOUT, hashOf, LAYER, pointOf, RULE, seedOf, VARIANT } from "../hash/seed.js";
import { word } from "../shapes/reader.js";
import type { CallOptions } from "./call-options.js";
import type { Assigner } from "./create-assigner.js";
import { forcedVariant, holdoutsOf, rolledOut } from "./eligibility.js";
import { experimentReader, readHoldouts } from "./read-experiment.js";

type Segments = { readonly [name: string]: Condition };

/** One clause of a condition and whether this unit meets it. */
export interface ClauseOutcome {
  readonly clause: Condition;
  readonly holds: boolean;
  /** Value of the attribute tested, as received. */
  readonly received?: unknown;
  readonly parts?: readonly ClauseOutcome[];
}

/** One step on the way to an assignment, in the order in which they are taken. */
export type ExplainedStep = {
  readonly passed: boolean;
} /** Not passed: the call's override names no variant and was ignored. */ & (
  | { readonly step: "override"; readonly variant: string }
  | { readonly step: "status"; readonly status: string; readonly rollout?: string }
  | { readonly step: "schedule"; readonly from?: string; readonly until?: string; readonly now: string }
  | { readonly step: "holdout"; readonly holdout: string; readonly point: number; readonly share: number }
  | {
      readonly step: "layer";
      readonly layer: string;
      readonly point: number;
      readonly ranges: readonly (readonly [from: number, to: number])[];
    }
  | {
      readonly step: "prerequisite";
      readonly experiment: string;
      readonly assignment: Assignment<string, unknown>;
    }
  | { readonly step: "audience"; readonly outcome: ClauseOutcome }
  | { readonly step: "coverage"; readonly point: number; readonly coverage: number }
  | {
      readonly step: "rule";
      readonly rule: string;
      readonly outcome: ClauseOutcome;
      readonly point: number;
      readonly holdback: number;
    }
  | {
      readonly step: "allocation";
      readonly point: number;
      readonly range: { readonly from: number; readonly to: number; readonly variant: string };
    }
);

/** Why a unit got what it got. */
export interface Explanation {
  readonly assignment: Assignment<string, unknown>;
  /** Every step that applies to the experiment, also those after the one that decided; points are fractions in [0, 1). */
  readonly steps: readonly ExplainedStep[];
}

/**
 * The whole tree of reasons behind one assignment: the clause of the audience that failed, the layer's slot, the
 * holdout, the points and ranges. Apart from the assigner, so that it costs nothing unless imported.
 * @param assigner    from `createAssigner`
 * @param experiment  a key of its catalogue
 * @param context     as for `assign`
 * @param options     as for `assign`
 * @returns the assignment, as `assign` gives it, and the steps
 * @throws ExperimentError as `assigner.assign`; `missing_value`, `wrong_type` or `invalid_argument` within ["assigner"]
 *   for what is not one, its catalogue included
 */
export function explain(
  assigner: Assigner,
  experiment: string,
  context: object,
  options: CallOptions = {},
): Explanation {
  requireMethod(assigner, ["assigner"], "assign");
  const { catalogue } = assigner;
  requireObject(catalogue, ["assigner", "catalogue"]);
  requireArray(catalogue.experiments, ["assigner", "catalogue", "experiments"]);
  const place = ["assigner", "catalogue"];
  readHoldouts(catalogue.holdouts ?? [], [...place, "holdouts"]);
  const keys = catalogue.experiments.map((each) => each?.key);
  const i = keys.indexOf(word(...keys)(experiment, ["experiment"]));
  const definition = catalogue.experiments[i]!;
  experimentReader(catalogue.segments)(definition, [...place, "experiments", i]);
  const assignment = assigner.assign(experiment, context, options);
  const { unitId } = assignment;
  const { status = "running", schedule, layer, audience, coverage, salt } = definition;
  const segments: Segments = { ...catalogue.segments, ...definition.segments };
  const rollout = rolledOut(definition);
  const steps: ExplainedStep[] = [];

  const wanted = options?.overrides?.[experiment];
  const forced = forcedVariant(
    definition,
    new Set<unknown>(definition.variants.map(({ key }) => key)),
    unitId,
    wanted,
  );
  if (wanted !== undefined && wanted !== forced)
    steps.push({ step: "override", passed: false, variant: wanted });
  if (forced !== undefined) steps.push({ step: "override", passed: true, variant: forced });
  steps.push({
    step: "status",
    passed: status === "running" || rollout !== undefined,
    status,
    ...(rollout === undefined ? {} : { rollout }),
  });
  if (schedule && rollout === undefined) {
    const now = instantOf(options?.now);
    if (!Number.isNaN(now))
      steps.push({
        step: "schedule",
        passed: now >= instantOf(schedule.from ?? -Infinity) && now < instantOf(schedule.until ?? Infinity),
        ...schedule,
        now: new Date(now).toISOString(),
      });
  }
  for (const { key: holdout, share } of holdoutsOf(catalogue, definition)) {
    const point = pointOf(seedOf(holdout, HOLDOUT), unitId);
    steps.push({ step: "holdout", passed: point >= share, holdout, point, share });
  }
  if (layer && rollout === undefined) {
    const point = pointOf(seedOf(layer.key, LAYER), unitId);
    const ranges = layer.ranges.map(([from, to]): [number, number] => [from / POINTS, to / POINTS]);
    const passed = ranges.some(([from, to]) => point >= from && point < to);
    steps.push({ step: "layer", passed, layer: layer.key, point, ranges });
  }
  for (const { experiment: other, variants } of definition.prerequisites ?? []) {
    const reached = assigner.assign(other, context, options);
    const passed = reached.variant !== null && (!variants || variants.includes(reached.variant));
    steps.push({ step: "prerequisite", passed, experiment: other, assignment: reached });
  }
  if (audience) {
    const outcome = outcomeOf(audience, context, segments);
    steps.push({ step: "audience", passed: outcome.holds, outcome });
  }
  if (rollout === undefined)
    steps.push(...randomSteps(definition, unitId, context, segments, coverage, salt));
  return { assignment, steps };
}

function randomSteps(
  definition: Definition<string, unknown>,
  unitId: string,
  context: object,
  segments: Segments,
  coverage: number,
  salt: string,
): ExplainedStep[] {
  const covered = pointOf(seedOf(salt, COVERAGE), unitId);
  const steps: ExplainedStep[] = [{ step: "coverage", passed: covered < coverage, point: covered, coverage }];
  const held = pointOf(seedOf(salt, RULE), unitId);
  for (const { key, when, holdback } of definition.rules ?? []) {
    const outcome = outcomeOf(when, context, segments);
    steps.push({
      step: "rule",
      passed: outcome.holds && held >= holdback,
      rule: key,
      outcome,
      point: held,
      holdback,
    });
    if (outcome.holds) break;
  }
  const hash = hashOf(seedOf(salt, VARIANT), unitId);
  const { from, to, variant } = definition.ranges.find((range) => hash < range.to)!;
  const range = { from: from / POINTS, to: to / POINTS, variant };
  return [...steps, { step: "allocation", passed: true, point: hash / POINTS, range }];
}

function outcomeOf(clause: Condition, context: object, segments: Segments): ClauseOutcome {
  const holds = conditionReader(segments)(clause, [])(context);
  const inner = (each: Condition) => outcomeOf(each, context, segments);
  if ("all" in clause) return { clause, holds, parts: clause.all.map(inner) };
  if ("any" in clause) return { clause, holds, parts: clause.any.map(inner) };
  if ("not" in clause) return { clause, holds, parts: [inner(clause.not)] };
  if ("segment" in clause) return { clause, holds, parts: [inner(segments[clause.segment]!)] };
  return { clause, holds, received: (context as Record<string, unknown>)[clause.attribute] };
}
