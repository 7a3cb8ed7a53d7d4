import { limits } from "../core/limits.js";
import { aggregates } from "../metrics/aggregates/index.js";
import {
  type CountedValue,
  capPlans,
  clusteredColumns,
  type Group,
  type PerUnitValue,
  severalLevels,
  type TableColumns,
  type TailPart,
  type TailPlan,
  textOf,
  type VariantReading,
} from "../metrics/data/index.js";
import { type CapsSql, capsSql } from "./caps-sql.js";
import { clustersSql } from "./clusters-sql.js";
import { countsSql, readCount } from "./counts-sql.js";
import type { Dialect } from "./dialects/index.js";
import { momentsSql, type ResultRow } from "./moments-sql.js";
import type { OpenRelation } from "./relation.js";
import { columnSql, variantSql } from "./spell.js";
import { tailsSql } from "./tails-sql.js";

/**
 * Units to analyze, units in two variants, units with several rows, rows without a unit; units without a cluster, and those of
 * clusters in two variants.
 */
export type UnitState = "one" | "two" | "several" | "none" | "unclustered" | "split";

/** A compiled query and the reader of its rows. */
export interface TableQuery {
  /** One query per bucket; their groups merge exactly. */
  readonly sqls: readonly string[];
  /** Queries for how many units of each group have which value; empty where nobody asks. */
  readonly counts: readonly string[];
  /** @returns what a row of {@link TableQuery.counts} says */
  readCount(row: ResultRow): CountedValue | undefined;
  /** Finds caps that are percentiles, of all units; absent where there are none. */
  readonly caps?: CapsSql;
  /** One row: how many clusters are in several levels of each dimension; absent where units stand for themselves. */
  readonly spread: string | undefined;
  /** Of one row: the first `unit` of those whose rows cannot be one, by code points; undefined where none can be. */
  readonly severalUnit: string | undefined;
  /** @returns the row's group, or what it says of the heaviest units; and what its units are */
  read(
    row: ResultRow,
  ): { readonly state: UnitState } & (
    | { readonly group: Group; readonly repeated: number; readonly tail?: never }
    | { readonly tail: TailPart }
  );
  /** Counts that are negative, if any; read only after `read` found nothing else. */
  readonly minima: readonly { readonly column: string; readonly alias: string }[];
}

/** A value of a unit; of covariates no unit is without one. */
function imputedSql(value: PerUnitValue | undefined, x: string, { double }: Dialect): string {
  if (!value?.imputed) return x;
  return value.imputed === "value"
    ? `coalesce(${x}, ${double("0")})`
    : `CASE WHEN ${x} IS NULL THEN ${double("1")} ELSE ${double("0")} END`;
}

/** How the rows of a unit become one, and which of them cannot. */
function repeatedSql(
  { duplicates, version, cluster, values }: TableColumns,
  keys: readonly string[],
  xs: readonly string[],
  dialect: Dialect,
) {
  const clusters = cluster === undefined ? [] : ["cluster"];
  const items = (of: (name: string) => string) => [
    ...clusters.map((name) => `${of(name)} AS ${name}`),
    ...keys.map((key) => `${of(key)} AS ${key}`),
    ...xs.map((x, i) => `${imputedSql(values[i], of(x), dialect)} AS ${x}`),
  ];
  if (duplicates === "first")
    return {
      items: ["count(*) - 1 AS more", ...items((name) => `min(CASE WHEN nth = 1 THEN ${name} END)`)],
      none: ["0 AS more"],
    };
  if (duplicates === undefined)
    return { items: items((name) => `min(${name})`), none: [], torn: "count(*) > 1" };
  const several = dialect.literal(severalLevels);
  const level = (key: string) =>
    `CASE WHEN min(${key}) <> max(${key}) THEN ${several} ELSE min(${key}) END AS ${key}`;
  const total = (x: string, i: number) => {
    const { of, imputed } = values[i] ?? {};
    const largest = imputed !== undefined || (of && aggregates[of].support === "binary");
    return `${imputedSql(values[i], `${largest ? "max" : "sum"}(${x})`, dialect)} AS ${x}`;
  };
  // Rows of several definition versions are not one unit's row.
  const [first = ""] = version === undefined ? [] : keys;
  const torn = [
    ...(first === "" ? [] : [`count(DISTINCT coalesce(${first}, '')) > 1`]),
    ...clusters.map((x) => `min(${x}) <> max(${x}) OR (count(${x}) > 0 AND count(${x}) < count(*))`),
  ];
  return {
    items: [...clusters.map((x) => `min(${x}) AS ${x}`), ...keys.map(level), ...xs.map(total)],
    none: [],
    torn: torn.length === 0 ? undefined : torn.map((each) => `(${each})`).join(" OR "),
  };
}

/** Of clusters, units and their members; of a variant that is not the definition's, units. */
export function unitsIn(row: ResultRow, clustered: boolean, reading: VariantReading) {
  if (!clustered) return { units: Number(row.units) };
  const members = Number(row.members);
  const counted = row.state === "one" && reading.known(textOf(row.variant));
  return counted ? { units: Number(row.units), members } : { units: members };
}

const list = (items: readonly string[]) => items.join(", ");
const series = (prefix: string, items: readonly unknown[]) => items.map((_, i) => `${prefix}${i}`);

/**
 * One query over a wide table for the moments of every metric in every cell. Without a unit column a row is a unit;
 * with one, rows are first gathered by unit, so that units seen in two variants are found.
 * @param relation  the table
 * @param columns   which of its columns are read
 * @param reading   how variants are read
 * @param dialect   the engine's spelling
 * @param plans     values whose heaviest units are wanted, too
 * @param buckets   number of queries that the units are split over, ≥ 1; without a unit column always one
 * @returns the queries' texts and the reader of its rows
 */
export function compileTable(
  relation: OpenRelation,
  columns: TableColumns,
  reading: VariantReading,
  dialect: Dialect,
  plans: readonly TailPlan[] = [],
  buckets = 1,
): TableQuery {
  const { variant, unit, version, cluster, dimensions, values, metrics, duplicates } = columns;
  const spelled = (name: string, as: "text" | "number" | "label" | "id") =>
    columnSql(relation, name, as, dialect);
  const labels = [...(version === undefined ? [] : [version]), ...dimensions];
  const keys = series("k", labels);
  const xs = series("x", values);
  // Where rows are added up, a level may become another text.
  const labelAs = duplicates === "sum" ? "text" : "label";
  const keyed = labels.map((name, i) => `${spelled(name, labelAs)} AS ${keys[i]}`);
  const numbers = values.map(({ column }) => spelled(column, "number"));
  const clustered = cluster === undefined ? [] : [`${spelled(cluster, "id")} AS cluster`];
  const inputs = [...clustered, ...keyed, ...numbers.map((x, i) => `${x} AS ${xs[i]}`)];
  const moments = momentsSql(cluster === undefined ? metrics : clusteredColumns(metrics), false, dialect);
  const counts = (cluster === undefined ? values : []).flatMap(({ of, column }, i) =>
    aggregates[of].support === "nonNegative" ? [{ column, alias: `low${i}`, x: `x${i}` }] : [],
  );
  const group = ["variant", "state", ...keys];
  const shared = group.slice(0, version === undefined ? 2 : 3);
  const tails = tailsSql(plans, shared, dialect);
  const isFirst = unit !== undefined && duplicates === "first";
  const items = [
    ...(isFirst ? ["sum(more) AS more"] : []),
    ...(cluster === undefined ? [] : ["sum(members) AS members"]),
    ...moments.items,
    ...counts.map(({ alias, x }) => `min(${x}) AS ${alias}`),
    ...tails.items,
  ];
  const outer = (from: string) =>
    `SELECT ${list([...group, ...items])}\nFROM ${tails.from(from)}\nGROUP BY ${tails.groupBy(group)}\nLIMIT ${limits.groups.most + 1}${dialect.tail}`;
  const is = (state: UnitState) => dialect.literal(state);

  const plansOfCaps = capPlans(metrics);
  const known = `variant IN (${list(reading.keys.map(dialect.literal))})`;
  const capsOf = (start: string, units: string) =>
    plansOfCaps.length > 0 ? capsSql(plansOfCaps, start, units, dialect) : undefined;
  const countsOf = (start: string, units: string) =>
    countsSql(metrics, ["variant", ...keys], start, units, dialect) ?? [];
  let caps: CapsSql | undefined;
  let counted: readonly string[];
  let sqls: readonly string[];
  let severalUnit: string | undefined;
  let spread: string | undefined;
  /** The query over units, or over their clusters: then in one bucket, as these are not split. */
  const query = (start: string) => {
    if (cluster === undefined) return `${start}${outer("units")}`;
    const carried = isFirst ? ["more"] : [];
    const found = clustersSql({ start, metrics, keys, known, carried }, dialect);
    const levels = version === undefined ? keys : keys.slice(1);
    const asked = found.spread(levels);
    spread = asked && `${found.start}${asked}`;
    return `${found.start}${outer("pieces")}`;
  };
  if (unit === undefined && cluster !== undefined) {
    const key = variantSql(spelled(variant, "text"), reading, dialect);
    const own = [
      ...[`${key} AS variant`, `${is("one")} AS state`, ...clustered, ...keyed],
      ...numbers.map((x, i) => `${imputedSql(values[i], x, dialect)} AS ${xs[i]}`),
    ];
    const start = `WITH units AS (\n  SELECT ${list(own)} FROM ${relation.sql}\n)\n`;
    caps = capsOf(start, `units WHERE ${known}`);
    counted = [];
    sqls = [query(start)];
  } else if (unit === undefined) {
    const one = [`${spelled(variant, "label")} AS variant`, `${is("one")} AS state`];
    const own = [...keyed, ...numbers.map((x, i) => `${imputedSql(values[i], x, dialect)} AS ${xs[i]}`)];
    const key = variantSql(spelled(variant, "text"), reading, dialect);
    caps = capsOf(
      "",
      `(SELECT ${list([`${key} AS variant`, ...own])} FROM ${relation.sql}) AS units WHERE ${known}`,
    );
    counted = [countsOf("", `(SELECT ${list([...one, ...own])} FROM ${relation.sql}) AS units`)].flat();
    sqls = [outer(`(SELECT ${list([...one, ...own])} FROM ${relation.sql}) AS units`)];
  } else {
    const several = repeatedSql(columns, keys, xs, dialect);
    const place = isFirst ? ["place"] : [];
    const from = isFirst
      ? `(SELECT *, row_number() OVER () AS place FROM ${relation.sql}) AS placed`
      : relation.sql;
    const rows = (more: readonly string[]) => {
      const key = variantSql(spelled(variant, "text"), reading, dialect);
      return `(SELECT ${list([`${key} AS variant`, `${spelled(unit, "id")} AS unit`, ...more])} FROM ${from}) AS found`;
    };
    const numbered = (found: string) =>
      isFirst
        ? `(SELECT *, row_number() OVER (PARTITION BY unit ORDER BY place) AS nth FROM ${found} WHERE ${known}) AS numbered`
        : found;
    const torn = several.torn === undefined ? "" : ` WHEN ${several.torn} THEN ${is("several")}`;
    const state = `CASE WHEN min(variant) <> max(variant) THEN ${is("two")}${torn} ELSE ${is("one")} END`;
    const none = [
      ...several.none,
      ...[...(cluster === undefined ? [] : ["cluster"]), ...keys, ...xs].map((name) => `NULL AS ${name}`),
    ];
    const share = (b: number) => (buckets === 1 ? "" : ` AND ${dialect.bucket("unit", buckets)} = ${b}`);
    const withoutUnit = `
  UNION ALL
  SELECT ${list(["variant", `CASE WHEN ${known} THEN ${is("none")} ELSE ${is("one")} END AS state`, ...none])}
  FROM ${rows([])} WHERE unit IS NULL OR variant IS NULL OR NOT (${known})`;
    const unitsOf = (share: string, without: string) => `WITH units AS (
  SELECT ${list(["min(variant) AS variant", `${state} AS state`, ...several.items])}
  FROM ${numbered(rows([...place, ...inputs]))} WHERE unit IS NOT NULL AND ${known}${share} GROUP BY unit${without}
)
`;
    caps = capsOf(unitsOf("", ""), `units WHERE state = ${is("one")}`);
    counted = Array.from({ length: buckets }, (_, b) =>
      countsOf(unitsOf(share(b), ""), `units WHERE state = ${is("one")}`),
    ).flat();
    sqls = Array.from({ length: buckets }, (_, b) => query(unitsOf(share(b), b === 0 ? withoutUnit : "")));
    severalUnit =
      several.torn &&
      `SELECT ${dialect.first([{ x: "label", kind: "text" }], 0)} AS unit FROM (
  SELECT min(label) AS label FROM ${rows([`${spelled(unit, "text")} AS label`, ...inputs])} WHERE unit IS NOT NULL AND ${known}
  GROUP BY unit HAVING ${several.torn} AND min(variant) = max(variant)
) AS again${dialect.tail}`;
  }
  const ownOf = (row: ResultRow) => {
    const texts = keys.map((key) => textOf(row[key]));
    const raw = textOf(row.variant);
    return {
      variant: unit === undefined && cluster === undefined ? reading.key(raw) : raw,
      ...(version === undefined ? {} : { version: texts[0] as string }),
      levels: version === undefined ? texts : texts.slice(1),
    };
  };
  return {
    sqls,
    counts: counted,
    ...(caps ? { caps } : {}),
    severalUnit,
    spread,
    minima: counts.map(({ column, alias }) => ({ column, alias })),
    readCount(row) {
      const count = readCount(row);
      return count && { ...ownOf(row), ...count };
    },
    read(row) {
      const { levels, ...own } = ownOf(row);
      const state = row.state as UnitState;
      const found = moments.read(row, tails.isStep(row));
      const tail = tails.read(row, found);
      if (tail) return { state, tail: { ...own, ...tail } };
      return {
        state,
        repeated: Number(row.more ?? 0),
        group: { ...own, levels, ...unitsIn(row, cluster !== undefined, reading), moments: found },
      };
    },
  };
}
