import type { FactorRow, FactorTable } from "../view/factors-view.js";
import type { ReportView } from "../view/report-view.js";
import { type Axis, axisOf, gridOf } from "./axis.js";
import { glyphOf, shape } from "./mark.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { type Section, scrolling } from "./section.js";
import { fitted, line, picture, text } from "./svg.js";

const [barWidth, barHeight] = [230, 26];
const [width, height, left, top, bottom] = [320, 220, 54, 10, 184];

function axisOfRows({ rows, metric }: FactorTable, { voice }: ReportView): Axis {
  const ends = rows.flatMap(({ glyph }) => (glyph ? [...glyph.line, ...(glyph.bar ?? [])] : []));
  return axisOf(ends, barWidth, (value) =>
    voice.tick(value, metric.quantity === "fraction" ? "points" : "gain"),
  );
}

function rowOf(row: FactorRow, axis: Axis, last: boolean, lenth: boolean): Markup {
  const { label, effect, interval, p, note, glyph } = row;
  const bar = picture("bar", barWidth, last ? barHeight + 20 : barHeight, `${label} ${effect}`, [
    gridOf(axis, 0, barHeight, last ? barHeight + 14 : undefined),
    glyph ? glyphOf(glyph, axis, 1, barHeight / 2) : nothing,
  ]);
  return html`<tr><th scope="row">${named(label)}${note ? html`<small>${note}</small>` : nothing}</th><td>${bar}</td><td class="r">${effect}</td><td class="r">${interval}</td><td class="r">${p}</td>${lenth ? html`<td class="r">${row.lenth}</td>` : nothing}</tr>`;
}

function table(found: FactorTable, view: ReportView, heads: readonly string[]): Markup {
  const { rows, metric } = found;
  const axis = axisOfRows(found, view);
  const lenth = rows.some((row) => row.lenth !== "");
  const [effect = "", ...numbers] = heads;
  return html`<table class="plain"><caption>${metric.key}</caption><thead><tr><th scope="col">${effect}</th><td></td>${numbers
    .slice(0, lenth ? 4 : 3)
    .map((head) => html`<th scope="col" class="r">${head}</th>`)}</tr></thead><tbody>${rows.map((row, at) =>
    rowOf(row, axis, at === rows.length - 1, lenth),
  )}</tbody></table>`;
}

/** Sizes of effects against those that chance would make, Lenth's margin across. */
function halfNormal({ rows, metric, margin = 0 }: FactorTable, { voice }: ReportView): Markup {
  const points = rows.flatMap(({ label, shown, point }) => (point ? [{ label, shown, ...point }] : []));
  const unit = metric.quantity === "fraction" ? "points" : "amount";
  const axis = axisOf(
    [...points.map(({ size }) => size), margin],
    bottom - top,
    (value) => voice.tick(value, unit),
    {
      most: 4,
      whole: true,
    },
  );
  const y = (size: number) =>
    top + (bottom - top) * (1 - (axis.at(size) - axis.left) / (axis.right - axis.left));
  const most = Math.max(...points.map(({ quantile }) => quantile)) * 1.05;
  const x = (quantile: number) => left + (quantile / most) * (width - left - 10);
  const label = voice.say("lenth_picture", { metric: metric.key, count: points.length });
  return picture("panel", width, height, label, [
    axis.ticks.map((tick) => [
      line(tick.value === 0 ? "zero" : "grid", left, y(tick.value), width, y(tick.value)),
      text("soft", left - 8, y(tick.value) + 4, "end", tick.label),
    ]),
    line("rest", left, y(margin), width, y(margin)),
    html`<g class="v1">${points.map(({ size, quantile, shown }) => shape(1, x(quantile), y(size), 4, shown))}</g>`,
    points.flatMap(({ label, size, quantile, shown }) =>
      shown ? [text("halo", x(quantile) - 8, y(size) + 4, "end", fitted(label, x(quantile) - 16))] : [],
    ),
    text("soft", width, bottom + 24, "end", voice.say("lenth_axis")),
  ]);
}

/** What the factors of a multivariate experiment do, metric by metric. */
export function factorsSection(view: ReportView): Section | undefined {
  const { factors, voice } = view;
  if (!factors) return undefined;
  const title = voice.say("factors_title");
  const told = factors.tables.filter(({ rows }) => rows.length > 0);
  const [first, ...others] = told;
  const tableOf = (found: FactorTable) => table(found, view, factors.heads);
  return {
    id: "factors",
    title,
    answer: factors.answer,
    body: html`${first ? scrolling(title, tableOf(first)) : nothing}${
      first?.margin === undefined
        ? nothing
        : html`<div class="row mt"><figure><figcaption><b>${first.metric.key}</b></figcaption>${halfNormal(first, view)}</figure><div class="txt"><p>${voice.say("lenth_how")}</p></div></div>`
    }${first ? html`<p class="how">${voice.say("factors_how")}</p>` : nothing}<ul>${factors.tables.flatMap(
      ({ metric, notes }) =>
        notes.map((note) => html`<li>${voice.say("scoped", { scope: metric.key, line: note })}</li>`),
    )}</ul>${
      others.length > 0
        ? html`<details><summary>${voice.say("table_factors")}</summary>${scrolling(title, others.map(tableOf))}</details>`
        : nothing
    }`,
  };
}
