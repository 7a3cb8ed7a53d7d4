import { aggregates } from "../aggregates/index.js";
import type { Exclusions } from "./assemble-cells.js";
import type { CellGroups } from "./cell-groups.js";
import type { EventsColumns } from "./columns.js";
import { triggerReasons } from "./exposed-group.js";
import { holdsWhere } from "./holds-where.js";
import { microsecondsOf, textOf } from "./parse.js";
import type { PerUnitValue } from "./per-unit-values.js";
import type { VariantReading } from "./reading.js";
import type { RowTable } from "./row-table.js";
import type { ValueProblems } from "./value-problems.js";

/** What is known of an exposed unit. */
export interface ExposedUnit {
  variant: string;
  first: number;
  /** Version, cluster and levels at the first exposure. */
  labels: readonly string[];
  two: boolean;
  /** The first level of each dimension that is not missing, and whether there was another. */
  readonly met: string[];
  readonly several: boolean[];
  readonly values: Float64Array;
}

const noLabels: readonly string[] = [];

/** Whether the labels `a` come before `b`; settles exposures at the very same time. A missing one comes last. */
function before(a: readonly string[], b: readonly string[], numericFirst: boolean): boolean {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as string, b[i] as string];
    if (x === y) continue;
    if (x === "" || y === "") return y === "";
    return numericFirst && i === 0 ? Number(x) < Number(y) : x < y;
  }
  return false;
}

/** Notes the levels of a further exposure. */
function meet({ met, several }: ExposedUnit, labels: readonly string[]): void {
  const from = labels.length - met.length;
  for (let i = 0; i < met.length; i++) {
    const level = labels[from + i] ?? "";
    if (level === "" || level === met[i]) continue;
    if (met[i] === "") met[i] = level;
    else several[i] = true;
  }
}

/** A row of the events. */
interface FoundEvent {
  readonly time: number;
  /** In the order of the columns of amounts. */
  readonly amounts: readonly (number | null)[];
  readonly cells: readonly unknown[];
  readonly row: number;
  /** The values that mean such an event. */
  readonly meant: readonly WantedValue[];
}

/** A value of a unit that events add to: which, and by which of their amounts. */
interface WantedValue extends PerUnitValue {
  readonly at: number;
  readonly amountAt: number;
}

/** Events of one name: the values that they add to, and those with an id, each once. */
interface NamedEvents {
  readonly values: WantedValue[];
  /** Microseconds after the first exposure from which none of them counts. */
  last: number;
  readonly identified: Map<ExposedUnit, Map<string, FoundEvent>>;
}

/** Whether `a` counts where `b` has the same id: the earlier, then the one of smaller amounts; a missing one comes last. */
function precedes(a: FoundEvent, b: FoundEvent): boolean {
  if (a.time !== b.time) return a.time < b.time;
  const i = a.amounts.findIndex((amount, at) => amount !== b.amounts[at]);
  const [x, y] = [a.amounts[i] ?? null, b.amounts[i] ?? null];
  return x !== null && (y === null || x < y);
}

/** Keeps an event that has an id, or the one that was there. @returns whether there was one */
function isRepeated({ identified }: NamedEvents, unit: ExposedUnit, id: string, found: FoundEvent): boolean {
  const events = identified.get(unit) ?? new Map<string, FoundEvent>();
  if (events.size === 0) identified.set(unit, events);
  const other = events.get(id);
  if (!other || precedes(found, other)) events.set(id, found);
  return other !== undefined;
}

/** State shared by the passes over exposures and over events. */
export interface Pass {
  readonly columns: EventsColumns;
  readonly reading: VariantReading;
  readonly excluded: Exclusions;
  readonly problems: ValueProblems;
  readonly signal: AbortSignal | undefined;
  /** The latest time of an exposure or an event so far, in microseconds since 1970. */
  latest: number;
}

/** Reads who was exposed to what, and when first. */
export async function readExposures(
  table: RowTable,
  pass: Pass,
  strays: CellGroups,
): Promise<Map<string, ExposedUnit>> {
  const { columns, reading, excluded, problems } = pass;
  const { variant, unit, at, version, cluster, dimensions } = columns.exposures;
  const labelled = [
    ...(version === undefined ? [] : [version]),
    ...(cluster === undefined ? [] : [cluster]),
    ...dimensions,
  ];
  const units = new Map<string, ExposedUnit>();
  let rowNumber = 0;
  for await (const batch of table.rows([variant, unit, at, ...labelled])) {
    pass.signal?.throwIfAborted();
    for (const row of batch) {
      rowNumber++;
      const key = reading.key(textOf(row[0]));
      const id = textOf(row[1]);
      const time = problems.time(row[2], at, rowNumber);
      if (time !== null && time > pass.latest) pass.latest = time;
      if (key === "") excluded.add("exposures_without_variant");
      else if (id === "") excluded.add("exposures_without_unit");
      else if (time === null) excluded.add("exposures_without_time");
      else if (!reading.known(key)) {
        strays.group(key, undefined, noLabels).units++;
      } else {
        const labels = labelled.length === 0 ? noLabels : row.slice(3).map(textOf);
        const seen = units.get(id);
        if (!seen) {
          const values = new Float64Array(columns.values.length);
          const met = labels.slice(labels.length - dimensions.length);
          units.set(id, { variant: key, first: time, labels, two: false, met, several: [], values });
        } else {
          seen.two ||= seen.variant !== key;
          meet(seen, labels);
          if (
            time < seen.first ||
            (time === seen.first && before(labels, seen.labels, version !== undefined))
          ) {
            seen.first = time;
            seen.labels = labels;
          }
        }
      }
    }
  }
  return units;
}

/** Adds events to the units that were exposed. */
export async function readEvents(
  table: RowTable,
  units: ReadonlyMap<string, ExposedUnit>,
  pass: Pass,
): Promise<void> {
  const { columns, excluded, problems } = pass;
  const { amounts, properties, values } = columns;
  const { unit, at, event, id: idColumn } = columns.events;
  const byEvent = new Map<string, NamedEvents>();
  for (const [i, value] of values.entries()) {
    const named: NamedEvents = byEvent.get(value.event) ?? { values: [], last: 0, identified: new Map() };
    named.last = Math.max(named.last, value.until ?? Number.POSITIVE_INFINITY);
    named.values.push({ ...value, at: i, amountAt: amounts.indexOf(value.amount) });
    byEvent.set(value.event, named);
  }
  const before = idColumn === undefined ? [event, unit, at] : [event, unit, at, idColumn];
  const all = [...before, ...amounts, ...properties.map(({ name }) => name)];
  const propertyAt = new Map(properties.map(({ name }, i) => [name, before.length + amounts.length + i]));
  /** Of the values that events of a name may add to, those that mean this one. */
  const meantBy = (named: readonly WantedValue[], row: readonly unknown[]): readonly WantedValue[] => {
    if (named.every(({ where }) => where === undefined)) return named;
    const cell = (column: string) => row[propertyAt.get(column) ?? row.length];
    const reader = {
      text: (column: string) => textOf(cell(column)),
      number: (column: string) => problems.loosely(cell(column)),
    };
    return named.filter(({ where }) => where === undefined || holdsWhere(where, reader));
  };
  const used = ({ of, amount, amountAt }: WantedValue, { amounts, cells, row }: FoundEvent) => {
    if (!aggregates[of].needsAmount) return 0;
    const spelled = amounts[amountAt] ?? null;
    return spelled === null ? null : problems.usable(spelled, cells[before.length + amountAt], amount, row);
  };
  const count = (seen: ExposedUnit, { last }: NamedEvents, found: FoundEvent): void => {
    const after = found.time - seen.first;
    const own = found.meant.filter(
      ({ since, until = Number.POSITIVE_INFINITY, during }) =>
        after >= since &&
        after < until &&
        (during === undefined || (found.time >= during[0] && found.time < during[1])),
    );
    if (own.length === 0)
      excluded.add(
        after < 0
          ? "events_before_exposure"
          : after >= last
            ? "events_after_window"
            : "events_outside_window",
      );
    for (const value of own) {
      const number = used(value, found);
      if (number === null) excluded.add("events_without_amount");
      else seen.values[value.at] = aggregates[value.of].fold(seen.values[value.at]!, number);
    }
  };
  let rowNumber = 0;
  for await (const batch of table.rows(all)) {
    pass.signal?.throwIfAborted();
    for (const row of batch) {
      rowNumber++;
      if (columns.ending) pass.latest = Math.max(pass.latest, microsecondsOf(row[2]) ?? pass.latest);
      const named = byEvent.get(textOf(row[0]));
      const meant = named ? meantBy(named.values, row) : [];
      if (!named || meant.length === 0) continue;
      const id = textOf(row[1]);
      const time = problems.time(row[2], at, rowNumber);
      if (id === "") excluded.add("events_without_unit");
      else if (time === null) excluded.add("events_without_time");
      else {
        // Whether it counts or not: a text that is not a number is told wherever it stands.
        const spelled = amounts.map((name, i) => problems.spelled(row[before.length + i], name, rowNumber));
        const seen = units.get(id);
        if (!seen)
          excluded.add(columns.trigger === undefined ? "events_without_exposure" : triggerReasons.events);
        else if (!seen.two) {
          const found: FoundEvent = { time, amounts: spelled, cells: row, row: rowNumber, meant };
          const own = idColumn === undefined ? "" : textOf(row[3]);
          if (own === "") count(seen, named, found);
          else if (isRepeated(named, seen, own, found)) excluded.add("events_repeated");
        }
      }
    }
  }
  for (const named of byEvent.values())
    for (const [seen, events] of named.identified)
      for (const found of events.values()) count(seen, named, found);
}

/** Values of a unit, null where it has none. */
export type UnitValues = ArrayLike<number | null>;

/** @returns the reader of a unit's values, null where its days are not over when the data end, or it was exposed later */
export function knownValues({ values }: EventsColumns, end: number): (unit: ExposedUnit) => UnitValues {
  if (values.every(({ over, during }) => over === undefined && !during)) return (unit) => unit.values;
  return ({ first, values: own }) =>
    values.map(({ over = Number.NEGATIVE_INFINITY, during }, i) =>
      first + over > end || (during && first >= during[1]) ? null : (own[i] ?? null),
    );
}
