import { intervalsSaid } from "../view/intervals-said.js";
import type { MetricRow, MetricRows } from "../view/metrics-view.js";
import type { ReportView } from "../view/report-view.js";
import { capitalized } from "../words/voice.js";
import { markdownTable, markdownText } from "./markup.js";

const spaced = (...parts: readonly string[]) => parts.filter(Boolean).join(" ");

function cells(
  { voice }: ReportView,
  { metric, about, rows }: MetricRows,
  row: MetricRow,
  at: number,
): readonly string[] {
  const { view, name, reading } = row;
  const first = at === 0;
  // What must be minded in reading a metric is mostly one thing for all of its variants.
  const note = rows.slice(0, at).some((each) => each.view.note === view.note) ? "" : view.note;
  return [
    first ? markdownText(spaced(metric, about && `(${about})`)) : "",
    markdownText(name),
    view.control,
    view.treatment,
    spaced(view.lift, view.liftInterval && `(${view.liftInterval})`) || "–",
    spaced(view.difference, view.differenceInterval && `(${view.differenceInterval})`) || "–",
    markdownText(view.p) || "–",
    spaced(voice.words.readings[reading], note && markdownText(`(${note})`)),
  ];
}

/** What moved: every metric and variant in one table; nothing where nothing is compared. */
export function metricsMarkdown(view: ReportView): readonly string[] {
  const { voice, groups, report, moved } = view;
  if (groups.length === 0) return [];
  const heads = [
    "metric",
    "variant",
    "control",
    "treatment",
    "lift",
    "difference",
    "p_column",
    "reading",
  ] as const;
  const bounded = groups.some(({ metrics }) => metrics.some(({ margin }) => margin !== undefined));
  const rows = groups.flatMap(({ title, about, metrics }) => [
    [
      spaced(`**${markdownText(capitalized(title))}**`, about && `— ${markdownText(about)}`),
      ...heads.slice(1).map(() => ""),
    ],
    ...metrics.flatMap((metric) => metric.rows.map((row, at) => cells(view, metric, row, at))),
  ]);
  return [
    "",
    `## ${voice.say("page_moved")}`,
    "",
    markdownText(moved),
    "",
    ...markdownTable(
      heads.map((key) => voice.say(key)),
      "llrrrrrl",
      rows,
    ),
    "",
    intervalsSaid(report, bounded, voice),
  ];
}
