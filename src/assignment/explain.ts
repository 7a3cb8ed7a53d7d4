import type { Assignment, Decided } from "../core/assignment.js";
import type { Catalogue } from "../core/catalogue.js";
import type { Condition } from "../core/condition.js";
import type { Definition } from "../core/definition.js";
import { POINTS } from "../core/points.js";
import { toldTime } from "../core/told-time.js";
import { conditionReader } from "../definition/compile-condition.js";
import { requireArray, requireMethod, requireObject } from "../errors/index.js";
import { gates as all, compileGates, type Gate, type GateName } from "../gates/compile-gates.js";
import { holdoutsOf } from "../gates/holdouts-of.js";
import { experimentReader, readHoldouts } from "../gates/read-experiment.js";
import { rolledOut } from "../gates/rolled-out.js";
import { COVERAGE, HOLDOUT, hashOf, LAYER, pointsOf, RULE, seedOf, VARIANT } from "../hash/seed.js";
import { word } from "../shapes/reader.js";
import type { CallOptions } from "./call-options.js";
import type { Assigner } from "./create-assigner.js";

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
  | { readonly step: "rollout"; readonly variant: string }
  | { readonly step: "decision"; readonly variant: string | null; readonly reason: string }
  | { readonly step: "policy"; readonly policy: string }
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
 * @returns the assignment, as `enter` gives it, and the steps
 * @throws ExperimentError as `assigner.enter`; `missing_value`, `wrong_type` or `invalid_argument` within ["assigner"]
 *   for what is not one, its catalogue included
 */
export function explain(
  assigner: Assigner,
  experiment: string,
  context: object,
  options: CallOptions = {},
): Explanation {
  requireMethod(assigner, ["assigner"], "enter");
  const { catalogue } = assigner;
  requireObject(catalogue, ["assigner", "catalogue"]);
  requireArray(catalogue.experiments, ["assigner", "catalogue", "experiments"]);
  const place = ["assigner", "catalogue"];
  if (catalogue.holdouts !== undefined) readHoldouts(catalogue.holdouts, [...place, "holdouts"]);
  const keys = catalogue.experiments.map((each) => each?.key);
  const i = keys.indexOf(word(...keys)(experiment, ["experiment"]));
  const definition = catalogue.experiments[i]!;
  const read = experimentReader(catalogue.segments)(definition, [...place, "experiments", i]);
  const assignment = assigner.enter(experiment, context, options);
  const asked: Asked = {
    definition,
    catalogue,
    unitId: assignment.unitId,
    context,
    segments: { ...catalogue.segments, ...definition.segments },
    wanted: options?.overrides?.[experiment],
    now: toldTime(options?.now),
    decisions: options?.decisions,
    reached: new Map(
      (definition.prerequisites ?? []).map(({ experiment: other }) => [
        other,
        assigner.enter(other, context, options),
      ]),
    ),
  };
  return { assignment, steps: [...stepsOf(compileGates(read, catalogue), asked)] };
}

/** What is asked about, and what is told of the gates. */
interface Asked {
  readonly definition: Definition<string, unknown>;
  readonly catalogue: Catalogue;
  readonly unitId: string;
  readonly context: object;
  readonly segments: Segments;
  /** The variant that the call wants. */
  readonly wanted: string | undefined;
  /** The unit's decision, if the call brought one. */
  readonly carried?: Decided | undefined;
  readonly decisions: readonly Decided[] | undefined;
  /** NaN where the call brought no time. */
  readonly now: number;
  readonly reached: ReadonlyMap<string, Assignment<string, unknown>>;
}

type Untold<S = ExplainedStep> = S extends unknown ? Omit<S, "passed"> : never;
type Tell = (asked: Asked) => readonly Untold[];

/** What is told of each gate beside whether the unit passes it: one for each time that the experiment has the gate. */
const told: { readonly [gate: string]: Tell } = {
  status: ({ definition: { status = "running", ...definition } }) => {
    const rollout = rolledOut({ status, ...definition });
    return [{ step: "status", status, ...(rollout === undefined ? {} : { rollout }) }];
  },
  // The decision that the call brought is told from the assignment that carries it.
  decision: ({ carried }) =>
    carried ? [{ step: "decision", variant: carried.variant, reason: carried.reason }] : [],
  // Without a time the unit was given something before the schedule was asked.
  schedule: ({ definition: { schedule, status }, now }) =>
    schedule && status !== "stopped" && !Number.isNaN(now)
      ? [{ step: "schedule", ...schedule, now: new Date(now).toISOString() }]
      : [],
  holdout: ({ definition, catalogue, unitId }) =>
    holdoutsOf(definition, catalogue).map(({ key, share }) => ({
      step: "holdout",
      holdout: key,
      point: pointsOf(key, HOLDOUT)(unitId),
      share,
    })),
  layer: ({ definition: { layer, status }, unitId }) =>
    layer && status !== "stopped"
      ? [
          {
            step: "layer",
            layer: layer.key,
            point: pointsOf(layer.key, LAYER)(unitId),
            ranges: layer.ranges.map(([from, to]) => [from / POINTS, to / POINTS]),
          },
        ]
      : [],
  prerequisite: ({ definition: { prerequisites = [] }, reached }) =>
    prerequisites.map(({ experiment }) => ({
      step: "prerequisite",
      experiment,
      assignment: reached.get(experiment)!,
    })),
  audience: ({ definition: { audience }, context, segments }) =>
    audience ? [{ step: "audience", outcome: outcomeOf(audience, context, segments) }] : [],
  rollout: ({ definition }) => {
    const variant = rolledOut(definition);
    return variant === undefined ? [] : [{ step: "rollout", variant }];
  },
  coverage: ({ definition: { salt, coverage }, unitId }) => [
    { step: "coverage", point: pointsOf(salt, COVERAGE)(unitId), coverage },
  ],
  rule: ({ definition: { salt, rules = [] }, unitId, context, segments }) =>
    rules.map(({ key, when, holdback }) => ({
      step: "rule",
      rule: key,
      outcome: outcomeOf(when, context, segments),
      point: pointsOf(salt, RULE)(unitId),
      holdback,
    })),
} satisfies { readonly [S in Exclude<GateName, "override" | "policy">]: Tell };

/** Asks every gate of the experiment, as `assign` does up to the one that decides. */
function* stepsOf(gates: readonly Gate[], asked: Asked): Generator<ExplainedStep> {
  const { definition, unitId, context, wanted, now, reached, decisions } = asked;
  const { key, salt, ranges } = definition;
  const overrides = wanted === undefined ? undefined : { [key]: wanted };
  const call = { now, overrides, ...(decisions && { decisions }) };
  for (const name of Object.keys(all)) {
    const asks = gates.flatMap(([each, ask]) => (each === name ? [ask] : []));
    const first = name === "override" || name === "decision" ? asks[0]?.(unitId, context, call) : true;
    if (name === "override") {
      const variant = typeof first === "object" && "payload" in first ? first.key : undefined;
      if (wanted !== undefined && wanted !== variant)
        yield { step: "override", passed: false, variant: wanted };
      if (variant !== undefined) yield { step: "override", passed: true, variant };
    }
    const carried = typeof first === "object" && "reason" in first ? first : undefined;
    for (const [i, facts] of told[name]?.({ ...asked, carried }).entries() ?? []) {
      // A gate that every unit passes is not among the experiment's.
      const ruling = asks[i]?.(unitId, context, call, reached) ?? true;
      const met = name === "rule" && ruling !== true;
      const heldBack =
        typeof ruling === "object" && ("awaits" in ruling || ("heldBack" in ruling && ruling.heldBack));
      const awaits = name === "prerequisite" && typeof ruling === "object";
      yield { ...facts, passed: name === "rule" ? met && !heldBack : !!ruling && !awaits };
      if (name === "rollout") return;
      if (met) break;
    }
  }
  if (definition.policy !== "fixed") {
    yield { step: "policy", passed: true, policy: definition.policy };
    return;
  }
  const hash = hashOf(seedOf(salt, VARIANT), unitId);
  const { from, to, variant } = ranges.find((range) => hash < range.to)!;
  const range = { from: from / POINTS, to: to / POINTS, variant };
  yield { step: "allocation", passed: true, point: hash / POINTS, range };
}

function outcomeOf(clause: Condition, context: object, segments: Segments): ClauseOutcome {
  const holds = conditionReader(segments)(clause, [])(context);
  const inner = (each: Condition) => outcomeOf(each, context, segments);
  if ("all" in clause) return { clause, holds, parts: clause.all.map(inner) };
  if ("any" in clause) return { clause, holds, parts: clause.any.map(inner) };
  if ("not" in clause) return { clause, holds, parts: [inner(clause.not)] };
  if ("segment" in clause) return { clause, holds, parts: [inner(segments[clause.segment]!)] };
  return { clause, holds, received: Reflect.get(context, clause.attribute) };
}
