import { intervalsSaid } from "../view/intervals-said.js";
import type { MetricGroup, MetricRow, MetricRows } from "../view/metrics-view.js";
import type { ReportView } from "../view/report-view.js";
import { readingTones } from "../words/reading.js";
import { capitalized } from "../words/voice.js";
import { type Axis, axisOf, gridOf } from "./axis.js";
import { glyphOf, key } from "./mark.js";
import { html, type Markup, named, nothing, type Part } from "./markup.js";
import type { Section } from "./section.js";
import { line, picture, rect } from "./svg.js";

const [width, height, labels] = [230, 32, 20];

/** Beyond its margin a guardrail's effect is harm: a dashed line, and the side of harm shaded. */
function marginOf(margin: number, axis: Axis): Part {
  const x = axis.at(margin);
  const [from, to] = margin > 0 ? [x, width] : [0, x];
  return [rect("harm", from, 0, to - from, height), line("margin", x, 0, x, height)];
}

function bar(
  { glyph, place, told }: MetricRow,
  axis: Axis,
  last: boolean,
  margin: number | undefined,
): Markup {
  const content = [
    margin === undefined ? nothing : marginOf(margin, axis),
    gridOf(axis, 0, height, last ? height + 14 : undefined),
    glyph ? glyphOf(glyph, axis, place, height / 2) : nothing,
  ];
  return picture("bar", width, last ? height + labels : height, told, content);
}

function axisOfMetric({ rows, unit, margin }: MetricRows, { voice }: ReportView): Axis {
  const ends = rows.flatMap(({ glyph }) => (glyph ? [...glyph.line, ...(glyph.bar ?? []), glyph.value] : []));
  return axisOf([...ends, ...(margin === undefined ? [] : [margin])], width, (value) =>
    voice.tick(value, unit),
  );
}

/** Whether some one-look interval differs from the one that decides, so that it has something to add. */
const twofold = ({ rows }: MetricRows): boolean =>
  rows.some(({ glyph }) => glyph?.bar?.some((end, at) => end !== glyph.line[at]));

/** A metric's comparisons under each other, on one axis. */
function metricBody(view: ReportView, metric: MetricRows, looks: boolean): Markup {
  const { voice } = view;
  const axis = axisOfMetric(metric, view);
  const drawn = metric.rows.some(({ glyph }) => glyph);
  const [lift, difference, p] = [voice.say("lift"), voice.say("difference"), voice.say("p_corrected")];
  const oneLook = voice.say("one_look_column", { level: voice.share(view.report.level) });
  const count = metric.rows.length;
  return html`<tbody role="rowgroup">${metric.rows.map((row, at) => {
    const { view: own, name, place, reading } = row;
    const last = at === count - 1;
    // What must be minded in reading a metric is mostly one thing for all of its variants.
    const note = metric.rows.slice(0, at).some((each) => each.view.note === own.note) ? "" : own.note;
    return html`<tr role="row"${at === 0 ? html` class="first"` : nothing}>${
      at === 0
        ? html`<th scope="rowgroup" role="rowheader"${count > 1 ? html` rowspan="${count}"` : nothing} class="m">${named(metric.metric)}${metric.about ? html`<span>${metric.about}</span>` : nothing}</th>`
        : nothing
    }
<th scope="row" role="rowheader" class="v"><span class="who">${key(place)}${named(name)}</span><small>${own.control} → ${own.treatment}</small></th><td role="cell" class="b">${drawn ? bar(row, axis, last, metric.margin) : nothing}</td><td role="cell" class="r l" data-l="${lift}"><b>${own.lift || "–"}</b><small>${own.liftInterval}</small></td><td role="cell" class="r d" data-l="${difference}"><b>${own.difference || "–"}</b><small>${own.differenceInterval}</small></td>${
      looks ? html`<td role="cell" class="r fx" data-l="${oneLook}">${row.oneLook}</td>` : nothing
    }<td role="cell" class="r p" data-l="${p}">${own.p || "–"}</td><td role="cell" class="tg"><span class="tag ${readingTones[reading]}">${voice.words.readings[reading]}</span>${
      note ? html`<small>${note}</small>` : nothing
    }</td></tr>`;
  })}</tbody>`;
}

function groupOf(view: ReportView, { title, about, metrics }: MetricGroup, looks: boolean): Markup {
  const columns = looks ? 8 : 7;
  return html`<tbody role="rowgroup" class="gh"><tr role="row" class="grp"><th role="rowheader" scope="rowgroup" colspan="${columns}"><b>${capitalized(title)}</b>${about ? html` <span>${about}</span>` : nothing}</th></tr></tbody>${metrics.map((metric) => metricBody(view, metric, looks))}`;
}

/** An estimate as the pictures draw it, explained once. */
function howToRead({ voice, report, groups }: ReportView): Markup {
  const bounded = groups.some(({ metrics }) => metrics.some(({ margin }) => margin !== undefined));
  const axis: Axis = { at: (value) => value, beyond: () => 0, ticks: [], left: 0, right: 120 };
  const said = report.looks?.believing
    ? intervalsSaid(report, bounded, voice)
    : bounded
      ? voice.say("how_margins")
      : "";
  const example = glyphOf({ value: 60, line: [8, 112], bar: [28, 92], filled: true }, axis, 0, 12);
  return html`<p class="how">${picture("ex", 120, 24, voice.say("how_glyph_label"), example)} ${voice.say("how_glyph", { level: voice.share(report.level) })}${bounded ? ` ${voice.say("how_margin")}` : ""}${said ? ` ${said}` : ""}</p>`;
}

/** Everything that is compared overall, in one table; undefined where nothing is. */
export function metricsSection(view: ReportView): Section | undefined {
  const { voice, groups, report, moved, weighting } = view;
  if (groups.length === 0) return undefined;
  const looks = groups.some(({ metrics }) => metrics.some(twofold));
  const drawn = groups.some(({ metrics }) => metrics.some(({ rows }) => rows.some(({ glyph }) => glyph)));
  const level = voice.share(report.level);
  const column = (kind: string, title: string, about: string) =>
    html`<th role="columnheader" scope="col"${kind ? html` class="${kind}"` : nothing}>${kind === "r p" ? title : capitalized(title)}${about ? html`<small>${about}</small>` : nothing}</th>`;
  const heads = [
    column("", voice.say("metric"), ""),
    column("vhd", voice.say("variant"), voice.say("values_column", { control: voice.say("control") })),
    column("bh", voice.say("lift"), voice.say("axis_column")),
    column("r", voice.say("lift"), voice.say("decides_column")),
    column("r", voice.say("difference"), voice.say("decides_column")),
    ...(looks ? [column("r", voice.say("lift"), voice.say("one_look_column", { level }))] : []),
    column("r p", voice.say("p_column"), voice.say("corrected")),
    column("", voice.say("reading"), ""),
  ];
  const body = html`${drawn ? howToRead(view) : nothing}<table class="metrics" role="table"><caption class="vh">${voice.say("table_moved")}</caption><thead role="rowgroup"><tr role="row">${heads}</tr></thead>${groups.map((group) => groupOf(view, group, looks))}</table>${
    weighting ? html`<p class="how">${capitalized(weighting.line)}.</p>` : nothing
  }`;
  return { id: "moved", title: voice.say("page_moved"), answer: moved, body };
}
