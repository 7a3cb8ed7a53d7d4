import type { DataRow } from "../../analysis/index.js";
import type { Cells, CellsRequest } from "../../core/cells.js";
import type { EventsMapping, TableMapping } from "../../core/data-mapping.js";
import { ExperimentError, missing_column, nearName, not_a_time } from "../../errors/index.js";
import {
  microsecondsOf,
  readEventRows,
  readTableUnits,
  rowsInMemory,
  textOf,
} from "../../metrics/data/index.js";

/** The units that have come by a look, to be put into variants again and again. */
export interface AaLook {
  readonly ids: readonly string[];
  /** The cells that there would be at this look, had each unit met the variant that is drawn for it. */
  cells(drawn: ReadonlyMap<string, string>): Promise<Cells>;
}

/** The looks at equal steps of the units. */
export interface AaLooks {
  readonly before: readonly AaLook[];
  readonly end: AaLook;
}

const drawnColumn = "\u0000drawn variant";

const cellOf = (row: DataRow, column: string): unknown => Reflect.get(row, column);

/** Times of a column, in microseconds; rows without one are undefined. */
function timesOf(rows: readonly DataRow[], column: string, path: string): readonly (number | undefined)[] {
  const known = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (!known.includes(column))
    throw new ExperimentError({ missing_column }, [path], column, nearName(column, known));
  return rows.map((row, i) => {
    const time = microsecondsOf(cellOf(row, column));
    if (time === undefined)
      throw new ExperimentError({ not_a_time }, ["rows", i, column], cellOf(row, column), { row: i + 1 });
    return time ?? undefined;
  });
}

/** Looks by how many of the units have come, at equal steps; the last one at all of them. */
const inSteps = (units: number, looks: number, look: (come: number) => AaLook): AaLooks => ({
  before: Array.from({ length: looks - 1 }, (_, at) => look(Math.ceil((units * (at + 1)) / looks))),
  end: look(units),
});

/**
 * A wide table's units, look by look: as they stand in it, or by the time at which they came.
 * @param at  column of that time
 */
export async function tableLooks(
  rows: readonly DataRow[],
  data: TableMapping,
  request: CellsRequest,
  looks: number,
  at: string | undefined,
): Promise<AaLooks> {
  const times = at === undefined ? undefined : timesOf(rows, at, "at");
  const order = rows.map((_, i) => i);
  // Units whose time is not known come last.
  if (times)
    order.sort(
      (a, b) => (times[a] ?? Number.POSITIVE_INFINITY) - (times[b] ?? Number.POSITIVE_INFINITY) || a - b,
    );
  const sorted = order.flatMap((i) => rows[i] ?? []);
  const units = await readTableUnits(rowsInMemory(sorted, ["rows"]), data, request);
  return inSteps(units.ids.length, looks, (come) => ({
    ids: units.ids.slice(0, come),
    cells: async (drawn) => units.cells(units.ids.slice(0, come).map((id) => drawn.get(id) ?? "")),
  }));
}

/** When each unit was exposed first, from the earliest on. */
function firstExposures(
  rows: readonly DataRow[],
  { unit, at }: EventsMapping["exposures"],
): readonly (readonly [id: string, time: number])[] {
  const times = timesOf(rows, at, "data");
  const first = new Map<string, number>();
  rows.forEach((row, i) => {
    const [id, time] = [textOf(cellOf(row, unit)), times[i]];
    if (id === "" || time === undefined) return;
    first.set(id, Math.min(time, first.get(id) ?? time));
  });
  return [...first].sort(([one, a], [other, b]) => a - b || (one < other ? -1 : 1));
}

/**
 * Exposures and events, look by look: what had happened when so many units had been exposed; at the last look, everything. Each
 * unit's first exposure is its own, its variant is drawn.
 */
export function eventLooks(
  rows: readonly DataRow[],
  events: readonly DataRow[],
  { time: _, ...data }: EventsMapping,
  request: CellsRequest,
  looks: number,
): AaLooks {
  const units = firstExposures(rows, data.exposures);
  const exposedAt = timesOf(rows, data.exposures.at, "data");
  const doneAt = looks > 1 ? timesOf(events, data.events.at, "events") : [];
  const { version: __, ...exposures } = data.exposures;
  return inSteps(units.length, looks, (come) => {
    const last = come === units.length;
    const until = last ? Number.POSITIVE_INFINITY : (units[come - 1]?.[1] ?? 0);
    const by = <T>(all: readonly T[], times: readonly (number | undefined)[]) =>
      last ? all : all.filter((_, i) => (times[i] ?? 0) <= until);
    const [seen, done] = [by(rows, exposedAt), by(events, doneAt)];
    const { until: ___, ...open } = data;
    const mapping = { ...(last ? data : open), exposures: { ...exposures, variant: drawnColumn } };
    return {
      ids: units.filter(([, time]) => time <= until).map(([id]) => id),
      cells: (drawn) =>
        readEventRows(
          rowsInMemory(seen, ["rows"], (row) => ({
            [drawnColumn]: drawn.get(textOf(cellOf(row, exposures.unit))) ?? "",
          })),
          rowsInMemory(done, ["events"]),
          mapping,
          request,
        ),
    };
  });
}
