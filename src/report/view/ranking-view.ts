import type { Report, ReportMetric } from "../../analysis/index.js";
import type { Voice } from "../words/language.js";
import type { ReadingName } from "../words/reading.js";
import type { ComparisonView } from "./comparison-view.js";
import type { Glyph } from "./glyph.js";
import { shownEffect } from "./heat-view.js";
import { placeOf } from "./place.js";

/** One cell and treatment, beside the rest of the units. */
export interface RankRow {
  readonly view: ComparisonView;
  readonly levels: readonly string[];
  readonly name: string;
  readonly place: number;
  readonly glyph: Glyph;
  readonly elsewhere?: number;
  readonly here: string;
  readonly hereInterval: string;
  readonly elsewhereText: string;
  readonly units: string;
  /** What the cell's units bring beyond what they would at the rest's effect; negative where something is missed. */
  readonly worth: string;
  readonly reading: ReadingName;
  readonly differs: boolean;
  /** What columns are sorted by. */
  readonly sort: {
    readonly here: number;
    readonly elsewhere: number;
    readonly units: number;
    readonly worth: number;
  };
}

/** Cells of one metric, those where most is missed first. */
export interface RankingView {
  readonly metric: string;
  /** Unit of effects: `points`, or nothing. */
  readonly unit: string;
  readonly rows: readonly RankRow[];
  /** Cells that are not listed: too many, or too thin. */
  readonly more: number;
  readonly thin: number;
}

const mostRows = 60;

function readingOf(
  here: number,
  [low, high]: readonly [number, number],
  elsewhere: number,
  sign: 1 | -1,
): ReadingName {
  if (here * elsewhere < 0 && (low > 0 || high < 0)) return "opposite";
  if (Math.abs(here) < Math.abs(elsewhere) / 2) return "hardly";
  return sign * (here - elsewhere) > 0 ? "stronger" : "unlike";
}

/**
 * Ranks the cells of the finest grains by what they miss: units × (effect elsewhere − effect here).
 * @returns undefined where there are no cells with an estimate
 */
export function rankingView(
  report: Report,
  metric: ReportMetric | undefined,
  micro: readonly ComparisonView[],
  voice: Voice,
): RankingView | undefined {
  if (!metric) return undefined;
  const { control } = report.definition;
  const finest = report.grains.filter(
    (grain) =>
      !report.grains.some(
        (other) => other.length > grain.length && grain.every((dimension) => other.includes(dimension)),
      ),
  );
  const sign = metric.better === "lower" ? -1 : 1;
  const standing = new Set(report.standingOut);
  const ignores = new Set(
    (report.ignoring ?? []).map(({ metric, contrast, cell }) => JSON.stringify([metric, contrast, cell])),
  );
  const own = micro
    .map((view, at) => ({ view, at }))
    .filter(({ view: { comparison, contrast, metric: key } }) => {
      const keys = Object.keys(comparison.cell);
      return (
        key === metric.key &&
        contrast[0] === control &&
        finest.some((grain) => grain.length === keys.length && grain.every((each) => keys.includes(each)))
      );
    });
  const rows = own.flatMap(({ view, at }): readonly RankRow[] => {
    const shown = shownEffect(view);
    if (!shown) return [];
    const { comparison, contrast } = view;
    const { elsewhere, units } = comparison;
    const total = units[0] + units[1];
    const worth = elsewhere === undefined ? 0 : total * (shown.value - elsewhere) * sign;
    const differs = standing.has(at);
    return [
      {
        view,
        levels: Object.values(comparison.cell),
        name: contrast[1],
        place: placeOf(report.definition, contrast[1]),
        glyph: { value: shown.value, line: shown.interval, filled: differs },
        ...(elsewhere === undefined ? {} : { elsewhere }),
        here: voice.plainDifference(shown.value, metric.quantity, shown.interval),
        hereInterval: voice.differenceInterval(shown.interval, metric.quantity),
        elsewhereText:
          elsewhere === undefined ? "" : voice.plainDifference(elsewhere, metric.quantity, shown.interval),
        units: voice.count(total),
        worth: "",
        reading: ignores.has(JSON.stringify([metric.key, contrast, comparison.cell]))
          ? "ignores"
          : differs && elsewhere !== undefined
            ? readingOf(shown.value, shown.interval, elsewhere, sign)
            : "not_shown",
        differs,
        sort: { here: shown.value, elsewhere: elsewhere ?? 0, units: total, worth },
      },
    ];
  });
  if (rows.length === 0) return undefined;
  const largest = Math.max(...rows.map(({ sort }) => Math.abs(sort.worth)));
  const ranked = rows
    .map((row) =>
      row.elsewhere === undefined ? row : { ...row, worth: voice.signedCount(row.sort.worth, largest) },
    )
    .map((row, at) => ({ row, at }))
    .sort((a, b) => a.row.sort.worth - b.row.sort.worth || a.at - b.at)
    .map(({ row }) => row);
  // What stands out is listed in any case.
  const kept = [...ranked.slice(0, mostRows), ...ranked.slice(mostRows).filter(({ differs }) => differs)];
  return {
    metric: metric.key,
    unit: voice.unit(metric.quantity),
    rows: kept.slice(0, 2 * mostRows),
    more: rows.length - Math.min(kept.length, 2 * mostRows),
    thin: own.length - rows.length,
  };
}
