import type { DimensionOrder } from "../core/cells.js";
import type { Definition } from "../core/definition.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import {
  duplicate_key,
  type ErrorPath,
  errorOf,
  nearName,
  no_metrics,
  type Problem,
  plan_changed,
  problem,
  requireMethod,
  unknown_name,
} from "../errors/index.js";
import { type FieldsFor, type Shape, shapeProblems } from "../shapes/index.js";
import type { Correction, DecisionCorrection } from "../stats/index.js";
import type { AnalyzeRequest } from "./analyze-request.js";
import { requireBanditRun } from "./bandit-run/require-bandit-run.js";
import type { Contrast } from "./comparison.js";
import { parseLookHistory } from "./looks/look-history.js";
import { requireDefinition } from "./require-definition.js";

/** A request checked against its definition, defaults filled in. */
export interface AnalysisPlan {
  readonly definition: Definition;
  readonly metrics: readonly MetricDefinition[];
  readonly contrasts: readonly Contrast[];
  readonly dimensions: readonly string[];
  readonly grains: readonly (readonly string[])[];
  /** Dimensions of the source whose levels have an order. */
  readonly ordered: Readonly<Record<string, DimensionOrder>>;
  readonly level: number;
  /** Over goals × treatments. */
  readonly decisions: DecisionCorrection;
  /** Over other questions that are few: the same, or Holm's where that is of treatments alone. */
  readonly macro: Correction;
  readonly micro: Correction;
}

function duplicates(list: readonly string[], path: ErrorPath, problems: Problem[]): void {
  list.forEach((each, at) => {
    if (list.indexOf(each) !== at) problems.push(problem({ duplicate_key }, [...path, at], each));
  });
}

function contrastsOf(
  { experiment, contrasts = [] }: AnalyzeRequest,
  problems: Problem[],
): readonly Contrast[] {
  const variants = experiment.variants.map((variant) => variant.key);
  const all: Contrast[] = variants
    .filter((variant) => variant !== experiment.control)
    .map((variant) => [experiment.control, variant] as const);
  contrasts.forEach((contrast, at) => {
    contrast.forEach((variant, side) => {
      if (!variants.includes(variant))
        problems.push(
          problem({ unknown_name }, ["contrasts", at, side], variant, nearName(variant, variants)),
        );
    });
    if (contrast[0] === contrast[1])
      problems.push(problem({ duplicate_key }, ["contrasts", at, 1], contrast[1]));
    else if (!all.some(([a, b]) => a === contrast[0] && b === contrast[1]))
      all.push([contrast[0], contrast[1]]);
  });
  return all;
}

const texts = { kind: "list", of: { kind: "text" } } as const;
const orderedShape = {
  kind: "map",
  of: {
    kind: "object",
    has: { levels: { ...texts, optional: true }, randomized: { kind: "flag", optional: true } },
  },
  optional: true,
} as const satisfies Shape;
const requestFields = {
  experiment: { kind: "anything" },
  source: { kind: "anything" },
  metrics: { ...texts, optional: true },
  dimensions: { ...texts, optional: true },
  combinations: { kind: "list", of: texts, optional: true },
  contrasts: {
    kind: "list",
    of: { kind: "tuple", of: [{ kind: "text" }, { kind: "text" }] },
    optional: true,
  },
  level: { kind: "number", above: 0, below: 1, optional: true },
  earlier: { kind: "list", of: { kind: "anything" }, optional: true },
  bandit: { kind: "anything", optional: true },
  history: { kind: "anything", optional: true },
  onProgress: { kind: "function", optional: true },
  signal: { kind: "anything", optional: true },
} as const satisfies FieldsFor<AnalyzeRequest>;

/** @returns the request with its defaults; throws every problem of the request at once */
export function readRequest(request: AnalyzeRequest): AnalysisPlan {
  const problems = shapeProblems(request, { kind: "object", has: requestFields });
  // Of a level out of range, the rest can still be told.
  if (problems.some(({ path }) => path[0] !== "level")) throw errorOf(problems);
  requireDefinition(request.experiment, ["experiment"]);
  for (const [i, each] of (request.earlier ?? []).entries()) requireDefinition(each, ["earlier", i]);
  requireMethod(request.source, ["source"], "read");
  const declared = shapeProblems(request.source.dimensions, { ...texts, optional: true }, [
    "source",
    "dimensions",
  ]);
  if (declared.length > 0) throw errorOf(declared);
  const ordered = shapeProblems(request.source.ordered, orderedShape, ["source", "ordered"]);
  if (ordered.length > 0) throw errorOf(ordered);
  if (request.bandit !== undefined) requireBanditRun(request.bandit, ["bandit"], request.experiment);
  const { history } = request;
  const known =
    history === undefined || history === null ? undefined : parseLookHistory(history, request.experiment);
  if (request.signal !== undefined)
    for (const method of ["throwIfAborted", "addEventListener"])
      requireMethod(request.signal, ["signal"], method);
  const { experiment: definition, dimensions = [] } = request;
  const keys = request.metrics ?? definition.metrics.map((metric) => metric.key);
  duplicates(keys, ["metrics"], problems);
  const metrics = keys.flatMap((key, at) => {
    const metric = definition.metrics.find((each) => each.key === key);
    if (!metric)
      problems.push(
        problem(
          { unknown_name },
          ["metrics", at],
          key,
          nearName(
            key,
            definition.metrics.map((each) => each.key),
          ),
        ),
      );
    return metric ? [metric] : [];
  });
  if (keys.length === 0) problems.push(problem({ no_metrics }, ["metrics"], keys));
  duplicates(dimensions, ["dimensions"], problems);
  const combinations = request.combinations ?? (dimensions.length > 1 ? [dimensions] : []);
  combinations.forEach((combination, at) => {
    duplicates(combination, ["combinations", at], problems);
    combination.forEach((dimension, place) => {
      if (!dimensions.includes(dimension))
        problems.push(
          problem({ unknown_name }, ["combinations", at, place], dimension, nearName(dimension, dimensions)),
        );
    });
  });
  const level = request.level ?? definition.plan.level;
  if (known && known.level !== level)
    problems.push(problem({ plan_changed }, ["level"], level, { other: String(known.level) }));
  const decisions = definition.plan.macro as DecisionCorrection;
  const contrasts = contrastsOf(request, problems);
  if (problems.length > 0) throw errorOf(problems);
  return {
    definition,
    metrics,
    contrasts,
    dimensions,
    ordered: request.source.ordered ?? {},
    grains: [
      ...dimensions.map((dimension) => [dimension]),
      ...combinations.filter((each) => each.length > 1),
    ],
    level,
    decisions,
    macro: decisions === "dunnett" ? "holm" : decisions,
    micro: definition.plan.micro as Correction,
  };
}
