import type { MetricColumns } from "../metrics/data/index.js";
import type { Dialect } from "./dialects/index.js";
import { valueSql } from "./moments-sql.js";

/** Units as a relation: `variant`, `state` (`one` where they count), `cluster`, their labels and values. */
export interface ClusteredUnits {
  /** `WITH units AS (…)`. */
  readonly start: string;
  readonly metrics: readonly MetricColumns[];
  /** Columns of version and levels. */
  readonly keys: readonly string[];
  /** Condition under which a variant is one of the definition's. */
  readonly known: string;
  /** Columns that are added up. */
  readonly carried: readonly string[];
}

/** Further relations behind the units. */
export interface ClustersSql {
  /** `WITH units AS (…), placed AS (…), pieces AS (…)`. */
  readonly start: string;
  /**
   * One row: of each level's column, as `s0`, `s1` …, how many clusters are in several of its levels; absent without levels.
   * @param levels  columns of the levels
   */
  spread(levels: readonly string[]): string | undefined;
}

/**
 * Gathers units into pieces, one per cluster, version and levels: `members`, and of each metric sums over the units that have it,
 * as `x0`, `x1` … in the order of `clusteredColumns`. What does not count is gathered by its state.
 */
export function clustersSql(
  { start, metrics, keys, known, carried }: ClusteredUnits,
  dialect: Dialect,
): ClustersSql {
  const text = dialect.literal;
  const counts = `state = ${text("one")} AND variant IS NOT NULL AND ${known}`;
  const own = `CASE WHEN ${counts} THEN variant END`;
  const over = (which: "min" | "max") => `${which}(${own}) OVER (PARTITION BY cluster)`;
  const placed = `CASE WHEN NOT (${counts}) THEN state WHEN cluster IS NULL THEN ${text("unclustered")} WHEN ${over("min")} <> ${over("max")} THEN ${text("split")} ELSE state END`;
  let place = 0;
  const sums = metrics.flatMap(({ values, caps, outcomes }) => {
    const each = values.map((terms, i) => valueSql(terms, caps[i], dialect));
    const whole = each
      .slice(0, outcomes)
      .map((x) => `${x} IS NOT NULL`)
      .join(" AND ");
    return [
      ...each.map((x) => `sum(CASE WHEN ${whole} THEN ${x} END) AS x${place++}`),
      `${dialect.double(`nullif(count(CASE WHEN ${whole} THEN 1 END), 0)`)} AS x${place++}`,
    ];
  });
  const labels = keys.map((key) => `${key}, `).join("");
  return {
    start: `${start.trimEnd()}, placed AS (
  SELECT *, ${placed} AS standing FROM units
), pieces AS (
  SELECT variant, standing AS state, ${labels}count(*) AS members, ${[...carried.map((name) => `sum(${name}) AS ${name}`), ...sums].join(", ")}
  FROM placed
  GROUP BY variant, standing, ${labels}CASE WHEN standing = ${text("one")} AND ${known} THEN cluster END
)
`,
    spread: (levels) => {
      if (levels.length === 0) return undefined;
      const several = levels.map((key, i) => {
        const found = `count(DISTINCT ${key})`;
        return `CASE WHEN ${found} > 1 OR (${found} = 1 AND count(${key}) < count(*)) THEN 1 ELSE 0 END AS s${i}`;
      });
      return `SELECT ${levels.map((_, i) => `sum(s${i}) AS s${i}`).join(", ")} FROM (
  SELECT ${several.join(", ")} FROM placed WHERE standing = ${text("one")} AND ${known} GROUP BY cluster
) AS clusters${dialect.tail}`;
    },
  };
}
