import type { CellsRequest } from "../../core/cells.js";
import type {
  Duplicates,
  EventsMapping,
  ExposuresMapping,
  TableMapping,
  VariantColumn,
} from "../../core/data-mapping.js";
import {
  duplicate_column,
  type ErrorPath,
  errorOf,
  missing_column,
  nearName,
  type Problem,
  problem,
  unreadable_covariate,
  unreadable_where,
  unreadable_window,
} from "../../errors/index.js";
import { type AggregateName, aggregates } from "../aggregates/index.js";
import { type AggregateRequest, aggregatesOf, type Imputed } from "../aggregates-of.js";
import { metricTypeOf } from "../metric-type-of.js";
import { type PercentileCap, type Where, whereColumns } from "../settings/index.js";
import { microsecondsOf } from "./parse.js";

/** One per-unit value to compute; metrics that need the same one share it. */
export interface PerUnitValue {
  readonly of: AggregateName;
  readonly column: string;
  readonly event: string;
  /** Column of the events' amount. */
  readonly amount: string;
  /** Which of these events count; absent: all. */
  readonly where?: Where;
  /** Microseconds after the first exposure from which events count, < 0 for covariates. */
  readonly since: number;
  /** And at which they no longer do; absent: never. */
  readonly until?: number;
  /** Whether units that did not have all days until then have no such value. */
  readonly over?: true;
  /** Of a covariate's column: the number with 0 where it is missing, or 1 where it is missing and 0 elsewhere. */
  readonly imputed?: Imputed;
  /** First places that ask for its column and its amount, for messages. */
  readonly columnPath: ErrorPath;
  readonly amountPath: ErrorPath;
}

/** A part of a metric's value: one of the per-unit values, and what it is multiplied by. */
export interface ValueTerm {
  readonly at: number;
  readonly weight: number;
}

/** A metric, and what of the per-unit values its own are: sums of one or several terms. */
export interface MetricColumns {
  readonly key: string;
  readonly names: readonly string[];
  readonly values: readonly (readonly ValueTerm[])[];
  /** Of each value the largest that counts; undefined where there is none. */
  readonly caps: readonly (number | undefined)[];
  /** Of each value the percentile that its cap is yet to be found by; undefined where there is none. */
  readonly percentiles: readonly (PercentileCap | undefined)[];
  /** How many of its values are its own. */
  readonly own: number;
  /** How many are its own or reasons of them; the others are covariates, which no unit lacks. */
  readonly outcomes: number;
  readonly joint: boolean;
  /** Whether, of events, some units have no value of it: their days are not over. */
  readonly partial: boolean;
  readonly third: boolean;
  /** Whether how many units have which value is wanted. */
  readonly distribution: boolean;
  /** Whether something is decided by its amounts, so that it matters what few units do. */
  readonly heavy: boolean;
}

/** What a row says about a unit, as column names that exist. */
export interface UnitColumnNames {
  readonly variant: string;
  readonly unit?: string;
  readonly at?: string;
  readonly version?: string;
  /** In the request's order. */
  readonly dimensions: readonly string[];
}

/** Everything asked of a wide table, checked against its columns. */
export interface TableColumns extends UnitColumnNames {
  readonly duplicates?: Duplicates;
  readonly values: readonly PerUnitValue[];
  readonly metrics: readonly MetricColumns[];
}

/** Everything asked of exposures and events, checked against their columns. */
export interface EventsColumns {
  readonly exposures: UnitColumnNames & { readonly unit: string; readonly at: string };
  readonly events: {
    readonly unit: string;
    readonly at: string;
    readonly event: string;
    readonly id?: string;
  };
  /** Whether it matters when the data end. */
  readonly ending: boolean;
  /** When they do, in microseconds since 1970, where the mapping says so. */
  readonly end?: number;
  /** Columns that conditions on events name, each once, and whether as numbers. */
  readonly properties: readonly { readonly name: string; readonly numeric: boolean }[];
  /** Columns of the events' amounts, each once. */
  readonly amounts: readonly string[];
  readonly values: readonly PerUnitValue[];
  readonly metrics: readonly MetricColumns[];
}

/** A mapping's variant column in its long form. */
export function variantColumn(variant: string | VariantColumn): VariantColumn {
  return typeof variant === "string" ? { column: variant } : variant;
}

/** Collects the columns that are asked for but do not exist, or more than once: engines do not heed capitals. */
class Lookup {
  readonly problems: Problem[] = [];
  readonly #times = new Map<string, number>();
  /** @param made  columns that are not the table's own and are there nevertheless */
  constructor(
    readonly known: readonly string[],
    readonly made: readonly string[] = [],
  ) {
    for (const name of known) {
      const key = name.toLowerCase();
      this.#times.set(key, (this.#times.get(key) ?? 0) + 1);
    }
  }
  /** @param example  what to write where the name stands in the column's place and is not one */
  column(name: string, path: ErrorPath, example?: string): string {
    if (this.made.includes(name)) return name;
    if (!this.known.includes(name))
      this.problems.push(
        problem({ missing_column }, path, name, example ? { example } : nearName(name, this.known)),
      );
    else if ((this.#times.get(name.toLowerCase()) ?? 0) > 1)
      this.problems.push(problem({ duplicate_column }, path, name));
    return name;
  }
}

/** A dimension that is asked for by its own name or its column's and was written the wrong way round: the right one. */
function turned(
  names: Readonly<Record<string, string>>,
  name: string,
  known: readonly string[],
): string | undefined {
  const found = Object.entries(names).find(
    ([first, second]) => [first, second].includes(name) && known.includes(first) && !known.includes(second),
  );
  return found && `{${JSON.stringify(found[1])}: ${JSON.stringify(found[0])}}`;
}

function unitColumns(
  mapping: TableMapping | ExposuresMapping,
  request: CellsRequest,
  lookup: Lookup,
  path: ErrorPath,
): UnitColumnNames {
  const { variant, version, unit, dimensions = [] } = mapping;
  const names = Array.isArray(dimensions)
    ? Object.fromEntries((dimensions as readonly string[]).map((name) => [name, name]))
    : Object.fromEntries(
        Object.entries(dimensions).map(([name, column]) => [
          name,
          typeof column === "string" ? column : column.column,
        ]),
      );
  const long = typeof variant === "string" ? [] : ["column"];
  return {
    variant: lookup.column(variantColumn(variant).column, [...path, "variant", ...long]),
    ...(unit === undefined ? {} : { unit: lookup.column(unit, [...path, "unit"]) }),
    ...("at" in mapping ? { at: lookup.column(mapping.at, [...path, "at"]) } : {}),
    ...(version === undefined ? {} : { version: lookup.column(version, [...path, "version"]) }),
    dimensions: request.dimensions.map((name) =>
      Object.hasOwn(names, name)
        ? lookup.column(
            names[name] as string,
            [...path, "dimensions", name],
            turned(names, name, lookup.known),
          )
        : lookup.column(name, ["dimensions", name], turned(names, name, lookup.known)),
    ),
  };
}

/** The distinct per-unit values of all metrics; `same` says what makes two the same. */
function valuesOf(
  request: CellsRequest,
  defaultAmount: string,
  same: (value: PerUnitValue) => string,
  window?: number,
) {
  const values: PerUnitValue[] = [];
  const seen = new Map<string, number>();
  const placeOf = (request: AggregateRequest): number => {
    const { weight: _, value, path, since = 0, until = window, ...asked } = request;
    const here = ["metrics", ...path];
    const one: PerUnitValue = {
      ...{ ...asked, since, ...(until === undefined ? {} : { until }) },
      ...{ amount: value ?? defaultAmount, columnPath: [...here, "column"] },
      amountPath: value === undefined ? ["data", "events", "value"] : [...here, "value"],
    };
    const key = same(one);
    const at = seen.get(key) ?? values.push(one) - 1;
    seen.set(key, at);
    return at;
  };
  const metrics = request.metrics.map((metric): MetricColumns => {
    const asked = aggregatesOf(metric, request.definition.metrics);
    const { joint, third, distribution = false } = metricTypeOf(metric);
    const outcomes = asked.filter(({ covariate }) => !covariate).length;
    const own = asked.filter(({ covariate, reason }) => !covariate && !reason).length;
    const more = asked.length > own;
    return {
      ...{ key: metric.key, own, outcomes, joint: joint || more, third: third || more, distribution },
      partial: asked.some(({ terms }) => terms.some(({ over }) => over)),
      heavy: third && metric.role !== "diagnostic",
      names: asked.map(({ name }) => name),
      caps: asked.map(({ cap }) => (typeof cap === "number" ? cap : undefined)),
      percentiles: asked.map(({ cap }) => (typeof cap === "number" ? undefined : cap)),
      values: asked.map(({ terms }) => terms.map((term) => ({ at: placeOf(term), weight: term.weight }))),
    };
  });
  return { values, metrics };
}

/** Covariates of a kind that the data do not have, each told once. */
function unreadable(
  values: readonly PerUnitValue[],
  is: (value: PerUnitValue) => boolean,
  key: "column" | "before",
  other: "column" | "before",
): Problem[] {
  const paths = values.filter(is).map(({ columnPath }) => columnPath.slice(0, 4));
  const told = new Map(paths.map((path) => [path.join("."), path]));
  return [...told.values()].map((path) => problem({ unreadable_covariate }, [...path, key], key, { other }));
}

/**
 * Settles which columns of a wide table are read.
 * @param known  the table's columns
 * @param made   columns that are made of these
 * @returns the columns by role, and the distinct per-unit values of all metrics
 * @throws ExperimentError `missing_column` or `duplicate_column`, one problem per column, at its place in `data`, `metrics` or `dimensions`;
 *   `unreadable_covariate` for one from events, `unreadable_window`, `unreadable_where`
 */
export function tableColumns(
  mapping: TableMapping,
  request: CellsRequest,
  known: readonly string[],
  made: readonly string[] = [],
): TableColumns {
  const lookup = new Lookup(known, made);
  const unit = unitColumns(mapping, request, lookup, ["data"]);
  const { values, metrics } = valuesOf(request, "", ({ of, column, imputed = "", since, until }) =>
    JSON.stringify([aggregates[of].support, column, imputed, since, until]),
  );
  lookup.problems.push(...unreadable(values, ({ since }) => since < 0, "before", "column"));
  for (const { since, until, over, columnPath } of values)
    if (over) continue;
    else if (since > 0 || (since === 0 && until !== undefined))
      lookup.problems.push(problem({ unreadable_window }, [...columnPath.slice(0, -1), "window"], "window"));
  for (const { where, columnPath } of values)
    if (where)
      lookup.problems.push(problem({ unreadable_where }, [...columnPath.slice(0, -1), "where"], "where"));
  for (const { column, columnPath, since, imputed } of values)
    if (since >= 0 && imputed !== "missing") lookup.column(column, columnPath);
  if (lookup.problems.length > 0) throw errorOf(lookup.problems);
  const { duplicates } = mapping;
  return { ...unit, values, metrics, ...(duplicates === undefined ? {} : { duplicates }) };
}

/**
 * Settles which columns of exposures and events are read.
 * @param knownExposures  columns of the exposures table
 * @param knownEvents     columns of the events table
 * @param made            columns that are made of the exposures'
 * @returns the columns by role, and the distinct per-unit values of all metrics
 * @throws ExperimentError `missing_column` or `duplicate_column`, one problem per column, at its place in `data`, `metrics` or `dimensions`;
 *   `unreadable_covariate` for one from a column
 */
export function eventsColumns(
  mapping: EventsMapping,
  request: CellsRequest,
  knownExposures: readonly string[],
  knownEvents: readonly string[],
  made: readonly string[] = [],
): EventsColumns {
  const inExposures = new Lookup(knownExposures, made);
  const inEvents = new Lookup(knownEvents);
  const exposures = unitColumns(mapping.exposures, request, inExposures, ["data", "exposures"]);
  const at = ["data", "events"];
  const { id } = mapping.events;
  const events = {
    unit: inEvents.column(mapping.events.unit, [...at, "unit"]),
    at: inEvents.column(mapping.events.at, [...at, "at"]),
    event: inEvents.column(mapping.events.event, [...at, "event"]),
    ...(id === undefined ? {} : { id: inEvents.column(id, [...at, "id"]) }),
  };
  const amount = mapping.events.value ?? "value";
  const { windowDays } = mapping;
  const { values, metrics } = valuesOf(
    request,
    amount,
    ({ of, event, amount, since, until, over, imputed, column, where }) =>
      JSON.stringify([
        ...[where, of, event, aggregates[of].needsAmount && amount, since, until, over],
        imputed && [imputed, column],
      ]),
    windowDays === undefined ? undefined : windowDays * 86_400e6,
  );
  inEvents.problems.push(...unreadable(values, ({ imputed }) => imputed !== undefined, "column", "before"));
  // What a covariate adds up is told where the metric itself does.
  const summed = values.filter(
    ({ of, since, imputed }) => aggregates[of].needsAmount && since >= 0 && !imputed,
  );
  for (const { amount, amountPath } of summed) inEvents.column(amount, amountPath);
  const properties = values.flatMap(({ where, columnPath }) => (where ? [{ where, columnPath }] : []));
  for (const { where, columnPath } of properties)
    for (const { name } of whereColumns(where))
      inEvents.column(name, [...columnPath.slice(0, -1), "where", "attribute"]);
  const problems = [...inExposures.problems, ...inEvents.problems];
  if (problems.length > 0) throw errorOf(problems);
  const end = mapping.until === undefined ? undefined : microsecondsOf(mapping.until);
  return {
    ending: values.some(({ over }) => over),
    ...(typeof end === "number" ? { end } : {}),
    exposures: exposures as EventsColumns["exposures"],
    events,
    properties: [
      ...new Map(
        properties.flatMap(({ where }) => whereColumns(where)).map((each) => [JSON.stringify(each), each]),
      ).values(),
    ],
    amounts: [...new Set(summed.map(({ amount }) => amount))],
    values,
    metrics,
  };
}
