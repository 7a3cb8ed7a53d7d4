import type { ReportView } from "../view/report-view.js";
import type { LookPoint, StabilityRow, StabilityView } from "../view/stability-view.js";
import { type Axis, axisOf } from "./axis.js";
import { hue, key, shape } from "./mark.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { type Section, scrolling } from "./section.js";
import { line, pathOf, picture, text } from "./svg.js";

const [width, height, left, top, bottom] = [320, 196, 60, 10, 164];

/** A panel's places: units from left to right, effects from below to above. */
interface Places {
  x(units: number): number;
  y(value: number): number;
}

function placesOf(most: number, axis: Axis): Places {
  return {
    x: (units) => left + (units / most) * (width - left - 12),
    // The axis runs from left to right: turned, its end is above.
    y: (value) => top + (bottom - top) * (1 - (axis.at(value) - axis.left) / (axis.right - axis.left)),
  };
}

/** One axis for all panels. */
function axisOfLooks({ metric, rows }: StabilityView, { voice }: ReportView): Axis {
  const unit = metric.quantity === "fraction" ? "points" : "gain";
  const values = rows.flatMap(({ points }) => points.flatMap(({ value, band = [] }) => [value, ...band]));
  return axisOf(values, bottom - top, (value) => voice.tick(value, unit), { most: 5 });
}

/** The effect as a line, the interval that held at each look as a band, and a stem for every look. */
function panel(row: StabilityRow, view: StabilityView, { voice }: ReportView, axis: Axis): Markup {
  const { points, place } = row;
  const banded = points.flatMap((each) => (each.band ? [{ ...each, band: each.band }] : []));
  const most = Math.max(
    view.planned ?? 0,
    ...view.rows.flatMap((each) => each.points.map(({ units }) => units)),
  );
  const { x, y } = placesOf(most, axis);
  const at = (of: (point: (typeof banded)[number]) => number) =>
    banded.map((each) => [x(each.units), y(of(each))] as const);
  const area = [...at(({ band }) => band[1]), ...[...at(({ band }) => band[0])].reverse()];
  const last = points.at(-1);
  const label = voice.say("stability_picture", {
    ...{ metric: view.metric.key, variant: row.name, count: points.length },
    told: last ? `${last.difference} (${last.interval})` : "",
  });
  return picture("panel", width, height, label, [
    axis.ticks.map((tick) => [
      line(tick.value === 0 ? "zero" : "grid", left, y(tick.value), width - 12, y(tick.value)),
      text("soft", left - 8, y(tick.value) + 4, "end", tick.label),
    ]),
    view.planned === undefined ? nothing : line("rest", x(view.planned), top, x(view.planned), bottom),
    html`<g class="${hue(place)}">${
      area.length > 0 ? html`<path class="wash" d="${pathOf(area)}Z"/>` : nothing
    }<path class="curve" d="${pathOf(points.map(({ units, value }) => [x(units), y(value)]))}"/>${points.map(
      ({ units, value, band }) => [
        band ? line("end", x(units), y(band[0]), x(units), y(band[1])) : nothing,
        shape(place, x(units), y(value), 4, true),
      ],
    )}</g>`,
    text("soft", left, bottom + 18, "start", "0"),
    text("soft", width, bottom + 18, "end", voice.say("stability_units", { units: voice.count(most) })),
  ]);
}

function table(view: StabilityView): Markup {
  const line = (row: StabilityRow, { look, unitsTold, difference, interval }: LookPoint) =>
    html`<tr><td class="r">${look}</td><td>${key(row.place)}${named(row.name)}</td><td class="r">${unitsTold}</td><td class="r">${difference}</td><td class="r">${interval}</td></tr>`;
  return html`<table><thead><tr>${view.heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${view.rows.map(
    (row) => row.points.map((point) => line(row, point)),
  )}</tbody></table>`;
}

/** How the first goal's effect went from look to look; absent before the second one, or where no history is kept. */
export function stabilitySection(view: ReportView): Section | undefined {
  const { stability, voice } = view;
  if (!stability) return undefined;
  const title = voice.say("stability_title");
  const axis = axisOfLooks(stability, view);
  return {
    id: "looks",
    title,
    answer: stability.answer,
    body: html`<div class="row">${stability.rows.map(
      (row) =>
        html`<figure><figcaption><b>${key(row.place)} ${named(row.name)}</b><span>${stability.metric.key}</span></figcaption>${panel(row, stability, view, axis)}</figure>`,
    )}</div><p class="how">${voice.say("stability_how")}</p><details><summary>${voice.say("table_looks")}</summary>${scrolling(title, table(stability))}</details>`,
  };
}
