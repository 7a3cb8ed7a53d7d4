import type { ExposedUnit, Pass } from "./event-pass.js";
import { type ExposedGroup, triggerReasons } from "./exposed-group.js";
import { textOf } from "./parse.js";
import type { RowTable } from "./row-table.js";

/**
 * Moves every unit's time from its first exposure to its first triggering event at or after that, and leaves out units without
 * one, counted.
 * @returns all units in one variant, by variant and version
 */
export async function readTriggers(
  table: RowTable,
  units: Map<string, ExposedUnit>,
  { columns, excluded, problems, signal }: Pass,
): Promise<readonly ExposedGroup[]> {
  const { unit, at, event } = columns.events;
  const versioned = columns.exposures.version !== undefined;
  const found = new Map<ExposedUnit, number>();
  let rowNumber = 0;
  for await (const batch of table.rows([event, unit, at])) {
    signal?.throwIfAborted();
    for (const row of batch) {
      rowNumber++;
      const own = textOf(row[0]) === columns.trigger ? units.get(textOf(row[1])) : undefined;
      if (!own) continue;
      const time = problems.time(row[2], at, rowNumber);
      if (time === null || time < own.first) continue;
      const earlier = found.get(own);
      if (earlier === undefined || time < earlier) found.set(own, time);
    }
  }
  const all = new Map<string, ExposedGroup>();
  for (const [id, own] of units) {
    const time = found.get(own);
    if (!own.two) {
      const version = versioned ? { version: own.labels[0] ?? "" } : {};
      const key = `${own.variant}\u0000${own.labels[0] ?? ""}`;
      const place = versioned ? key : own.variant;
      all.set(place, { variant: own.variant, ...version, units: (all.get(place)?.units ?? 0) + 1 });
    }
    if (time !== undefined) own.first = time;
    else {
      excluded.add(own.two ? "seen_in_two_variants" : triggerReasons.units);
      units.delete(id);
    }
  }
  return [...all.values()];
}
