import type { ReportView } from "../view/report-view.js";
import type { TrendPanel, TrendsView } from "../view/trends-view.js";
import { type Axis, axisOf } from "./axis.js";
import { hue, key, shape } from "./mark.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { type Section, scrolling } from "./section.js";
import { line, pathOf, picture, rect, text, textWidth } from "./svg.js";

const [width, height, left, right, top, bottom] = [320, 214, 60, 308, 26, 170] as const;

/** Levels whose labels do not touch. */
function labelled(points: TrendPanel["points"], x: (at: number) => number): readonly number[] {
  const kept: number[] = [];
  let end = Number.NEGATIVE_INFINITY;
  points.forEach(({ level }, at) => {
    const half = textWidth(level) / 2;
    if (x(at) - half < end + 8 || x(at) + half > width) return;
    kept.push(at);
    end = x(at) + half;
  });
  return kept;
}

function panel(drawn: TrendPanel, { voice }: ReportView): Markup {
  const { points, change, place, effect, quantity, dimension } = drawn;
  const unit = effect
    ? quantity === "fraction"
      ? "points"
      : "gain"
    : quantity === "fraction"
      ? "fraction"
      : "amount";
  const axis: Axis = axisOf(
    points.flatMap(({ value, band }) => [value, ...band]),
    bottom - top,
    (value) => voice.tick(value, unit),
    { most: 5, zero: effect, whole: true },
  );
  const x = (at: number) => left + 6 + (at / Math.max(1, points.length - 1)) * (right - left - 12);
  const y = (value: number) =>
    top + (bottom - top) * (1 - (axis.at(value) - axis.left) / (axis.right - axis.left));
  const band = [
    ...points.map((each, at) => [x(at), y(each.band[1])] as const),
    ...points.map((each, at) => [x(at), y(each.band[0])] as const).reverse(),
  ];
  const marked = change
    ? [
        rect("range", x(change.from) - 3, top, x(change.to) - x(change.from) + 6, bottom - top),
        line("rest", x(change.at), top, x(change.at), bottom),
        text(
          "name",
          Math.max(left, Math.min(right - textWidth(change.label) / 2, x(change.at))),
          top - 10,
          "middle",
          change.label,
        ),
      ]
    : nothing;
  return picture("panel", width, height, drawn.picture, [
    marked,
    axis.ticks.map((tick) => [
      line(tick.value === 0 ? "zero" : "grid", left, y(tick.value), right, y(tick.value)),
      text("soft", left - 8, y(tick.value) + 4, "end", tick.label),
    ]),
    html`<g class="${hue(place)}"><path class="wash" d="${pathOf(band)}Z"/><path class="curve" d="${pathOf(points.map(({ value }, at) => [x(at), y(value)]))}"/>${points.map(
      ({ value, band: [low, high] }, at) =>
        shape(place, x(at), y(value), points.length > 40 ? 2 : 4, !effect || low > 0 || high < 0),
    )}</g>`,
    labelled(points, x).map((at) => text("soft", x(at), bottom + 18, "middle", points[at]?.level ?? "")),
    text("soft", right, bottom + 36, "end", dimension),
  ]);
}

function levelTable({ heads }: TrendsView, { about, points }: TrendPanel): Markup {
  return html`<table class="plain"><caption>${about}</caption><thead><tr>${heads.map((head, at) => html`<th scope="col"${at > 0 ? html` class="r"` : nothing}>${head}</th>`)}</tr></thead><tbody>${points.map(
    ({ told: [level = "", ...told] }) =>
      html`<tr><th scope="row">${named(level)}</th>${told.map((each) => html`<td class="r">${each}</td>`)}</tr>`,
  )}</tbody></table>`;
}

function testTable({ tests: { heads, rows } }: TrendsView): Markup {
  return html`<table class="plain"><thead><tr>${heads.map((head, at) => html`<th scope="col"${at > 0 ? html` class="r"` : nothing}>${head}</th>`)}</tr></thead><tbody>${rows.map(
    ([about = "", ...told]) =>
      html`<tr><th scope="row">${named(about)}</th>${told.map((each) => html`<td class="r">${each}</td>`)}</tr>`,
  )}</tbody></table>`;
}

/** What changes along ordered dimensions: a panel per series, its levels and the tests. */
export function trendsSection(view: ReportView): Section | undefined {
  const { trends, voice } = view;
  if (!trends) return undefined;
  const { title, answer, how, panels, tests, notes } = trends;
  return {
    id: "along",
    title,
    answer,
    body: html`<div class="row">${panels.map(
      (each) =>
        html`<figure><figcaption><b>${key(each.place)} ${named(each.about)}</b></figcaption>${panel(each, view)}</figure>`,
    )}${panels.length > 0 ? html`<div class="txt"><p>${how}</p></div>` : nothing}</div>${
      notes.length > 0 ? html`<ul>${notes.map((each) => html`<li>${each}</li>`)}</ul>` : nothing
    }${
      panels.length > 0
        ? html`<details><summary>${voice.say("trend_table")}</summary>${scrolling(
            title,
            panels.map((each) => levelTable(trends, each)),
          )}</details>`
        : nothing
    }${
      tests.rows.length > 0
        ? html`<details><summary>${voice.say("trend_tests")}</summary>${scrolling(title, testTable(trends))}</details>`
        : nothing
    }`,
  };
}
