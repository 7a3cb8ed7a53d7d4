import type { DimensionOrder } from "../../core/cells.js";
import type { Moments } from "../../core/moments.js";
import { normalQuantile } from "../../distributions/index.js";
import type { MeasuredEffect } from "../../stats/index.js";
import { mergeChecked } from "../../stats/moments/index.js";
import { type CompareContext, metricIn } from "../compare.js";
import type { CellLevels } from "../comparison.js";
import type { Group } from "../cube.js";
import type { AskedCell } from "../micro.js";
import type { Trend, TrendPoint } from "./trend.js";

/** Values along an ordered dimension, not yet tested. */
export interface Series {
  readonly metric: string;
  readonly dimension: string;
  readonly within: CellLevels;
  readonly of: Trend["of"];
  readonly randomized: boolean;
  readonly points: readonly TrendPoint[];
  readonly omitted: readonly string[];
  /** Some levels are neither numbers nor dates, and no order is stated. */
  readonly unordered: boolean;
}

const missing: readonly string[] = ["(missing)", "(several)", "(other)"];

const isDate = (level: string): boolean => /^\d{4}(-\d{2}(-\d{2}(T.*)?)?)?$/.test(level);

/** Where a level stands in its order; undefined where it has no place. */
function placeOf(level: string, { levels }: DimensionOrder): number | string | undefined {
  if (missing.includes(level)) return undefined;
  if (levels) {
    const at = levels.indexOf(level);
    return at < 0 ? undefined : at;
  }
  if (level !== "" && Number.isFinite(Number(level))) return Number(level);
  return isDate(level) ? level : undefined;
}

/** A level with its point; absent where it is too thin. */
interface Met {
  readonly level: string;
  readonly point?: TrendPoint;
}

function metAt(level: string, measured: MeasuredEffect, units: number, context: CompareContext): Met {
  const half = normalQuantile((1 + context.level) / 2) * measured.standardError;
  const interval = [measured.value - half, measured.value + half] as const;
  return { level, point: { level, ...measured, interval, units } };
}

function inOrder(met: readonly Met[], order: DimensionOrder) {
  const placed = met.flatMap((each) => {
    const place = placeOf(each.level, order);
    return place === undefined ? [] : [{ ...each, place }];
  });
  placed.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
  const unplaced = met.filter(({ level }) => placeOf(level, order) === undefined);
  return {
    points: placed.flatMap(({ point }) => point ?? []),
    omitted: met.flatMap(({ level, point }) => (point && placeOf(level, order) !== undefined ? [] : [level])),
    unordered: !order.levels && unplaced.some(({ level }) => !missing.includes(level)),
  };
}

/** The metric's value in one variant, over all versions, as a mean with its standard error. */
function pointOf(
  group: Group,
  metricAt: number,
  variant: string,
  level: string,
  context: CompareContext,
): Met {
  const { type } = metricIn(context, metricAt);
  let moments: Moments | undefined;
  group.arms.forEach((arms) => {
    const own = arms.get(variant)?.moments[metricAt];
    if (own) moments = moments ? mergeChecked(moments, own) : own;
  });
  if (!moments || moments.n < 2 || type.thin([moments])) return { level };
  const found = type.linear(moments);
  if (!found || !(found.m2 > 0)) return { level };
  const { n, mean, m2 } = found;
  return metAt(level, { value: mean, standardError: Math.sqrt(m2 / (n - 1) / n) }, n, context);
}

function effectOf({ comparison, thin }: AskedCell, level: string, context: CompareContext): Met {
  const { fixed } = comparison.difference;
  if (thin || fixed.status !== "ok" || !(fixed.standardError > 0)) return { level };
  const { value, standardError } = fixed;
  return metAt(level, { value, standardError }, comparison.units[0] + comparison.units[1], context);
}

/** One grain with its ordered dimension: all groups, and the contrasts that were asked of each. */
export interface OrderedGrain {
  readonly dimension: string;
  readonly order: DimensionOrder;
  readonly groups: readonly Group[];
  readonly asked: readonly { readonly metricAt: number; readonly cells: readonly AskedCell[] }[];
}

/** Of groups by an ordered dimension and perhaps another: those that share the other's level. */
function parts(groups: readonly Group[], dimension: string): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const [at, { cell }] of groups.entries()) {
    const within = JSON.stringify(Object.entries(cell).filter(([key]) => key !== dimension));
    const own = found.get(within);
    if (own) own.push(at);
    else found.set(within, [at]);
  }
  return found;
}

/** @returns every metric along the dimension: each variant's value, then each contrast's difference */
export function seriesOf(
  { dimension, order, groups, asked }: OrderedGrain,
  context: CompareContext,
): readonly Series[] {
  const variants = [
    ...new Set(groups.flatMap(({ arms }) => [...arms.values()].flatMap((each) => [...each.keys()]))),
  ];
  return [...parts(groups, dimension)].flatMap(([key, places]) => {
    const within: CellLevels = Object.fromEntries(JSON.parse(key));
    const levelOf = (at: number) => groups[at]?.cell[dimension] ?? "";
    const series = (metricAt: number, of: Trend["of"], met: readonly Met[]): Series => ({
      ...{ metric: metricIn(context, metricAt).metric.key, dimension, within, of },
      ...{ randomized: order.randomized ?? false, ...inOrder(met, order) },
    });
    return context.metrics.flatMap((_, metricAt) => [
      ...variants.map((variant) =>
        series(
          metricAt,
          { variant },
          places.flatMap((at) =>
            groups.slice(at, at + 1).map((group) => pointOf(group, metricAt, variant, levelOf(at), context)),
          ),
        ),
      ),
      ...asked
        .filter((each) => each.metricAt === metricAt)
        .flatMap(({ cells }) => {
          const [first] = cells;
          if (!first) return [];
          const met = places.flatMap((at) =>
            cells.slice(at, at + 1).map((cell) => effectOf(cell, levelOf(at), context)),
          );
          return [series(metricAt, { contrast: first.comparison.contrast }, met)];
        }),
    ]);
  });
}
