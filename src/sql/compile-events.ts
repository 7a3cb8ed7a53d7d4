import { limits } from "../core/limits.js";
import {
  type CountedValue,
  capPlans,
  clusteredColumns,
  type EventsColumns,
  type Group,
  type TailPart,
  type TailPlan,
  textOf,
  type VariantReading,
} from "../metrics/data/index.js";
import { type CapsSql, capsSql } from "./caps-sql.js";
import { clustersSql } from "./clusters-sql.js";
import { unitsIn } from "./compile-table.js";
import { countsSql, readCount } from "./counts-sql.js";
import type { Dialect, SortKey } from "./dialects/index.js";
import { momentsSql, type ResultRow } from "./moments-sql.js";
import { kindOf, type OpenRelation } from "./relation.js";
import { columnSql, variantSql } from "./spell.js";
import { tailsSql } from "./tails-sql.js";
import { triggersSql } from "./triggers-sql.js";
import { meantSql, perUnit, wheresOf } from "./unit-values-sql.js";
import { whereSql } from "./where-sql.js";

/** One group of a query over events, with the events that did not count. */
export interface EventsGroup {
  readonly group: Group;
  /** Whether its units were seen in two variants. */
  readonly two: boolean;
  /** Of data read by cluster. */
  readonly state?: string;
  /** Events of its units: all, and those left out by reason. */
  readonly joined: number;
  readonly leftOut: Readonly<Record<string, number>>;
  /** Its units that were exposed in several levels, one count per dimension. */
  readonly repeated: readonly number[];
}

/** Why an exposure cannot count. */
export type StrayReason = "without_variant" | "without_unit" | "without_time" | "unknown";

/** The queries over exposures and events, and the readers of their rows. */
export interface EventsQueries {
  /** One query a bucket; their groups merge exactly. */
  readonly moments: readonly string[];
  /** Queries for how many units of each group have which value, one a bucket; empty where nobody asks. */
  readonly counts: readonly string[];
  /** @returns what a row of {@link EventsQueries.counts} says */
  readCount(row: ResultRow): CountedValue | undefined;
  /** @returns the row's group; or what it says of the heaviest units, of those seen in one variant */
  read(row: ResultRow): (EventsGroup & { readonly tail?: never }) | { readonly tail: TailPart | null };
  /** One row: when the data `end`, in microseconds since 1970; absent where that does not matter, or is known. */
  readonly end?: string;
  /** All units that were exposed, by `variant`, `version` and `two`, as `units`, with those `triggered`; absent without a trigger. */
  readonly exposed?: string;
  /** One row: how many clusters are in several levels of each dimension; absent without dimensions or clusters. */
  readonly spread?: string;
  /** One row: the `earliest` exposure that counts, in microseconds since 1970. */
  readonly start: string;
  /** Finds caps that are percentiles; absent where there are none. */
  readonly caps?: CapsSql;
  /** Exposures that cannot count, by `reason` and `variant`, with `n` rows. */
  readonly strayExposures: string;
  /** One row: events of the metrics' names `without_unit`, `without_time`, and `whole`. */
  readonly eventCounts: string;
}

const list = (items: readonly string[]) => items.join(", ");

/** The queries' building blocks: exposures and events as expressions. */
function sources(
  exposures: OpenRelation,
  events: OpenRelation,
  columns: EventsColumns,
  reading: VariantReading,
  dialect: Dialect,
) {
  const { exposures: seen, events: done } = columns;
  // Ids of one kind are compared as they are, others as text.
  const sameKind = kindOf(exposures, seen.unit) === kindOf(events, done.unit);
  const id = (relation: OpenRelation, name: string) =>
    columnSql(relation, name, sameKind ? "id" : "text", dialect);
  const text = (relation: OpenRelation, name: string) => columnSql(relation, name, "text", dialect);
  const labels = [
    ...(seen.version === undefined ? [] : [seen.version]),
    ...(seen.cluster === undefined ? [] : [seen.cluster]),
    ...seen.dimensions,
  ];
  const names = [...new Set(columns.values.map(({ event }) => event))];
  const wheres = wheresOf(columns);
  /** Events of a name that some value means. */
  const meant = names.map((name) => {
    const own = columns.values.filter(({ event }) => event === name);
    const is = `event = ${dialect.literal(name)}`;
    return own.some(({ where }) => where === undefined)
      ? is
      : `(${is} AND (${[...new Set(own.map((value) => meantSql(value, wheres)))].join(" OR ")}))`;
  });
  return {
    wheres,
    labels,
    known: `variant IN (${list(reading.keys.map(dialect.literal))})`,
    exposed: `(SELECT ${list([
      `${variantSql(text(exposures, seen.variant), reading, dialect)} AS variant`,
      `${id(exposures, seen.unit)} AS unit`,
      `${columnSql(exposures, seen.at, "time", dialect)} AS t`,
      ...labels.map((name, i) => `${text(exposures, name)} AS l${i}`),
    ])} FROM ${exposures.sql}) AS seen`,
    happened: `(SELECT ${list([
      `${text(events, done.event)} AS event`,
      `${id(events, done.unit)} AS unit`,
      `${columnSql(events, done.at, "time", dialect)} AS t`,
      ...(done.id === undefined ? [] : [`${text(events, done.id)} AS id`]),
      ...columns.amounts.map((name, i) => `${columnSql(events, name, "number", dialect)} AS a${i}`),
      ...wheres.map(
        ({ where }, i) => `CASE WHEN ${whereSql(events, where, dialect)} THEN 1 ELSE 0 END AS w${i}`,
      ),
    ])} FROM ${events.sql}) AS happened`,
    named: wheres.length === 0 ? `event IN (${list(names.map(dialect.literal))})` : `(${meant.join(" OR ")})`,
  };
}

/**
 * The queries over exposures and events. Per unit: the first exposure (with its version and dimensions), whether it
 * was seen in two variants, and every distinct value the metrics need from the events at or after that exposure (or, of
 * covariates, before it);
 * then the moments of all metrics in every cell. In several buckets of the unit's hash, each query holds only its
 * share of the units, and the groups merge exactly.
 * @param exposures  the table of exposures
 * @param events     the table of events
 * @param columns    which of their columns are read
 * @param reading    how variants are read
 * @param dialect    the engine's spelling
 * @param buckets    number of queries the units are split over, ≥ 1
 * @param plans      values whose heaviest units are wanted, too
 * @returns the queries' texts and readers
 */
export function compileEvents(
  exposures: OpenRelation,
  events: OpenRelation,
  columns: EventsColumns,
  reading: VariantReading,
  dialect: Dialect,
  buckets: number,
  plans: readonly TailPlan[] = [],
): EventsQueries {
  const { labels, exposed, happened, known, named, wheres } = sources(
    exposures,
    events,
    columns,
    reading,
    dialect,
  );
  const versioned = columns.exposures.version !== undefined;
  const unit = perUnit(columns, wheres, dialect);
  const inOrder = ["t", ...columns.amounts.map((_, i) => `a${i} NULLS LAST`)];
  const nth =
    columns.events.id === undefined
      ? ""
      : `, CASE WHEN id IS NULL THEN 1 ELSE row_number() OVER (PARTITION BY unit, event, id ORDER BY ${list(inOrder)}) END AS nth`;
  const clustered = columns.exposures.cluster !== undefined;
  const moments = clustered
    ? momentsSql(clusteredColumns(columns.metrics), false, dialect)
    : momentsSql(columns.metrics, true, dialect);
  const labelled = labels.map((_, i) => `k${i}`);
  const levelsFrom = (versioned ? 1 : 0) + (clustered ? 1 : 0);
  const levelKeys = labelled.slice(levelsFrom);
  const keys = [...labelled.slice(0, versioned ? 1 : 0), ...levelKeys];
  // Exposures at the very same time: the smallest version, then the smallest levels.
  const order: SortKey[] = [
    { x: "t", kind: "number" },
    ...(versioned ? [{ x: dialect.number("l0", "text", false), kind: "number" } as const] : []),
    ...labels.map((_, i) => ({ x: `l${i}`, kind: "text" }) as const),
  ];
  const several = columns.exposures.dimensions.map((_, i) => {
    const label = `l${i + levelsFrom}`;
    return `CASE WHEN min(${label}) <> max(${label}) THEN 1 ELSE 0 END AS several${i}`;
  });
  const first = labelled.map((key, i) => `${dialect.first(order, i + (versioned ? 2 : 1))} AS ${key}`);
  const group = ["variant", clustered ? "state" : "two", ...keys];
  const tails = tailsSql(clustered ? [] : plans, group.slice(0, versioned ? 3 : 2), dialect);
  const share = (b: number) => (buckets === 1 ? "" : ` AND ${dialect.bucket("unit", buckets)} = ${b}`);
  const triggers = triggersSql(
    exposures,
    events,
    columns,
    [...labelled, ...columns.exposures.dimensions.map((_, i) => `several${i}`)],
    dialect,
  );
  const unitsOf = (share: string) => `WITH ${triggers ? "exposed" : "s"} AS (
  SELECT ${list(["unit", "min(variant) AS variant", "CASE WHEN min(variant) <> max(variant) THEN 1 ELSE 0 END AS two", "min(t) AS t", ...first, ...several])}
  FROM ${exposed}
  WHERE ${known} AND unit IS NOT NULL AND t IS NOT NULL${share}
  GROUP BY unit
)${triggers ? `, ${triggers.from(share)}` : ""}, e AS ${triggers ? "MATERIALIZED " : ""}(
  SELECT *${nth} FROM ${happened}
  WHERE ${named} AND unit IS NOT NULL AND t IS NOT NULL${share}
), units AS (
  SELECT ${list([
    "min(s.variant) AS variant",
    "max(s.two) AS two",
    ...keys.map((key) => `min(s.${key}) AS ${key}`),
    ...(clustered
      ? [
          `min(s.k${levelsFrom - 1}) AS cluster`,
          "CASE WHEN max(s.two) = 1 THEN 'two' ELSE 'one' END AS state",
        ]
      : []),
    ...several.map((_, i) => `max(s.several${i}) AS several${i}`),
    ...unit.values,
    ...Object.entries(unit.counts).map(([name, count]) => `${count} AS n_${name}`),
  ])}
  FROM s LEFT JOIN e ON e.unit = s.unit
  GROUP BY s.unit
)
`;
  const totals = Object.keys(unit.counts).map((name) => `n_${name}`);
  const found = clustered
    ? clustersSql(
        {
          ...{ start: unitsOf(""), metrics: columns.metrics, keys, known },
          carried: [...totals, ...several.map((_, i) => `several${i}`)],
        },
        dialect,
      )
    : undefined;
  const spread = found?.spread(levelKeys);
  const query = (
    b: number,
  ) => `${found?.start ?? unitsOf(share(b))}SELECT ${list([...group, ...moments.items, ...Object.keys(unit.counts).map((name) => `sum(n_${name}) AS total_${name}`), ...(clustered ? ["sum(members) AS members"] : []), ...several.map((_, i) => `sum(several${i}) AS repeated${i}`), ...tails.items])}
FROM ${tails.from(clustered ? "pieces" : "units")}
GROUP BY ${tails.groupBy(group)}
LIMIT ${limits.groups.most + 1}${dialect.tail}`;
  const counts = (share: string) =>
    countsSql(columns.metrics, ["variant", ...keys], unitsOf(share), "units WHERE two = 0", dialect);
  const ownOf = (row: ResultRow) => {
    const texts = keys.map((key) => textOf(row[key]));
    const version = versioned ? { version: texts[0] as string } : {};
    return { variant: textOf(row.variant), ...version, levels: versioned ? texts.slice(1) : texts };
  };
  const is = (reason: StrayReason) => dialect.literal(reason);
  const reason = `CASE WHEN variant IS NULL THEN ${is("without_variant")} WHEN unit IS NULL THEN ${is("without_unit")} WHEN t IS NULL THEN ${is("without_time")} ELSE ${is("unknown")} END`;
  const caps = capPlans(columns.metrics);
  const latest = (relation: OpenRelation, at: string) =>
    `SELECT max(${columnSql(relation, at, "time", dialect, false)}) AS t FROM ${relation.sql}`;
  const ends = [latest(exposures, columns.exposures.at), latest(events, columns.events.at)];
  return {
    ...(columns.ending && columns.end === undefined
      ? { end: `SELECT max(t) AS latest FROM (${ends.join(" UNION ALL ")}) AS ends${dialect.tail}` }
      : {}),
    start: `SELECT min(t) AS earliest FROM ${exposed} WHERE ${known} AND unit IS NOT NULL AND t IS NOT NULL${dialect.tail}`,
    ...(caps.length > 0 ? { caps: capsSql(caps, unitsOf(""), "units WHERE two = 0", dialect) } : {}),
    ...(triggers ? { exposed: `${unitsOf("")}${triggers.all(versioned ? labelled[0] : undefined)}` } : {}),
    moments: Array.from({ length: clustered ? 1 : buckets }, (_, b) => query(b)),
    ...(found && spread ? { spread: `${found.start}${spread}` } : {}),
    counts: Array.from({ length: buckets }, (_, b) => counts(share(b)) ?? []).flat(),
    strayExposures: `SELECT reason, variant, count(*) AS n
FROM (SELECT ${reason} AS reason, CASE WHEN ${reason} = ${is("unknown")} THEN variant END AS variant
FROM ${exposed}
WHERE variant IS NULL OR unit IS NULL OR t IS NULL OR NOT (${known})) AS strays
GROUP BY reason, variant${dialect.tail}`,
    eventCounts: `SELECT count(CASE WHEN unit IS NULL THEN 1 END) AS without_unit,
  count(CASE WHEN unit IS NOT NULL AND t IS NULL THEN 1 END) AS without_time,
  count(CASE WHEN unit IS NOT NULL AND t IS NOT NULL THEN 1 END) AS whole
FROM ${happened}
WHERE ${named}${dialect.tail}`,
    readCount(row) {
      const count = readCount(row);
      return count && { ...ownOf(row), ...count };
    },
    read(row) {
      const count = (name: string) => Number(row[`total_${name}`] ?? 0);
      const two = clustered ? row.state === "two" : Number(row.two) === 1;
      const { levels, ...own } = ownOf(row);
      const found = moments.read(row, tails.isStep(row));
      const tail = tails.read(row, found);
      if (tail) return { tail: two ? null : { ...own, ...tail } };
      return {
        two,
        ...(clustered ? { state: String(row.state) } : {}),
        joined: count("joined"),
        repeated: several.map((_, i) => Number(row[`repeated${i}`] ?? 0)),
        leftOut: {
          events_repeated: count("again"),
          events_before_exposure: count("before"),
          events_after_window: count("after"),
          events_outside_window: count("outside"),
          events_without_amount: count("empty"),
        },
        group: {
          ...own,
          levels,
          ...unitsIn(row, clustered, reading),
          moments: found,
        },
      };
    },
  };
}
