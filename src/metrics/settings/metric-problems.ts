import type { MetricDefinition } from "../../core/metric-definition.js";
import { microsecondsIn } from "../../core/period.js";
import {
  duplicate_key,
  type ErrorPath,
  missing_value,
  nearName,
  not_a_period,
  not_a_sum,
  not_adjustable,
  out_of_range,
  outcome_covariate,
  type Problem,
  problem,
  unknown_name,
  zero_weight,
} from "../../errors/index.js";
import type { Fields, FieldsType } from "../../shapes/index.js";
import { metricSettings, summedTypes, unadjustedTypes } from "./metric-settings.js";
import { reasonsOf } from "./reasons-of.js";
import { whereProblems } from "./where.js";

/** What a metric's shape does not say of its settings. */
interface MetricCheck<M extends MetricDefinition = MetricDefinition> {
  problems(metric: M, metrics: readonly MetricDefinition[], path: ErrorPath): Problem[];
}

const allSettings: Readonly<Record<string, Fields>> = metricSettings;

const summed = ({ type }: MetricDefinition): boolean => summedTypes.includes(type);

/** The weights of a metric that adds up others. */
const weights: MetricCheck<MetricDefinition & FieldsType<typeof metricSettings.overall>> = {
  problems({ of }, metrics, path) {
    const known = metrics.filter(summed).map(({ key }) => key);
    const parts = Object.entries(of);
    if (parts.length === 0) return [problem({ missing_value }, [...path, "of"], of, { known })];
    return parts.flatMap(([key, weight]) => {
      const at = [...path, "of", key];
      const part = metrics.find((metric) => metric.key === key);
      if (!part) return [problem({ unknown_name }, at, key, nearName(key, known))];
      if (!summed(part)) return [problem({ not_a_sum }, at, key, { known, other: part.type })];
      return weight === 0 ? [problem({ zero_weight }, at, weight)] : [];
    });
  },
};

/** Days that end before they begin. */
const dayRange: MetricCheck<MetricDefinition & FieldsType<typeof metricSettings.retention>> = {
  problems({ days }, _, path) {
    if (typeof days === "number") return [];
    const [first, last] = days;
    return last < first
      ? [problem({ out_of_range }, [...path, "days", 1], last, { expected: { atLeast: first } })]
      : [];
  },
};

const checks: Readonly<Record<string, MetricCheck>> = { overall: weights, retention: dayRange };

/** The columns of a wide table that a metric's values are read from. */
function columnsOf(metric: MetricDefinition): readonly string[] {
  const named = (from: object) =>
    "column" in from && typeof from.column === "string" ? from.column : metric.key;
  if (allSettings[metric.type]?.column !== undefined) return [named(metric)];
  return Object.entries(metric).flatMap(([side, from]) =>
    side === "numerator" || side === "denominator" ? [named(from)] : [],
  );
}

interface Windowed {
  readonly where?: unknown;
  readonly window?: { readonly from?: number; readonly to?: number };
}

interface WindowedMetric extends MetricDefinition, Windowed {
  readonly numerator?: Windowed;
  readonly denominator?: Windowed;
}

/** Windows that say nothing, or end before they begin; conditions that a query cannot ask. */
function windowProblems(metric: WindowedMetric, path: ErrorPath): Problem[] {
  const { numerator = {}, denominator = {} } = metric;
  return Object.entries({ "": metric, numerator, denominator }).flatMap(([side, { window, where }]) => {
    const here = [...path, ...(side ? [side] : [])];
    const found = windowProblem(window, [...here, "window"]);
    return where === undefined ? found : [...found, ...whereProblems(where, [...here, "where"])];
  });
}

function windowProblem(window: Windowed["window"], at: ErrorPath): Problem[] {
  if (!window) return [];
  const { from, to } = window;
  if (from === undefined && to === undefined)
    return [problem({ missing_value }, at, window, { known: ["from", "to"] })];
  return from !== undefined && to !== undefined && to <= from
    ? [problem({ out_of_range }, [...at, "to"], to, { expected: { above: from } })]
    : [];
}

/** Covariates of a type that takes none. */
function plainProblems({ type, covariates }: MetricDefinition, path: ErrorPath): Problem[] {
  return covariates && unadjustedTypes.includes(type)
    ? [problem({ not_adjustable }, [...path, "covariates"], covariates, { other: type })]
    : [];
}

/** Covariates that the variant may move, that are there twice, or whose period is not one. */
function covariateProblems(
  { covariates = [] }: MetricDefinition,
  metrics: readonly MetricDefinition[],
  path: ErrorPath,
): Problem[] {
  const names = covariates.map((each) => JSON.stringify(each));
  return covariates.flatMap((covariate, i) => {
    const [[kind = "", name = ""] = []] = Object.entries(covariate);
    const at = [...path, "covariates", i, kind];
    if (names.slice(0, i).includes(JSON.stringify(covariate))) return [problem({ duplicate_key }, at, name)];
    if (kind === "before") return microsecondsIn(name) ? [] : [problem({ not_a_period }, at, name)];
    const other = metrics.find((metric) => columnsOf(metric).includes(name));
    return other ? [problem({ outcome_covariate }, at, name, { other: other.key })] : [];
  });
}

/** Reasons that are no metrics, are there twice, or are not one number per unit. */
function reasonProblems(
  metric: MetricDefinition,
  metrics: readonly MetricDefinition[],
  path: ErrorPath,
): Problem[] {
  const own = reasonsOf(metric);
  const known = metrics.filter((each) => summed(each) && each.key !== metric.key).map(({ key }) => key);
  return own.flatMap((key, i) => {
    const at = [...path, "reasons", i];
    if (key === metric.key || own.indexOf(key) < i) return [problem({ duplicate_key }, at, key)];
    const part = metrics.find((each) => each.key === key);
    if (!part) return [problem({ unknown_name }, at, key, nearName(key, known))];
    return summed(part) ? [] : [problem({ not_a_sum }, at, key, { known, other: part.type })];
  });
}

/**
 * What the shape of a metric does not say: that the metrics it names exist, and can be what it makes of them; that its
 * covariates are not outcomes, and that its windows are some time.
 * @param metric   a metric whose shape was checked
 * @param metrics  all metrics of its definition
 * @param path     where the metric stands
 * @returns `missing_value`, `unknown_name`, `not_a_sum` or `zero_weight`; `not_adjustable`, `duplicate_key`, `not_a_period` or
 *   `outcome_covariate`; `missing_value` or `out_of_range` for a window; `duplicate_key`, `unknown_name` or `not_a_sum`
 *   for reasons; each at its place
 */
export function metricProblems(
  metric: MetricDefinition,
  metrics: readonly MetricDefinition[],
  path: ErrorPath,
): Problem[] {
  return [
    ...plainProblems(metric, path),
    ...covariateProblems(metric, metrics, path),
    ...windowProblems(metric, path),
    ...reasonProblems(metric, metrics, path),
    ...(checks[metric.type]?.problems(metric, metrics, path) ?? []),
  ];
}
