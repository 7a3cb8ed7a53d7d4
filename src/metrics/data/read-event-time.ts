import type { CellsRequest, FoundCap, TimeCells } from "../../core/cells.js";
import type { EventsMapping } from "../../core/data-mapping.js";
import { Exclusions } from "./assemble-cells.js";
import { assembleTime, type TimePart } from "./assemble-time.js";
import { CellGroups } from "./cell-groups.js";
import { timedColumns } from "./columns.js";
import { type ExposedUnit, knownValues, type Pass, readEvents, readExposures } from "./event-pass.js";
import type { RowTable } from "./row-table.js";
import { partsOf, timePlan, type WantedSlice } from "./time-plan.js";
import { ValueProblems } from "./value-problems.js";

/** What was read already, and from where it can be read again. */
interface Read {
  readonly exposures: RowTable;
  readonly events: RowTable;
  readonly mapping: EventsMapping;
  readonly request: CellsRequest;
  readonly pass: Pass;
  readonly caps: readonly FoundCap[];
}

/** Numbers that are held at once. */
const mostNumbers = 40_000_000;

/** Reads outcomes over time, where the mapping asks for them: in as many further passes as memory asks for. */
export async function readEventTime(
  { exposures, events, mapping, request, pass, caps }: Read,
  units: ReadonlyMap<string, ExposedUnit>,
): Promise<TimeCells | undefined> {
  if (!mapping.time) return undefined;
  const end = pass.columns.end ?? pass.latest;
  let start = end;
  for (const { first } of units.values()) start = Math.min(start, first);
  const plan = timePlan(mapping.time, request, { start, end }, caps);
  const parts: TimePart[] = [];
  const cost = ({ asked: { asked } }: WantedSlice) => asked.reduce((sum, { terms }) => sum + terms.length, 0);
  for (const slices of partsOf(plan, cost, Math.max(16, mostNumbers / Math.max(1, units.size)))) {
    const columns = timedColumns(
      pass.columns,
      slices.map(({ asked }) => asked),
      mapping,
    );
    const again: Pass = {
      ...{ ...pass, columns, excluded: new Exclusions() },
      problems: new ValueProblems(mapping.events),
    };
    const read = await readExposures(exposures, again, new CellGroups([]));
    await readEvents(events, read, again);
    const valuesOf = knownValues(columns, end);
    const groups = new CellGroups(columns.metrics);
    const versioned = columns.exposures.version !== undefined;
    for (const unit of read.values())
      if (!unit.two)
        groups.add(groups.group(unit.variant, versioned ? unit.labels[0] : undefined, []), valuesOf(unit));
    parts.push({ slices, groups: [...groups.closed()] });
  }
  return assembleTime(plan, parts, request);
}
