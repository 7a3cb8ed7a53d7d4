import type { CellsRequest } from "../../core/cells.js";
import type {
  Duplicates,
  EventsMapping,
  ExposuresMapping,
  TableMapping,
  VariantColumn,
} from "../../core/data-mapping.js";
import { microsecondsPerDay } from "../../core/period.js";
import {
  duplicate_column,
  type ErrorPath,
  errorOf,
  missing_column,
  nearName,
  not_by_cluster,
  type Problem,
  problem,
  unreadable_covariate,
  unreadable_where,
  unreadable_window,
} from "../../errors/index.js";
import { aggregates } from "../aggregates/index.js";
import { metricTypeOf } from "../metric-type-of.js";
import { reasonsOf, whereColumns } from "../settings/index.js";
import { microsecondsOf } from "./parse.js";
import {
  type AskedMetric,
  askedIn,
  type MetricColumns,
  type PerUnitValue,
  valuesOf,
} from "./per-unit-values.js";

/** What a row says about a unit, as column names that exist. */
export interface UnitColumnNames {
  readonly variant: string;
  readonly unit?: string;
  readonly at?: string;
  readonly version?: string;
  readonly cluster?: string;
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
  /** Name of the event from whose first one on a unit counts. */
  readonly trigger?: string;
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
  /** Whether nobody asks which events do not count. */
  readonly bare?: true;
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
  const { variant, version, unit, cluster, dimensions = [] } = mapping;
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
    ...(cluster === undefined ? {} : { cluster: lookup.column(cluster, [...path, "cluster"]) }),
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

/** What is asked for and cannot be read by cluster. */
function byClusterProblems(
  { cluster }: TableMapping | ExposuresMapping,
  { metrics, definition }: CellsRequest,
): Problem[] {
  if (cluster === undefined) return [];
  return [
    ...metrics.flatMap((metric) => [
      ...(metricTypeOf(metric).distribution
        ? [problem({ not_by_cluster }, ["metrics", metric.key, "type"], metric.type)]
        : []),
      ...(reasonsOf(metric).length > 0
        ? [problem({ not_by_cluster }, ["metrics", metric.key, "reasons"], reasonsOf(metric))]
        : []),
    ]),
    ...((definition.rules ?? []).length > 0
      ? [problem({ not_by_cluster }, ["rules"], definition.rules?.length)]
      : []),
  ];
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
  const { values, metrics } = valuesOf(askedIn(request), "", ({ of, column, imputed = "", since, until }) =>
    JSON.stringify([aggregates[of].support, column, imputed, since, until]),
  );
  lookup.problems.push(...byClusterProblems(mapping, request));
  lookup.problems.push(...unreadable(values, ({ since }) => since < 0, "before", "column"));
  for (const { since, until, over, columnPath } of values)
    if (over !== undefined) continue;
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

/** The distinct values of units that metrics need from events. */
function eventValues(wanted: readonly AskedMetric[], { events, windowDays }: EventsMapping) {
  return valuesOf(
    wanted,
    events.value ?? "value",
    ({ of, event, amount, since, until, over, during, imputed, column, where }) =>
      JSON.stringify([
        ...[where, of, event, aggregates[of].needsAmount && amount, since, until, over, during],
        imputed && [imputed, column],
      ]),
    windowDays === undefined ? undefined : windowDays * microsecondsPerDay,
  );
}

/**
 * The columns of another reading of the same exposures and events: of everyone, for metrics' values in stretches of time.
 * @param columns  of the reading for the metrics themselves
 */
export function timedColumns(
  columns: EventsColumns,
  wanted: readonly AskedMetric[],
  mapping: EventsMapping,
): EventsColumns {
  const { values, metrics } = eventValues(wanted, mapping);
  return {
    ...columns,
    exposures: { ...columns.exposures, dimensions: [] },
    ...{ ending: true, bare: true },
    values,
    // Third moments of pairs, and more, cost more than they tell.
    metrics: metrics.map((each) => (each.names.length > 2 ? { ...each, third: false } : each)),
  };
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
  const { values, metrics } = eventValues(askedIn(request), mapping);
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
  const problems = [
    ...byClusterProblems(mapping.exposures, request),
    ...inExposures.problems,
    ...inEvents.problems,
  ];
  if (problems.length > 0) throw errorOf(problems);
  const end = mapping.until === undefined ? undefined : microsecondsOf(mapping.until);
  return {
    ending: values.some(({ over }) => over !== undefined) || mapping.time !== undefined,
    ...(typeof end === "number" ? { end } : {}),
    ...(mapping.trigger === undefined ? {} : { trigger: mapping.trigger }),
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
