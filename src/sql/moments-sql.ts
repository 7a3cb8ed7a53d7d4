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
  /**
   * Moments of each metric from a result row; a number is not finite where a value was not.
   * @param step  whether it is of units within one step of a value, which is narrow: third moments that rounding took are
   *   nothing beside those of all units, and count as zero
   */
  read(row: ResultRow, step?: boolean): readonly Moments[];
}

/**
 * Σ (xᵢ − x̄ᵢ)(xⱼ − x̄ⱼ)(xₗ − x̄ₗ), places alike or not, from Σ xᵢxⱼxₗ and the centred moments. An engine sums such products as they are, so where the
 * means are thousands of standard deviations away from zero nothing but rounding would be left.
 * @returns undefined where fewer than about four digits of the skewness are left
 */
function thirdMoment({ n, mean, comoment }: Moments, [i, j, l]: Places, raw: number): number | undefined {
  const [mi, mj, ml] = [mean[i] as number, mean[j] as number, mean[l] as number];
  const both = (a: number, b: number) => comoment[packedIndex(a, b)] as number;
  const [own, other, third] = [both(i, i), both(j, j), both(l, l)];
  if (own === 0 || other === 0 || third === 0) return 0;
  const product = n * mi * mj * ml;
  const lost = powerOfTwo(-52) * Math.abs(product);
  const rest = mi * both(j, l) + mj * both(i, l) + ml * both(i, j);
  return lost <= 1e-4 * Math.sqrt(own) * Math.sqrt(other) * Math.sqrt(third / n)
    ? raw - rest - product
    : undefined;
}

type Places = readonly [number, number, number];

/** Places of the third moments, in their order: the cubes, of every pair first the one, then the other squared, the triples. */
function thirdPlaces(k: number): readonly Places[] {
  const cubes = Array.from({ length: k }, (_, i): Places => [i, i, i]);
  const [pairs, triples]: [Places[], Places[]] = [[], []];
  for (let i = 1; i < k; i++)
    for (let j = 0; j < i; j++) {
      pairs.push([i, i, j], [j, j, i]);
      for (let l = 0; l < j; l++) triples.push([i, j, l]);
    }
  return [...cubes, ...pairs, ...triples];
}

/** A list of numbers that are all there. */
function whole(numbers: readonly (number | undefined)[]): readonly number[] | undefined {
  return numbers.length > 0 && numbers.every((each) => each !== undefined) ? numbers : undefined;
}

/** A value of a unit: one of `x0`, `x1` …, or the weighted sum of several; at most the cap, where there is one. */
export function valueSql(terms: readonly ValueTerm[], cap: number | undefined, dialect: Dialect): string {
  const sum = sumSql(terms, dialect);
  if (cap === undefined) return sum;
  const most = dialect.double(String(cap));
  return `(CASE WHEN ${sum} > ${most} THEN ${most} ELSE ${sum} END)`;
}

function sumSql(terms: readonly ValueTerm[], { double }: Dialect): string {
  const products = terms.map(({ at, weight }) =>
    weight === 1 ? `x${at}` : `${double(String(weight))} * x${at}`,
  );
  return products.length === 1 && products[0] ? products[0] : `(${products.join(" + ")})`;
}

/**
 * Aggregates for all metrics' moments in one pass: centred by the engine, never as Σx² − (Σx)²/n, and each once
 * however many metrics share it.
 * @param metrics  where each metric's values stand among `x0`, `x1` …
 * @param complete whether no value can be missing, but of metrics that are partial; then the group's count is every metric's
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
  const plans = metrics.map(({ names, values, caps, outcomes, joint, partial, third }) => {
    const whole = complete && !partial;
    // A joint metric counts only units that have all its values; a sum with a missing term is missing by itself.
    const own = values.map((terms, i) => valueSql(terms, caps[i], dialect));
    const columns = own.map((x) => {
      const others = joint && !whole ? own.slice(0, outcomes).filter((other) => other !== x) : [];
      if (others.length === 0) return x;
      return `CASE WHEN ${others.map((other) => `${other} IS NOT NULL`).join(" AND ")} THEN ${x} END`;
    });
    const comoment = columns.flatMap((a, i) =>
      columns.slice(0, i + 1).map((b, j) => item(dialect.covariance(a, i === j ? a : b))),
    );
    const count = whole ? "units" : item(`count(${columns[0]})`);
    return {
      ...{ names, count, comoment },
      mean: columns.map((x) => item(dialect.mean(x))),
      nonzero: third ? columns.map((x) => item(`count(CASE WHEN ${x} <> 0 THEN 1 END)`)) : [],
      max: third ? columns.map((x) => item(`max(${x})`)) : [],
      thirds: third
        ? thirdPlaces(columns.length).map((places) => ({
            places,
            alias: item(`sum(${places.map((at) => columns[at]).join(" * ")})`),
          }))
        : [],
    };
  });
  const number = (row: ResultRow, alias: string) => Number(row[alias] ?? 0);
  return {
    items,
    read: (row, step = false) =>
      plans.map(({ names, count, mean, comoment, nonzero, max, thirds }) => {
        const n = number(row, count);
        const moments: Moments = {
          n,
          names,
          mean: mean.map((alias) => number(row, alias)),
          comoment: comoment.map((alias) => number(row, alias) * n),
        };
        const third = thirds.map(
          ({ places, alias }) => thirdMoment(moments, places, number(row, alias)) ?? (step ? 0 : undefined),
        );
        const k = names.length;
        const m3 = whole(third.slice(0, k));
        const mixed3 = whole(third.slice(k, k * k));
        const triple3 = whole(third.slice(k * k));
        return {
          ...moments,
          ...(m3 ? { m3 } : {}),
          ...(mixed3 ? { mixed3 } : {}),
          ...(triple3 ? { triple3 } : {}),
          ...(nonzero.length > 0 ? { nonzero: nonzero.map((alias) => number(row, alias)) } : {}),
          ...(max.length > 0 && n > 0 ? { max: max.map((alias) => number(row, alias)) } : {}),
        };
      }),
  };
}
