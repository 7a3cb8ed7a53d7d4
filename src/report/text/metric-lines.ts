import { intervalsSaid } from "../view/intervals-said.js";
import type { MetricRow, MetricRows } from "../view/metrics-view.js";
import type { ReportView } from "../view/report-view.js";
import { type ReadingTone, readingTones } from "../words/reading.js";
import { capitalized } from "../words/voice.js";
import { type Column, heading, paragraph, shortened, tableOf } from "./layout.js";
import type { Paint } from "./paint.js";

/** Colour of each tone; plain text has none. */
export const toneColors: Readonly<Record<ReadingTone, number>> = {
  good: 32,
  warn: 33,
  bad: 31,
  plain: 0,
  none: 2,
};

function columnsOf({ voice }: ReportView, name: (row: MetricRow) => string) {
  const column = (title: string, of: Column<MetricRow>["of"], align: "l" | "r" = "r") => ({
    title,
    of,
    align,
  });
  const named = column("", name, "l");
  const control = column(voice.say("control"), ({ view }) => view.control);
  const treatment = column(voice.say("treatment"), ({ view }) => view.treatment);
  const lift = column(voice.say("lift"), ({ view }) => view.lift || "–");
  const liftInterval = column(voice.say("interval"), ({ view }) => view.liftInterval);
  const difference = column(voice.say("difference"), ({ view }) => view.difference || "–");
  const differenceInterval = column(voice.say("interval"), ({ view }) => view.differenceInterval);
  // Where there is room for one scale only, a metric without a lift is shown by its difference.
  const either = column(voice.say("lift"), ({ view }) => view.lift || view.difference || "–");
  const eitherInterval = column(voice.say("interval"), ({ view }) =>
    view.lift ? view.liftInterval : view.differenceInterval,
  );
  const p = column(voice.say("p_column"), ({ view }) => view.p || "–");
  const reading = column("", ({ reading }) => voice.words.readings[reading], "l");
  return [
    [named, control, treatment, lift, liftInterval, difference, differenceInterval, p, reading],
    [named, control, treatment, lift, liftInterval, difference, p, reading],
    [named, control, treatment, either, eitherInterval, p, reading],
    [named, either, eitherInterval, p, reading],
    [named, either, p, reading],
  ];
}

/** Notes beneath a metric, each once with those whose rows it concerns. */
function notesOf(view: ReportView, { rows }: MetricRows): readonly string[] {
  const notes = [...new Set(rows.map((row) => row.view.note).filter(Boolean))];
  return notes.map((line) => {
    const own = rows.filter((row) => row.view.note === line);
    const scope = own.map(({ name }) => name).join(", ");
    return own.length === rows.length ? capitalized(line) : view.voice.say("scoped", { scope, line });
  });
}

/** What moved: one table, a metric's comparisons under each other; nothing where nothing is compared. */
export function metricLines(view: ReportView, width: number, paint: Paint): readonly string[] {
  const { voice, groups, report, moved } = view;
  if (groups.length === 0) return [];
  const all = groups.flatMap(({ metrics }) => metrics.flatMap(({ rows }) => rows));
  const longest = Math.max(10, Math.floor(width / 4));
  const layouts = columnsOf(view, ({ name }) => `    ${shortened(name, longest)}`);
  const [header, ...laid] = tableOf(all, layouts, width);
  let at = 0;
  const bounded = groups.some(({ metrics }) => metrics.some(({ margin }) => margin !== undefined));
  const how = intervalsSaid(report, bounded, voice);
  return [
    ...heading(voice.say("page_moved"), width, paint),
    ...paragraph(moved, width),
    ...paragraph(how, width).map((line) => paint(line, 2)),
    "",
    paint(header, 2),
    ...groups.flatMap(({ title, about, metrics }, group) => [
      ...(group > 0 ? [""] : []),
      ...paragraph(`${paint(capitalized(title), 1)}${about ? paint(` — ${about}`, 2) : ""}`, width),
      ...metrics.flatMap((metric) => [
        ...paragraph(
          [metric.metric, ...(metric.about ? [paint(`(${metric.about})`, 2)] : [])].join(" "),
          width,
          2,
          2,
        ),
        ...metric.rows.map(({ reading }) => {
          const color = toneColors[readingTones[reading]];
          const line = laid[at++] ?? "";
          return color > 0 ? paint(line, color) : line;
        }),
        ...notesOf(view, metric).flatMap((note) => paragraph(note, width, 6).map((line) => paint(line, 33))),
      ]),
    ]),
  ];
}
