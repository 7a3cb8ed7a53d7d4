import type { CellsRequest, FoundCap, TimeCells } from "../core/cells.js";
import type { EventsMapping } from "../core/data-mapping.js";
import {
  assembleTime,
  type EventsColumns,
  type Group,
  partsOf,
  timedColumns,
  timePlan,
  type WantedSlice,
} from "../metrics/data/index.js";
import type { EventsQueries } from "../sql/index.js";
import type { Engine } from "./engine.js";
import { runQueries } from "./run-queries.js";

/** What was read already. */
interface Read {
  readonly engine: Engine;
  readonly mapping: EventsMapping;
  readonly columns: EventsColumns;
  readonly caps: readonly FoundCap[];
  readonly request: CellsRequest;
  readonly filesOnly: boolean;
}

/** Aggregates of one query; PostgreSQL has at most 1,664 columns in a list. */
const mostAggregates = 900;

/** About how many aggregates a slice takes: moments of each value and of each pair. */
function aggregatesOf({ asked: { asked } }: WantedSlice): number {
  const count = asked.length;
  return (count * (count + 1)) / 2 + 5 * count + 2;
}

/**
 * Reads outcomes over time, where the mapping asks for them, by queries of their own.
 * @param start    finds the earliest exposure
 * @param compile  makes the queries for some columns
 */
export async function readTime(
  { engine, mapping, columns, caps, request, filesOnly }: Read,
  start: string,
  compile: (columns: EventsColumns) => EventsQueries,
): Promise<TimeCells | undefined> {
  const { signal } = request;
  if (!mapping.time || columns.end === undefined) return undefined;
  const [row] = await engine.query(start, { signal });
  const plan = timePlan(
    mapping.time,
    request,
    { start: Number(row?.earliest ?? columns.end), end: columns.end },
    caps,
  );
  const parts = [];
  for (const slices of partsOf(plan, aggregatesOf, mostAggregates)) {
    const queries = compile(
      timedColumns(
        columns,
        slices.map(({ asked }) => asked),
        mapping,
      ),
    );
    const groups: Group[] = [];
    for (const row of await runQueries(engine, queries.moments, filesOnly, { signal })) {
      const found = queries.read(row);
      if (found.tail === undefined && !found.two) groups.push(found.group);
    }
    parts.push({ slices, groups });
  }
  return assembleTime(plan, parts, request);
}
