import { normalQuantile } from "../../distributions/index.js";
import { type Correction, corrections, type MeasuredEffect } from "../../stats/index.js";
import { changePoint, changeRange, linearTrend } from "../../stats/trends/index.js";
import type { CompareContext } from "../compare.js";
import type { FamilyTests } from "../correct-comparisons.js";
import { type OrderedGrain, type Series, seriesOf } from "./series.js";
import type { Trend } from "./trend.js";

const fewReason = "fewer than three levels with enough data, in an order";
const unorderedReason = "levels are neither numbers nor dates, and no order of them is stated";
/** Levels of a series that are read; more are a column that should be binned. */
const mostLevels = 400;
const manyReason = "more than 400 levels: bin the column";

function untested({ points, unordered }: Series): string | undefined {
  if (unordered) return unorderedReason;
  if (points.length < 3) return fewReason;
  return points.length > mostLevels ? manyReason : undefined;
}

function around({ value, standardError }: MeasuredEffect, level: number): readonly [number, number] {
  const half = normalQuantile((1 + level) / 2) * standardError;
  return [value - half, value + half];
}

type Read = Extract<Trend, { readonly status: "ok" }>;

/** −1 where it falls, 1 where it rises, 0 where nothing is shown. */
function direction({ shows, line, change }: Read): number {
  if (shows === "nothing") return 0;
  return Math.sign(shows === "change" ? change.since - change.before : line.slope);
}

/** Where all parts change as everyone does, everyone is told of; else the parts that change. */
function telling(trend: Trend, all: readonly Trend[]): Trend {
  if (trend.status !== "ok" || trend.shows === "nothing") return trend;
  const of = JSON.stringify(trend.of);
  const own = all.flatMap((each) =>
    each.status === "ok" &&
    each.metric === trend.metric &&
    each.dimension === trend.dimension &&
    JSON.stringify(each.of) === of
      ? [each]
      : [],
  );
  const crossedWith = ({ within }: Read) => Object.keys(within)[0] ?? "";
  const everyone = own.find((each) => crossedWith(each) === "");
  const alike = (dimension: string): boolean => {
    const parts = own.filter((each) => crossedWith(each) === dimension);
    const shown = parts.filter(({ shows }) => shows !== "nothing");
    return (
      everyone !== undefined &&
      direction(everyone) !== 0 &&
      (shown.length === 0 || parts.every((each) => direction(each) === direction(everyone)))
    );
  };
  const dimensions = [...new Set(own.map(crossedWith))].filter(Boolean);
  const here = crossedWith(trend);
  return { ...trend, told: here === "" ? dimensions.every(alike) : !alike(here) };
}

/**
 * Reads every metric along the dimensions whose levels have an order: each variant's value, and each contrast's difference,
 * for everyone and within the levels of a dimension that is crossed with it. Each is tested for a straight trend and for a
 * change at once, whose place is searched for; all together are one family.
 * @returns one entry per series
 * @source Armitage (1955); Hawkins (1977); Worsley (1986); Benjamini & Yekutieli (2005) for intervals of what was picked
 */
export function findTrends(
  grains: readonly OrderedGrain[],
  correction: Correction,
  context: CompareContext,
): { readonly found: readonly Trend[]; readonly family: FamilyTests } {
  const { level, rule } = context;
  const series = context.adaptive ? [] : grains.flatMap((grain) => seriesOf(grain, context));
  const read = (pValue: number) => rule?.pValueOf(pValue, {}) ?? pValue;
  const tested = series.map((each) =>
    untested(each) === undefined
      ? { line: linearTrend(each.points, level), change: changePoint(each.points) }
      : undefined,
  );
  const pValues = tested.flatMap((each) => (each ? [read(each.line.pValue), read(each.change.pValue)] : []));
  const adjusted = corrections[correction](pValues);
  const shown = adjusted.filter((each) => each < 1 - level).length;
  // Of what is picked for being shown, ranges miss no more often than the level says.
  const picked = 1 - ((1 - level) * Math.max(1, shown)) / Math.max(1, pValues.length);
  let at = 0;
  const found = series.map((each, i): Trend => {
    const { metric, dimension, within, of, randomized, omitted, points } = each;
    const named = { metric, dimension, within, of, ...(randomized ? { randomized } : {}), omitted };
    const tests = tested[i];
    if (!tests) return { ...named, status: "undefined", reason: untested(each) ?? fewReason };
    const [trended = 1, changed = 1] = adjusted.slice(at, at + 2);
    at += 2;
    const { line, change } = tests;
    const any = Math.min(trended, changed) < 1 - level;
    const range = changed < 1 - level ? changeRange(points, picked) : undefined;
    const straighter = line.pValue < change.pValue;
    const levelAt = (count: number) => points[count - 1]?.level ?? "";
    return {
      ...{ ...named, status: "ok", points, level, told: false },
      line: {
        ...{ slope: line.slope, interval: linearTrend(points, any ? picked : level).interval },
        ...{ pValue: line.pValue, pAdjusted: trended },
      },
      change: {
        ...{ after: levelAt(change.after), before: change.before.value, since: change.since.value },
        sinceInterval: around(change.since, any ? picked : level),
        ...(range ? { range: [levelAt(range[0]), levelAt(range[1])] as const } : {}),
        ...{ pValue: change.pValue, pAdjusted: changed },
      },
      shows:
        trended < 1 - level && (straighter || !range) ? "trend" : changed < 1 - level ? "change" : "nothing",
    };
  });
  return {
    found: found.map((each) => telling(each, found)),
    family: { grain: "trends", correction, tests: pValues.length },
  };
}
