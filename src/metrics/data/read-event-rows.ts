import type { Cells, CellsRequest } from "../../core/cells.js";
import type { EventsMapping } from "../../core/data-mapping.js";
import { assembleCells, Exclusions } from "./assemble-cells.js";
import { binsOf, withBins } from "./bins.js";
import { CellGroups } from "./cell-groups.js";
import { Clusters, clusteredColumns } from "./clusters.js";
import { type EventsColumns, eventsColumns } from "./columns.js";
import {
  type ExposedUnit,
  knownValues,
  type Pass,
  readEvents,
  readExposures,
  type UnitValues,
} from "./event-pass.js";
import { type CappedMetrics, CapValues, capPlans, withCaps } from "./percentile-caps.js";
import { readEventTime } from "./read-event-time.js";
import { readGrains } from "./read-grains.js";
import { readTriggers } from "./read-triggers.js";
import { variantReading } from "./reading.js";
import { type RowTable, withMissing } from "./row-table.js";
import { ValueProblems } from "./value-problems.js";

/** Where units count from a trigger on: which, and all units that were exposed. */
async function triggersIn(events: RowTable, units: Map<string, ExposedUnit>, pass: Pass) {
  const { trigger: event } = pass.columns;
  return event === undefined ? undefined : { event, all: await readTriggers(events, units, pass) };
}

/** Finds caps that are percentiles among the units that count. */
function cappedValues(
  { metrics }: EventsColumns,
  units: Iterable<ExposedUnit>,
  valuesOf: (unit: ExposedUnit) => UnitValues,
): CappedMetrics {
  const plans = capPlans(metrics);
  if (plans.length === 0) return { metrics, caps: [] };
  const found = new CapValues(plans);
  for (const unit of units) if (!unit.two) found.add(valuesOf(unit));
  return withCaps(metrics, plans, found.found());
}

/**
 * Reads exposures, then events, into cells, holding one small record a unit. Only events at or after a unit's first
 * exposure count, and within the window where there is one; covariates are made of those before it; version and dimensions are those of the first exposure;
 * units seen in two variants are left out and counted.
 * @returns cells as {@link assembleCells} makes them
 * @throws ExperimentError what {@link eventsColumns}, {@link ValueProblems} and {@link assembleCells} find
 */
export function readEventRows(
  exposureRows: RowTable,
  eventRows: RowTable,
  given: EventsMapping,
  request: CellsRequest,
): Promise<Cells> {
  return readGrains(given, request, (each) => read(exposureRows, eventRows, given, each));
}

async function read(
  exposureRows: RowTable,
  eventRows: RowTable,
  given: EventsMapping,
  request: CellsRequest,
): Promise<Cells> {
  const present = withMissing(exposureRows, given.exposures);
  const known = await present.columns();
  const { bins, mapping: own } = binsOf(given.exposures, request.dimensions, known);
  const mapping = { ...given, exposures: own };
  const spelled = new ValueProblems(own);
  const exposures = withBins(present, bins, spelled);
  const events = withMissing(eventRows, mapping.events);
  const columns = eventsColumns(
    mapping,
    request,
    known,
    await events.columns(),
    bins.map(({ name }) => name),
  );
  const reading = variantReading(mapping.exposures, request, ["data", "exposures"]);
  const problems = new ValueProblems(mapping.events);
  const excluded = new Exclusions();
  const strays = new CellGroups([]);
  const { signal } = request;
  const pass: Pass = { columns, reading, excluded, problems, signal, latest: Number.NEGATIVE_INFINITY };
  const units = await readExposures(exposures, pass, strays);
  spelled.throw();
  const trigger = await triggersIn(events, units, pass);
  await readEvents(events, units, pass);
  problems.throw();
  const valuesOf = knownValues(columns, columns.end ?? pass.latest);
  const { metrics, caps } = cappedValues(columns, units.values(), valuesOf);
  const { version, cluster, dimensions } = columns.exposures;
  const clusters = cluster === undefined ? undefined : new Clusters(metrics, excluded);
  const groups = clusters
    ? new CellGroups(clusteredColumns(metrics))
    : new CellGroups(metrics, request.tails);
  const levelsFrom = (version === undefined ? 0 : 1) + (clusters ? 1 : 0);
  const repeated = dimensions.map(() => 0);
  for (const unit of units.values()) {
    const { variant, labels, two, several } = unit;
    const own = { variant, version: version === undefined ? undefined : (labels[0] ?? "") };
    const levels = levelsFrom === 0 ? labels : labels.slice(levelsFrom);
    if (!two)
      several.forEach((yes, i) => {
        if (yes) repeated[i] = (repeated[i] ?? 0) + 1;
      });
    if (two) excluded.add("seen_in_two_variants");
    else if (clusters)
      clusters.add({ ...own, cluster: labels[levelsFrom - 1] ?? "", levels, values: valuesOf(unit) });
    else groups.add(groups.group(variant, own.version, levels), valuesOf(unit));
  }
  const spread = clusters?.close(groups, dimensions.length);
  const time = await readEventTime({ exposures, events, mapping, request, pass, caps }, units);
  return assembleCells(
    [...groups.closed(), ...strays.closed()],
    request,
    { ...reading, ...(version === undefined ? {} : { versionColumn: version }) },
    excluded,
    {
      ...{ tails: groups.tails(), caps, repeated: spread ?? repeated, clustered: clusters !== undefined },
      ...{ ...(time ? { time } : {}), ...(trigger ? { trigger } : {}) },
    },
  );
}
