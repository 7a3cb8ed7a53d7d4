import { analyze, type DataRow } from "../../analysis/index.js";
import type { Cells } from "../../core/cells.js";
import type { TableMapping } from "../../core/data-mapping.js";
import type { Definition } from "../../core/definition.js";
import type { MetricDefinition } from "../../core/metric-definition.js";
import { POINTS } from "../../core/points.js";
import { square } from "../../core/powers.js";
import { conditionShapes, definitionShape } from "../../definition/index.js";
import {
  ExperimentError,
  errorOf,
  insufficient_data,
  mapped_otherwise,
  missing_column,
  nearName,
  not_a_time,
} from "../../errors/index.js";
import { microsecondsOf, readTableUnits, requireMapping, rowsInMemory } from "../../metrics/data/index.js";
import { metricTypeOf } from "../../metrics/index.js";
import { checkFields, type FieldsFor, shapeProblems } from "../../shapes/index.js";
import type { Clusters } from "../../stats/index.js";
import { clustersOf } from "./measure-clusters.js";

/** What to measure of the past. */
export interface PastRequest {
  readonly experiment: Definition;
  /** A wide table of the past, one object per row; a column of variants or versions is not read. */
  readonly rows: readonly DataRow[];
  /** Which column is what, as for `fromRows`. */
  readonly data: TableMapping;
  /** Column of the time at which a unit came; without it traffic is not measured. */
  readonly at?: string;
  /** Column of the cluster (shop, household, account) that a unit belongs to, where whole clusters will be randomised; default the mapping's. */
  readonly cluster?: string;
}

/** A metric as the past knows it: what planning takes for granted. */
export interface PastMetric {
  readonly key: string;
  /** Its value over all units. */
  readonly baseline: number;
  /** Of one unit's value, as reports would have it: capped and adjusted as the definition says. */
  readonly variance: number;
  /** Share of the variance that the definition's covariates explain; absent where it has none. */
  readonly explained?: number;
  /** The same metric with its few largest values capped, where it is not capped and that would help. */
  readonly capped?: { readonly cap: number; readonly baseline: number; readonly variance: number };
  /** Of the request's column: how large clusters are, and how alike their units; absent where that is not a weighted sum's. */
  readonly clusters?: Clusters;
}

/** Units that come. */
export interface PastTraffic {
  /** First and last day, `2026-03-02` (UTC), and how many days that is. */
  readonly from: string;
  readonly to: string;
  readonly days: number;
  /** Units a day, on average. */
  readonly daily: number;
  /** The same on each weekday, Monday first; absent for less than two weeks. */
  readonly weekdays?: readonly number[];
}

/** What a past table says of a test to come. */
export interface Past {
  readonly units: number;
  readonly metrics: readonly PastMetric[];
  readonly traffic?: PastTraffic;
}

const pastFields = {
  experiment: { kind: "anything" },
  rows: { kind: "list", of: { kind: "anything" } },
  data: { kind: "anything" },
  at: { kind: "text", optional: true },
  cluster: { kind: "text", optional: true },
} as const satisfies FieldsFor<PastRequest>;

/** Fewer units than this say little of a variance. */
const fewestUnits = 100;
const dayLength = 86_400_000_000;
/** The largest share of units whose values a proposed cap cuts. */
const cutAtMost = 0.002;

/** Metrics measured in two halves without any effect, read as reports read them. */
interface Halves {
  readonly baseline: number;
  readonly variance: number;
  readonly explained?: number;
  /** A value above which few units lie; absent where that is not counted. */
  readonly high?: number;
}

/** The experiment without its variants: two halves of the same. */
function halved(experiment: Definition, metrics: readonly MetricDefinition[]): Definition {
  const variants = [
    { key: "one", payload: null },
    { key: "other", payload: null },
  ] as const;
  const { format, key, version, salt, hash, unit } = experiment;
  return {
    ...{ format, key, version, salt, hash, unit, control: "one", variants, policy: "fixed", coverage: 1 },
    ranges: [
      { from: 0, to: POINTS / 2, variant: "one" },
      { from: POINTS / 2, to: POINTS, variant: "other" },
    ],
    metrics: experiment.metrics.map((each) => metrics.find((own) => own.key === each.key) ?? each),
    plan: { level: 0.95, macro: "none", micro: "none", looks: 1 },
  };
}

/** One cell per cluster. */
async function byCluster(
  experiment: Definition,
  { rows, data }: PastRequest,
  metrics: readonly MetricDefinition[],
  cluster: string,
): Promise<Cells> {
  const known = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (!known.includes(cluster))
    throw new ExperimentError({ missing_column }, ["cluster"], cluster, nearName(cluster, known));
  const definition = halved(experiment, metrics);
  const read = await readTableUnits(
    rowsInMemory(rows, ["rows"]),
    { ...data, dimensions: [cluster] },
    { definition, metrics, dimensions: [cluster] },
  );
  return read.cells(read.ids.map((_, i) => (i % 2 === 0 ? "one" : "other")));
}

/** Two halves of the units, whose difference shows what a unit's value varies by. */
async function inHalves(
  experiment: Definition,
  { rows, data }: PastRequest,
  metrics: readonly MetricDefinition[],
): Promise<{ readonly units: number; readonly of: ReadonlyMap<string, Halves> }> {
  const definition = halved(experiment, metrics);
  const read = await readTableUnits(rowsInMemory(rows, ["rows"]), data, {
    ...{ definition, metrics, dimensions: [], tails: true },
  });
  const { ids } = read;
  if (ids.length < fewestUnits)
    throw new ExperimentError({ insufficient_data }, ["rows"], ids.length, {
      expected: { atLeast: fewestUnits },
    });
  const cells = read.cells(ids.map((_, i) => (i % 2 === 0 ? "one" : "other")));
  const report = await analyze({
    experiment: definition,
    source: { kind: "rows", read: async () => cells },
    metrics: metrics.map((each) => each.key),
  });
  const found = report.macro.flatMap(({ metric, difference: { fixed }, values: [one, other], units }) => {
    if (fixed.status !== "ok" || one === null || other === null) return [];
    const [n = 0, m = 0] = units;
    const adjustment = report.adjustments?.find((each) => each.metric === metric);
    const steps = (cells.tails ?? []).filter((each) => each.metric === metric).flatMap((each) => each.steps);
    const above = (from: number) =>
      steps.reduce((sum, step) => sum + (step.from >= from ? step.moments.n : 0), 0);
    const high = steps
      .map(({ from }) => from)
      .sort((a, b) => a - b)
      .find((from) => above(from) <= cutAtMost * (n + m));
    const halves: Halves = {
      baseline: (n * one + m * other) / (n + m),
      variance: (fixed.standardError * fixed.standardError) / (1 / n + 1 / m),
      ...(adjustment?.status === "adjusted" ? { explained: adjustment.explained } : {}),
      ...(high === undefined ? {} : { high }),
    };
    return [[metric, halves] as const];
  });
  return { units: ids.length, of: new Map(found) };
}

/** The same metric with its largest values cut; undefined where it cannot be, or is already. */
function cut(metric: MetricDefinition, high: number | undefined): MetricDefinition | undefined {
  if (high === undefined || "cap" in metric || !("cap" in metricTypeOf(metric).settings)) return undefined;
  return { ...metric, ...{ cap: high } };
}

function trafficOf({ rows, data, at }: PastRequest, column: string): PastTraffic {
  const known = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (!known.includes(column))
    throw new ExperimentError({ missing_column }, ["at"], at, nearName(column, known));
  const days = new Map<number, number>();
  const seen = new Set<unknown>();
  for (const [i, row] of rows.entries()) {
    const cells: Readonly<Record<string, unknown>> = { ...row };
    const id = data.unit === undefined ? i : cells[data.unit];
    if (seen.has(id)) continue;
    const time = microsecondsOf(cells[column]);
    if (time === null) continue;
    if (time === undefined)
      throw new ExperimentError({ not_a_time }, ["rows", i, column], cells[column], { row: i + 1 });
    seen.add(id);
    const day = Math.floor(time / dayLength);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  if (days.size === 0)
    throw new ExperimentError({ insufficient_data }, ["rows"], 0, { expected: { atLeast: 1 } });
  const [first, last] = [Math.min(...days.keys()), Math.max(...days.keys())];
  const span = last - first + 1;
  const dayOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
  // 1 January 1970 was a Thursday.
  const weekdays = Array.from({ length: 7 }, (_, weekday) => {
    const own = Array.from({ length: span }, (_, i) => first + i).filter((day) => (day + 3) % 7 === weekday);
    return own.reduce((sum, day) => sum + (days.get(day) ?? 0), 0) / Math.max(1, own.length);
  });
  return {
    ...{ from: dayOf(first), to: dayOf(last), days: span, daily: seen.size / span },
    ...(span < 14 ? {} : { weekdays }),
  };
}

/**
 * Measures a past table for a test to come: each metric's value and variance as reports would estimate them (capped, adjusted for
 * covariates), what its covariates explain, what a cap would save, how alike the units of a cluster are, and how many units come on
 * which day.
 * @param given  the definition, the rows and their mapping; the column of the time, for traffic, and that of clusters
 * @returns what `sampleSizeForDecision` and `powerForDecision` take for granted
 * @throws ExperimentError `unknown_key`, `missing_value`, `wrong_type` for the request; `insufficient_data` at ["rows"] for fewer
 *         than 100 units; `mapped_otherwise` at ["data"] for events; `missing_column` at ["at"] or ["cluster"]; `not_a_time` at
 *         ["rows", i, column]; what reading the rows throws
 */
export async function measurePast(given: PastRequest): Promise<Past> {
  checkFields(given, pastFields);
  const shape = shapeProblems(given.experiment, definitionShape, ["experiment"], conditionShapes);
  if (shape.length > 0) throw errorOf(shape);
  requireMapping(given.data);
  if ("exposures" in given.data)
    throw new ExperimentError({ mapped_otherwise }, ["data"], undefined, { example: "a table" });
  const { cluster: mapped, ...data } = given.data;
  const request = { ...given, data };
  const { experiment, at, cluster = mapped } = request;
  const all = experiment.metrics.filter(({ role }) => role !== "diagnostic");
  const plain = await inHalves(experiment, request, all);
  const cuts = all.flatMap((metric) => cut(metric, plain.of.get(metric.key)?.high) ?? []);
  const capped = cuts.length > 0 ? await inHalves(experiment, request, cuts) : undefined;
  const clustered = cluster === undefined ? undefined : await byCluster(experiment, request, all, cluster);
  const metrics = all.flatMap((metric, metricAt): readonly PastMetric[] => {
    const { key } = metric;
    const own = plain.of.get(key);
    const [less, cap] = [capped?.of.get(key), own?.high];
    if (!own) return [];
    const { baseline, variance, explained } = own;
    const clusters = clustered && clustersOf(metric, metricAt, clustered, explained !== undefined);
    const helps = less && cap && less.variance / square(less.baseline) < variance / square(baseline);
    return [
      {
        ...{ key, baseline, variance },
        ...(explained === undefined ? {} : { explained }),
        ...(helps ? { capped: { cap, baseline: less.baseline, variance: less.variance } } : {}),
        ...(clusters ? { clusters } : {}),
      },
    ];
  });
  return { units: plain.units, metrics, ...(at === undefined ? {} : { traffic: trafficOf(request, at) }) };
}
