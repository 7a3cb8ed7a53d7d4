import type { Moments } from "../core/moments.js";
import { powerOfTwo } from "../core/powers.js";
import { packedIndex } from "../linear/index.js";
import type { MetricColumns } from "../metrics/data/index.js";
import type { Dialect } from "./dialects/index.js";

/** One row of a query's result: alias → value. */
export type ResultRow = Readonly<Record<string, unknown>>;

/** Aggregates that give the moments of every metric, and how to read them back. */
export interface MomentsSql {
  /** Items of a SELECT list over columns `x0`, `x1` … */
  readonly items: readonly string[];
  /** Moments of each metric from a result row; a number is not finite where a value was not. */
  read(row: ResultRow): readonly Moments[];
}

/**
 * Σ (x − x̄)³ from Σ x³ and the centred moments. An engine sums cubes as they are, so where the mean is thousands of
 * standard deviations away from zero nothing but rounding would be left.
 * @returns undefined where fewer than about four digits of the skewness are left
 */
function thirdMoment({ n, mean, comoment }: Moments, i: number, cubes: number): number | undefined {
  const m = mean[i] as number;
  const m2 = comoment[packedIndex(i, i)] as number;
  if (m2 === 0) return 0;
  const lost = powerOfTwo(-52) * n * Math.abs(m * m * m);
  return lost <= 1e-4 * m2 * Math.sqrt(m2 / n) ? cubes - 3 * m * m2 - n * m * m * m : undefined;
}

/**
 * Aggregates for all metrics' moments in one pass: centred by the engine, never as Σx² − (Σx)²/n, and each once
 * however many metrics share it.
 * @param metrics  where each metric's values stand among `x0`, `x1` …
 * @param complete whether no value can be missing; then the group's count is every metric's
 * @param dialect  the engine's spelling
 * @returns items of a SELECT list that also counts `units`, and their reader
 */
export function momentsSql(
  metrics: readonly MetricColumns[],
  complete: boolean,
  dialect: Dialect,
): MomentsSql {
  const items = ["count(*) AS units"];
  const aliases = new Map<string, string>();
  const item = (expression: string) => {
    let alias = aliases.get(expression);
    if (alias === undefined) {
      alias = `m${aliases.size}`;
      aliases.set(expression, alias);
      items.push(`${expression} AS ${alias}`);
    }
    return alias;
  };
  const plans = metrics.map(({ names, values, joint, third }) => {
    // A joint metric counts only units that have all its values.
    const columns = values.map((at) => {
      const others = joint && !complete ? values.filter((other) => other !== at) : [];
      if (others.length === 0) return `x${at}`;
      return `CASE WHEN ${others.map((other) => `x${other} IS NOT NULL`).join(" AND ")} THEN x${at} END`;
    });
    const comoment = columns.flatMap((a, i) =>
      columns.slice(0, i + 1).map((b, j) => item(dialect.covariance(a, i === j ? a : b))),
    );
    const count = complete ? "units" : item(`count(${columns[0]})`);
    return {
      ...{ names, count, comoment },
      mean: columns.map((x) => item(dialect.mean(x))),
      cubes: third ? columns.map((x) => item(`sum(${x} * ${x} * ${x})`)) : [],
    };
  });
  const number = (row: ResultRow, alias: string) => Number(row[alias] ?? 0);
  return {
    items,
    read: (row) =>
      plans.map(({ names, count, mean, comoment, cubes }) => {
        const n = number(row, count);
        const moments: Moments = {
          n,
          names,
          mean: mean.map((alias) => number(row, alias)),
          comoment: comoment.map((alias) => number(row, alias) * n),
        };
        const m3 = cubes.map((alias, i) => thirdMoment(moments, i, number(row, alias)));
        return cubes.length > 0 && m3.every((value) => value !== undefined) ? { ...moments, m3 } : moments;
      }),
  };
}
