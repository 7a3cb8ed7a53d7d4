import type { Relation } from "../core/data-mapping.js";
import type { Engine } from "../engines/index.js";
import {
  ExperimentError,
  errorOf,
  missing_column,
  nearName,
  not_a_time,
  problem,
  requireMethod,
} from "../errors/index.js";
import { checkFields, type FieldsFor, isPlainObject } from "../shapes/index.js";
import { type OpenRelation, requireDialect } from "../sql/index.js";
import { type ToldTime, timeAt } from "./behaviours.js";
import { behavioursSql, type EventColumns, type ExposuresSql } from "./behaviours-sql.js";
import { attributesOf, type Behaviours, type UnitHabits } from "./unit-habits.js";

/** A file or a table of the engine's. */
export type EventsRelation = Pick<Relation, "file" | "table">;

/** When units met their variant, in a table or file: a row per unit; of several the first counts. */
export interface ExposureRows {
  readonly relation: EventsRelation;
  /** Its columns; default `"unit"` and `"at"`. */
  readonly unit?: string;
  readonly at?: string;
}

/** What {@link readBehaviours} reads. */
export interface BehavioursRequest {
  /** A row per event. */
  readonly events: EventsRelation;
  /** When units met their variant: one time for all, or rows; only what came strictly before it counts. */
  readonly before: ToldTime | ExposureRows;
  /** Names of the events' columns where they differ from those of `BehaviourEvent`; amount, channel and discount may be missing. */
  readonly columns?: Partial<EventColumns>;
}

const anything = { kind: "anything" } as const;
const name = { kind: "text", optional: true } as const;
const relation = { kind: "object", has: { file: name, table: name } } as const;
const fields = {
  events: relation,
  before: anything,
  columns: {
    kind: "object",
    has: { unit: name, at: name, event: name, amount: name, channel: name, discount: name },
    optional: true,
  },
} as const satisfies FieldsFor<BehavioursRequest>;
const exposureFields = {
  relation,
  unit: name,
  at: name,
} as const satisfies FieldsFor<ExposureRows>;

function requireColumn({ columns }: OpenRelation, column: string, path: readonly string[]): void {
  const known = columns.map((each) => each.name);
  if (!known.includes(column))
    throw errorOf([problem({ missing_column }, path, column, nearName(column, known))]);
}

/** The columns that are there; those that were named, and those without which nothing can be said, have to be. */
function columnsOf(events: OpenRelation, asked: Partial<EventColumns>): EventColumns {
  const there = (column: string) => events.columns.some((each) => each.name === column);
  for (const key of ["unit", "at", "event"] as const)
    requireColumn(events, asked[key] ?? key, ["columns", key]);
  const optional = (["amount", "channel", "discount"] as const).flatMap((key) => {
    const named = asked[key];
    if (named !== undefined) requireColumn(events, named, ["columns", key]);
    return named === undefined && !there(key) ? [] : [[key, named ?? key] as const];
  });
  const { unit = "unit", at = "at", event = "event" } = asked;
  return { unit, at, event, ...Object.fromEntries(optional) };
}

const isRows = (before: BehavioursRequest["before"]): before is ExposureRows => isPlainObject(before);

async function exposuresOf(engine: Engine, before: BehavioursRequest["before"]): Promise<ExposuresSql> {
  if (!isRows(before)) return 1000 * timeAt(before, ["before"]);
  checkFields(before, exposureFields, ["before"]);
  const { unit = "unit", at = "at" } = before;
  const opened = await engine.open(before.relation, ["before", "relation"]);
  requireColumn(opened, unit, ["before", "unit"]);
  requireColumn(opened, at, ["before", "at"]);
  return { relation: opened, unit, at };
}

const milliseconds = (value: unknown, none: number) =>
  value === null || value === undefined ? none : Number(value) / 1000;
const textOf = (value: unknown) => (value === null || value === undefined ? null : String(value));

/**
 * What `behaviours` says, computed where the events are: two queries, and a row per unit comes back.
 * @param engine   DuckDB, PostgreSQL, or your own; its session in UTC
 * @param request  events, exposures, names of columns
 * @returns what `behaviours` returns: the same numbers, sums of amounts but for their last digits
 * @throws ExperimentError `missing_column` at ["columns", name] and ["before", name]; `not_a_time` at ["before"] or
 *         ["columns", "at"] for an event without a time; what the engine throws; `unknown_key`, `wrong_type` at their place
 * @checked test/segments/read-behaviours.test.ts — against `behaviours`, in DuckDB and PostgreSQL
 */
export async function readBehaviours(engine: Engine, request: BehavioursRequest): Promise<Behaviours> {
  for (const method of ["open", "query"]) requireMethod(engine, ["engine"], method);
  requireDialect(engine.dialect, ["engine", "dialect"]);
  checkFields(request, fields);
  const events = await engine.open(request.events, ["events"]);
  const columns = columnsOf(events, request.columns ?? {});
  const exposures = await exposuresOf(engine, request.before);
  const sql = behavioursSql(engine.dialect, events, { columns, exposures });
  const [counts] = await engine.query(sql.leftOut);
  if (Number(counts?.timeless) > 0) throw new ExperimentError({ not_a_time }, ["columns", "at"], columns.at);
  const rows = await engine.query(sql.habits);
  const habits = rows.map((row): readonly [string, UnitHabits] => [
    String(row.unit),
    {
      exposure: milliseconds(row.exposure, 0),
      first: milliseconds(row.first_at, Infinity),
      lastPurchase: milliseconds(row.last_at, -Infinity),
      ...{ visits: Number(row.visits), purchases: Number(row.purchases), returns: Number(row.returns) },
      ...{ discounted: Number(row.discounted), amount: Number(row.amount) },
      ...{ channel: textOf(row.channel), daypart: textOf(row.daypart) },
    },
  ]);
  return {
    ...attributesOf(new Map(habits)),
    leftOut: { later: Number(counts?.later), unexposed: Number(counts?.unexposed) },
  };
}
