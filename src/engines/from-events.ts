import type { Cells, CellsRequest, Source } from "../core/cells.js";
import type { EventsMapping, Relation } from "../core/data-mapping.js";
import { limits } from "../core/limits.js";
import { overLimit } from "../errors/index.js";
import {
  assembleCells,
  type Bin,
  binsOf,
  clusterReasons,
  declaredDimensions,
  type EventsColumns,
  Exclusions,
  type ExposedGroup,
  eventsColumns,
  eventsMappingShape,
  type Group,
  orderedDimensions,
  readGrains,
  requireMapping,
  type TailPart,
  type TailPlan,
  tailPlans,
  textOf,
  triggerReasons,
  variantReading,
} from "../metrics/data/index.js";
import { checkFields } from "../shapes/index.js";
import { binnedColumns, compileEvents, type OpenRelation, respelledNumbers } from "../sql/index.js";
import { binnedValues, checkValues, soundGroup, type TypedColumn } from "./check-values.js";
import { countValues } from "./count-values.js";
import type { Engine } from "./engine.js";
import { findCaps } from "./find-caps.js";
import { openRelation, refuseNested } from "./open-relation.js";
import { readTime } from "./read-time.js";
import { requireEngine } from "./require-engine.js";
import { runQueries } from "./run-queries.js";
import { bucketsOf, packed, type SplitOptions, splitFields } from "./split-units.js";
import { spreadOf } from "./spread-of.js";

/** Options of {@link fromEvents}. */
export type FromEventsOptions = SplitOptions;

/** The columns that the queries read. */
function eventsColumnNames({ exposures, events, amounts, properties }: EventsColumns, bins: readonly Bin[]) {
  const source = (name: string) => bins.find((bin) => bin.name === name)?.column ?? name;
  const { unit, at, variant, version, cluster, dimensions } = exposures;
  const labels = [version, cluster].filter((name) => name !== undefined);
  const id = events.id === undefined ? [] : [events.id];
  return {
    exposures: [...new Set([unit, at, variant, ...labels, ...dimensions.map(source)])],
    events: [
      ...new Set([
        ...[events.unit, events.at, events.event, ...id, ...amounts],
        ...properties.map(({ name }) => name),
      ]),
    ],
  };
}

function typedColumns(exposures: OpenRelation, events: OpenRelation, columns: EventsColumns): TypedColumn[] {
  const typed = (relation: OpenRelation, column: string, as: TypedColumn["as"]) => ({ relation, column, as });
  return [
    typed(exposures, columns.exposures.at, "time"),
    typed(events, columns.events.at, "time"),
    ...columns.amounts.map((amount) => typed(events, amount, "number")),
  ];
}

/** Finds when the data end, where that matters and nobody said so. */
async function endOf(
  engine: Engine,
  columns: EventsColumns,
  query: string | undefined,
  typed: readonly TypedColumn[],
  request: CellsRequest,
): Promise<EventsColumns> {
  if (query === undefined) return columns;
  const [row] = await checkValues(engine, typed, request, () =>
    engine.query(query, { signal: request.signal }),
  );
  const latest = row?.latest;
  return latest === null || latest === undefined ? columns : { ...columns, end: Number(latest) };
}

/** Asks for all units that were exposed, where only those that met a trigger count, and counts the others. */
async function triggersOf(
  engine: Engine,
  query: string | undefined,
  { trigger: event, exposures: { version } }: EventsColumns,
  excluded: Exclusions,
  { signal }: CellsRequest,
): Promise<{ readonly event: string; readonly all: readonly ExposedGroup[] } | undefined> {
  if (query === undefined || event === undefined) return undefined;
  const all: ExposedGroup[] = [];
  for (const row of await engine.query(query, { signal })) {
    const [units, triggered] = [Number(row.units), Number(row.triggered)];
    if (Number(row.two) === 1) excluded.add("seen_in_two_variants", units);
    else {
      excluded.add(triggerReasons.units, units - triggered);
      const own = version === undefined ? {} : { version: textOf(row.version) };
      all.push({ variant: textOf(row.variant), ...own, units });
    }
  }
  return { event, all };
}

async function read(
  engine: Engine,
  given: EventsMapping,
  request: CellsRequest,
  options: FromEventsOptions,
): Promise<Cells> {
  const exposures = await openRelation(engine, given.exposures, ["data", "exposures"]);
  const opened = await openRelation(engine, given.events, ["data", "events"]);
  const names = ({ columns }: OpenRelation) => columns.map(({ name }) => name);
  const { bins, mapping: own } = binsOf(given.exposures, request.dimensions, names(exposures));
  const mapping = { ...given, exposures: own };
  const columns = eventsColumns(
    mapping,
    request,
    names(exposures),
    names(opened),
    bins.map(({ name }) => name),
  );
  const reading = variantReading(mapping.exposures, request, ["data", "exposures"]);
  const { signal, onProgress } = request;
  const packedAs = (relation: Relation, open: OpenRelation, wanted: readonly string[]) =>
    packed(engine, relation, open, wanted, { signal });
  const wanted = eventsColumnNames(columns, bins);
  refuseNested(exposures, wanted.exposures);
  refuseNested(opened, wanted.events);
  const bare = await packedAs(mapping.exposures, exposures, wanted.exposures);
  const seen = { ...bare, relation: binnedColumns(bare.relation, bins, engine.dialect) };
  const done = await packedAs(mapping.events, opened, wanted.events);
  const events = respelledNumbers(
    done.relation,
    [...columns.amounts, ...columns.properties.flatMap(({ name, numeric }) => (numeric ? [name] : []))],
    engine.dialect,
  );
  const buckets = options.buckets ?? bucketsOf({ units: seen.size, events: done.size });
  const filesOnly = [mapping.exposures, mapping.events].every(({ file }) => file !== undefined);
  const compile = (wanted: EventsColumns, plans: readonly TailPlan[]) =>
    compileEvents(seen.relation, events, wanted, reading, engine.dialect, buckets, plans);
  const typed = [
    ...typedColumns(seen.relation, events, columns),
    ...binnedValues(seen.relation, bins, engine.dialect),
  ];
  const ended = await endOf(engine, columns, compile(columns, []).end, typed, request);
  const { metrics, caps } = await findCaps(
    ...([engine, ended.metrics, compile(ended, []).caps, typed, request] as const),
  );
  const plans = request.tails ? tailPlans(metrics) : [];
  const queries = compile({ ...ended, metrics }, plans);
  const excluded = new Exclusions();
  const groups: Group[] = [];
  const tails: TailPart[] = [];
  const repeated = request.dimensions.map(() => 0);
  let joined = 0;
  let sound = true;
  const rows = await checkValues(engine, typed, request, () =>
    runQueries(engine, queries.moments, filesOnly, { signal, onProgress }),
  );
  if (rows.length > limits.groups.most) throw overLimit("groups", ["dimensions"], rows.length);
  for (const row of rows) {
    const found = queries.read(row);
    if (found.tail !== undefined) {
      if (found.tail) tails.push(found.tail);
      continue;
    }
    sound &&= soundGroup(found.group);
    joined += found.joined;
    if (found.two)
      excluded.add("seen_in_two_variants", queries.exposed === undefined ? found.group.units : 0);
    else {
      if (found.state === "unclustered") excluded.add(clusterReasons.none, found.group.units);
      else if (found.state === "split") excluded.add(clusterReasons.split, found.group.units);
      else groups.push(found.group);
      found.repeated.forEach((units, at) => {
        repeated[at] = (repeated[at] ?? 0) + units;
      });
      for (const [reason, count] of Object.entries(found.leftOut)) excluded.add(reason, count);
    }
  }
  if (!sound) await checkValues(engine, typed, request);
  for (const { reason, variant, n } of await engine.query(queries.strayExposures, { signal })) {
    if (reason !== "unknown") excluded.add(`exposures_${reason}`, Number(n));
    else groups.push({ variant: String(variant), levels: [], units: Number(n), moments: [] });
  }
  const [counts] = await engine.query(queries.eventCounts, { signal });
  excluded.add("events_without_unit", Number(counts?.without_unit ?? 0));
  excluded.add("events_without_time", Number(counts?.without_time ?? 0));
  const trigger = await triggersOf(engine, queries.exposed, columns, excluded, request);
  excluded.add(
    trigger ? triggerReasons.events : "events_without_exposure",
    Number(counts?.whole ?? 0) - joined,
  );
  const time = await readTime(
    { engine, mapping, columns: ended, caps, request, filesOnly },
    queries.start,
    (wanted) => compile(wanted, []),
  );
  const counted = await countValues(engine, queries.counts, (row) => queries.readCount(row), request);
  const { version, cluster } = columns.exposures;
  const clustered = cluster !== undefined;
  const spread = clustered ? await spreadOf(engine, queries.spread, request) : repeated;
  return assembleCells(
    groups,
    request,
    { ...reading, ...(version === undefined ? {} : { versionColumn: version }) },
    excluded,
    {
      ...{ tails, ...(counted ? { counted } : {}), caps, repeated: spread, clustered },
      ...{ ...(time ? { time } : {}), ...(trigger ? { trigger } : {}) },
    },
  );
}

/**
 * Outcomes from exposures and events that an engine can read, joined in time order: only events at or after a unit's
 * first exposure count, units seen in two variants are left out and counted, a unit without events has zeros.
 * @param engine   a connection, e.g. from `duckdb()`; it stays open, and is the caller's to close
 * @param mapping  the two tables or files, and which column is what
 * @param options  how many queries the units are split over
 * @returns a source for `analyze`
 * @throws ExperimentError what is wrong with the engine, the mapping, within ["data"], or the options. Reading throws `missing_file`, `missing_column`, `unknown_variant`, `not_a_number`,
 *         `not_a_time`, `empty_data` and the like
 */
export function fromEvents(engine: Engine, mapping: EventsMapping, options: FromEventsOptions = {}): Source {
  requireEngine(engine);
  requireMapping(mapping, eventsMappingShape);
  checkFields(options, splitFields, ["options"]);
  return {
    kind: "events",
    dimensions: declaredDimensions(mapping),
    ...orderedDimensions(mapping),
    read: (request) => readGrains(mapping, request, (each) => read(engine, mapping, each, options)),
  };
}
