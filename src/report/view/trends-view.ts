import type { Report, ReportMetric, Trend } from "../../analysis/index.js";
import type { Voice } from "../words/language.js";
import { rangeTold, trendAbout, trendValue } from "../words/trend-words.js";
import { capitalized } from "../words/voice.js";
import { placeOf } from "./place.js";
import type { ToldFinding } from "./told-finding.js";

/** One level of a series. */
export interface TrendPointView {
  readonly level: string;
  readonly value: number;
  readonly band: readonly [low: number, high: number];
  /** Level, value, interval, units. */
  readonly told: readonly string[];
}

/** One series, ready to be drawn and told. */
export interface TrendPanel {
  readonly about: string;
  readonly dimension: string;
  readonly place: number;
  readonly quantity: ReportMetric["quantity"];
  readonly effect: boolean;
  readonly points: readonly TrendPointView[];
  /** The likeliest change and where it can be, by places of points; absent where none is shown. */
  readonly change?: {
    readonly at: number;
    readonly from: number;
    readonly to: number;
    readonly label: string;
  };
  /** For those who cannot see the picture. */
  readonly picture: string;
}

/** What changes along dimensions whose levels have an order. */
export interface TrendsView {
  readonly title: string;
  readonly answer: string;
  readonly how: string;
  readonly panels: readonly TrendPanel[];
  readonly heads: readonly string[];
  /** Every series with its tests: series, per step, its interval, p, likeliest change, p. */
  readonly tests: { readonly heads: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly notes: readonly string[];
}

type Read = Extract<Trend, { readonly status: "ok" }>;

const mostPanels = 6;
const mostRows = 200;

function panelOf(trend: Read, metric: ReportMetric, report: Report, voice: Voice): TrendPanel {
  const { dimension, of, points, change, shows } = trend;
  const { quantity } = metric;
  const about = capitalized(trendAbout(trend, voice));
  const shown = points.map(({ level, value, interval: band, units }): TrendPointView => {
    const reach = (band[1] - band[0]) / 2;
    const told =
      "variant" in of
        ? [voice.level(value, quantity, reach), `± ${voice.halfWidth(reach, quantity, band)}`]
        : [voice.plainDifference(value, quantity, band), voice.differenceInterval(band, quantity)];
    return { level, value, band, told: [level, ...told, voice.count(units)] };
  });
  const at = (name: string) => points.findIndex((each) => each.level === name);
  const [first, last] = [points[0], points.at(-1)];
  return {
    ...{ about, dimension, quantity, points: shown, effect: "contrast" in of },
    place: placeOf(report.definition, "variant" in of ? of.variant : of.contrast[1]),
    ...(shows === "change" && change.range
      ? {
          change: {
            ...{ at: at(change.after), from: at(change.range[0]), to: at(change.range[1]) },
            label: voice.say("trend_change_label", { after: change.after }),
          },
        }
      : {}),
    picture: voice.say("trend_picture", {
      ...{ about, dimension, first: first?.level ?? "", last: last?.level ?? "" },
      before: first ? trendValue(first.value, of, quantity, voice, last?.value) : "",
      since: last ? trendValue(last.value, of, quantity, voice, first?.value) : "",
    }),
  };
}

const surest = ({ line, change }: Read): number => Math.min(line.pAdjusted, change.pAdjusted);

/** Series that show something, the surest first; else the first goal's effects. */
function drawn(read: readonly Read[], metrics: readonly ReportMetric[]): readonly Read[] {
  const shown = read.filter(({ told }) => told).sort((a, b) => surest(a) - surest(b));
  if (shown.length > 0) return shown.slice(0, mostPanels);
  const goal = metrics.find(({ role }) => role === "goal") ?? metrics[0];
  return read
    .filter(
      ({ metric, of, within }) =>
        metric === goal?.key && "contrast" in of && Object.keys(within).length === 0,
    )
    .slice(0, mostPanels);
}

/** @returns what changes along ordered dimensions; undefined where none was asked for */
export function trendsView(
  report: Report,
  findings: readonly ToldFinding[],
  voice: Voice,
): TrendsView | undefined {
  const { trends, metrics } = report;
  if (!trends) return undefined;
  const metricOf = (key: string) => metrics.filter((metric) => metric.key === key);
  const read = trends.flatMap((each) => (each.status === "ok" ? [each] : []));
  const told = findings.flatMap(({ kind, sentence }) => (kind === "trend" ? [sentence] : []));
  const dimensions = [...new Set(trends.map(({ dimension }) => dimension))].join(", ");
  const rows = read.slice(0, mostRows).flatMap((each) =>
    metricOf(each.metric).map(({ quantity }) => {
      const { line, change } = each;
      return [
        capitalized(trendAbout(each, voice)),
        voice.plainDifference(line.slope, quantity, line.interval),
        voice.differenceInterval(line.interval, quantity),
        voice.pValue(line.pAdjusted),
        voice.say("trend_change_label", { after: change.after }) +
          (change.range ? ` (${rangeTold(change.range, voice)})` : ""),
        voice.pValue(change.pAdjusted),
      ];
    }),
  );
  const described = [
    ...new Set(read.flatMap(({ dimension, randomized, told }) => (told && !randomized ? [dimension] : []))),
  ];
  const unread = new Map<string, string[]>();
  for (const each of trends)
    if (each.status !== "ok")
      unread.set(each.reason, [...(unread.get(each.reason) ?? []), trendAbout(each, voice)]);
  return {
    title: voice.say("trends_title", { dimensions }),
    answer:
      told.length > 0
        ? told.join(" ")
        : read.length > 0
          ? voice.say("trends_none", { dimensions, count: read.length })
          : "",
    how: voice.say("trends_how", { level: voice.share(report.level) }),
    panels: drawn(read, metrics).flatMap((each) =>
      metricOf(each.metric).map((metric) => panelOf(each, metric, report, voice)),
    ),
    heads: [
      voice.say("level"),
      voice.say("trend_value"),
      voice.say("interval"),
      voice.say("rank_units").toLowerCase(),
    ],
    tests: {
      heads: [
        ...[
          voice.say("trend_series"),
          voice.say("trend_slope"),
          voice.say("interval"),
          voice.say("p_column"),
        ],
        ...[voice.say("trend_change_column"), voice.say("p_column")],
      ],
      rows,
    },
    notes: [
      ...described.map((dimension) => voice.say("trends_described", { dimension })),
      ...[...unread].map(([reason, list]) =>
        voice.say("scoped", {
          scope:
            list.length > 3
              ? `${list.slice(0, 3).join(voice.say("separator"))} …`
              : list.join(voice.say("separator")),
          line: voice.words.reason(reason),
        }),
      ),
    ],
  };
}
