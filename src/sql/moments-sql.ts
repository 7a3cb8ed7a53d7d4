import type { Moments } from "../core/moments.js";
import { powerOfTwo } from "../core/powers.js";
import { packedIndex } from "../linear/index.js";
import type { MetricColumns, ValueTerm } from "../metrics/data/index.js";
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
 * Σ (xᵢ − x̄ᵢ)²(xⱼ − x̄ⱼ) from Σ xᵢ²xⱼ and the centred moments. An engine sums such products as they are, so where the
 * means are thousands of standard deviations away from zero nothing but rounding would be left.
 * @returns undefined where fewer than about four digits of the skewness are left
 */
function thirdMoment({ n, mean, comoment }: Moments, i: number, j: number, raw: number): number | undefined {
  const [mi, mj] = [mean[i] as number, mean[j] as number];
  const [own, other] = [comoment[packedIndex(i, i)] as number, comoment[packedIndex(j, j)] as number];
  if (own === 0 || other === 0) return 0;
  const product = n * mi * mi * mj;
  const lost = powerOfTwo(-52) * Math.abs(product);
  const both = comoment[packedIndex(i, j)] as number;
  return lost <= 1e-4 * own * Math.sqrt(other / n) ? raw - mj * own - 2 * mi * both - product : undefined;
}

/** Places of the mixed third moments, in their order: of every pair first the one, then the other squared. */
function mixedPairs(k: number): readonly (readonly [squared: number, other: number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (let i = 1; i < k; i++) for (let j = 0; j < i; j++) pairs.push([i, j], [j, i]);
  return pairs;
}

/** A list of numbers that are all there. */
function whole(numbers: readonly (number | undefined)[]): readonly number[] | undefined {
  return numbers.length > 0 && numbers.every((each) => each !== undefined) ? numbers : undefined;
}

/** A value of a unit: one of `x0`, `x1` …, or the weighted sum of several. */
export function sumSql(terms: readonly ValueTerm[], { double }: Dialect): string {
  const products = terms.map(({ at, weight }) =>
    weight === 1 ? `x${at}` : `${double(String(weight))} * x${at}`,
  );
  return products.length === 1 && products[0] ? products[0] : `(${products.join(" + ")})`;
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
    // A joint metric counts only units that have all its values; a sum with a missing term is missing by itself.
    const own = values.map((terms) => sumSql(terms, dialect));
    const columns = own.map((x) => {
      const others = joint && !complete ? own.filter((other) => other !== x) : [];
      if (others.length === 0) return x;
      return `CASE WHEN ${others.map((other) => `${other} IS NOT NULL`).join(" AND ")} THEN ${x} END`;
    });
    const comoment = columns.flatMap((a, i) =>
      columns.slice(0, i + 1).map((b, j) => item(dialect.covariance(a, i === j ? a : b))),
    );
    const count = complete ? "units" : item(`count(${columns[0]})`);
    return {
      ...{ names, count, comoment },
      mean: columns.map((x) => item(dialect.mean(x))),
      nonzero: third ? columns.map((x) => item(`count(CASE WHEN ${x} <> 0 THEN 1 END)`)) : [],
      max: third ? columns.map((x) => item(`max(${x})`)) : [],
      // Σ xᵢ²xⱼ by place: the cubes, then of every pair both mixed products.
      thirds: third
        ? [...columns.map((_, i) => [i, i] as const), ...mixedPairs(columns.length)].map(([i, j]) => {
            const [a, b] = [columns[i] as string, columns[j] as string];
            return { i, j, alias: item(`sum(${a} * ${a} * ${b})`) };
          })
        : [],
    };
  });
  const number = (row: ResultRow, alias: string) => Number(row[alias] ?? 0);
  return {
    items,
    read: (row) =>
      plans.map(({ names, count, mean, comoment, nonzero, max, thirds }) => {
        const n = number(row, count);
        const moments: Moments = {
          n,
          names,
          mean: mean.map((alias) => number(row, alias)),
          comoment: comoment.map((alias) => number(row, alias) * n),
        };
        const third = thirds.map(({ i, j, alias }) => thirdMoment(moments, i, j, number(row, alias)));
        const m3 = whole(third.slice(0, names.length));
        const mixed3 = whole(third.slice(names.length));
        return {
          ...moments,
          ...(m3 ? { m3 } : {}),
          ...(mixed3 ? { mixed3 } : {}),
          ...(nonzero.length > 0 ? { nonzero: nonzero.map((alias) => number(row, alias)) } : {}),
          ...(max.length > 0 && n > 0 ? { max: max.map((alias) => number(row, alias)) } : {}),
        };
      }),
  };
}
