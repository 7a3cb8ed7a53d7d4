import type { ReportView } from "../view/report-view.js";
import type { TrendPanel } from "../view/trends-view.js";
import { type Axis, axisOf } from "./axis.js";
import { hue, shape } from "./mark.js";
import { html, type Markup, nothing } from "./markup.js";
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

/** A series drawn from left to right: values as a line, their intervals as a band, and the change where there is one. */
export function seriesPanel(drawn: TrendPanel, { voice }: ReportView): Markup {
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
