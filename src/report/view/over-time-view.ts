import type { EffectOverTime, Report, ReportMetric, TimePoint } from "../../analysis/index.js";
import type { Voice } from "../words/language.js";
import { capitalized } from "../words/voice.js";
import { placeOf } from "./place.js";
import type { ToldFinding } from "./told-finding.js";
import type { TrendPanel, TrendPointView } from "./trends-view.js";

/** How effects go over time: pictures, each with its table. */
export interface OverTimeView {
  readonly title: string;
  readonly answer: string;
  readonly how: string;
  /** Everything so far, each period by itself, and days since exposure, effect by effect. */
  readonly panels: readonly TrendPanel[];
  /** Of each panel's table: when, effect, interval, units. */
  readonly heads: readonly string[];
  readonly notes: readonly string[];
}

/** Effects that are drawn: others are in CSV and JSON. */
const mostEffects = 3;

function panelsOf(effect: EffectOverTime, metric: ReportMetric, report: Report, voice: Voice): TrendPanel[] {
  const { cumulative, during, since, contrast } = effect;
  const { quantity } = metric;
  const about = { contrast: voice.contrast(contrast), metric: metric.key };
  const count = report.overTime?.by === "week" ? 2 : 1;
  const panel = (points: readonly TimePoint[], said: string, dimension: string): readonly TrendPanel[] => {
    const shown = points.flatMap((point): readonly TrendPointView[] => {
      if (point.status !== "ok") return [];
      const { at, value, interval: band, units } = point;
      const told = [voice.difference(value, quantity, band), voice.differenceInterval(band, quantity)];
      return [{ level: at, value, band, told: [at, ...told, voice.count(units[0] + units[1])] }];
    });
    const [first, last] = [shown[0], shown.at(-1)];
    if (!first || !last || shown.length < 2) return [];
    const title = capitalized(said);
    return [
      {
        ...{ about: title, dimension, quantity, effect: true, points: shown },
        place: placeOf(report.definition, contrast[1]),
        picture: voice.say("over_time_picture", {
          ...{ about: title, first: first.level, last: last.level },
          before: voice.difference(first.value, quantity, first.band),
          since: voice.difference(last.value, quantity, last.band),
        }),
      },
    ];
  };
  return [
    ...panel(
      cumulative,
      voice.say("over_time_cumulative", about),
      voice.say("over_time_calendar", { count }),
    ),
    ...panel(since, voice.say("over_time_since", about), voice.say("over_time_days")),
    ...panel(
      during,
      voice.say("over_time_during", { ...about, count }),
      voice.say("over_time_period", { count }),
    ),
  ];
}

/** Effects that change first, then those on goals. */
function drawn({ overTime, metrics }: Report): readonly EffectOverTime[] {
  const effects = overTime?.effects ?? [];
  const goals = metrics.filter(({ role }) => role === "goal").map(({ key }) => key);
  const shown = effects.filter(({ change }) => change.status === "ok" && change.shows !== "nothing");
  const others = effects.filter((each) => !shown.includes(each) && goals.includes(each.metric));
  return [...shown, ...others].slice(0, mostEffects);
}

/** @returns effects over time; undefined where the data were not read so */
export function overTimeView(
  report: Report,
  findings: readonly ToldFinding[],
  voice: Voice,
): OverTimeView | undefined {
  const { overTime, metrics, families } = report;
  if (!overTime) return undefined;
  const { days, holds, effects, unfollowed } = overTime;
  const told = findings.flatMap(({ kind, sentence }) => (kind === "over_time" ? [sentence] : []));
  const tests = families.find(({ grain }) => grain === "over_time")?.tests ?? 0;
  const unread = [
    ...unfollowed.map(({ metric, reason }) => ({ scope: metric, reason })),
    ...effects.flatMap(({ metric, contrast, change }) =>
      change.status === "ok"
        ? []
        : [{ scope: `${voice.contrast(contrast)}, ${metric}`, reason: change.reason }],
    ),
  ];
  return {
    title: voice.say("over_time_title"),
    answer:
      told.length > 0
        ? told.join(" ")
        : tests > 0
          ? voice.say("over_time_none", { count: tests })
          : voice.say("over_time_untested"),
    how: `${voice.say("over_time_how", { level: voice.share(report.level) })} ${voice.say(holds === "together" ? "over_time_holds" : "over_time_each")}`,
    panels: drawn(report).flatMap((effect) =>
      metrics
        .filter(({ key }) => key === effect.metric)
        .flatMap((metric) => panelsOf(effect, metric, report, voice)),
    ),
    heads: [
      ...[voice.say("over_time_period", { count: 1 }), voice.say("difference")],
      ...[voice.say("interval"), voice.say("units_column")],
    ],
    notes: [
      ...effects.flatMap(({ metric, contrast, change }) =>
        change.status === "ok"
          ? [
              voice.say("over_time_complete", {
                ...{ contrast: voice.contrast(contrast), metric, days },
                ...{ control: change.units[0], treatment: change.units[1] },
              }),
            ]
          : [],
      ),
      ...unread.map(({ scope, reason }) => voice.say("scoped", { scope, line: voice.words.reason(reason) })),
    ],
  };
}
