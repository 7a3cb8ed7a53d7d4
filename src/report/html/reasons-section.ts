import type { ReasonBridge, ReasonCells, ReasonRow } from "../view/reasons-view.js";
import type { ReportView } from "../view/report-view.js";
import { axisOf, gridOf } from "./axis.js";
import { hue, key } from "./mark.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { type Section, scrolling } from "./section.js";
import { fitted, line, picture, rect, text, textWidth } from "./svg.js";

const [width, top, step, bar] = [320, 16, 46, 14] as const;

/** A step of the picture: where its bar begins and ends, and the interval of its end. */
interface Stair {
  readonly label: string;
  readonly told: string;
  readonly from: number;
  readonly to: number;
  readonly place: number;
  /** Absent at both ends. */
  readonly row?: ReasonRow;
}

function stairsOf({ control, name, place, ends, endsTold, rows }: ReasonBridge): readonly Stair[] {
  let reached = ends[0];
  const steps = rows.map((row): Stair => {
    const from = reached;
    reached += row.value;
    return { label: row.label, told: row.adds, from, to: reached, place, row };
  });
  return [
    { label: control, told: endsTold[0], from: 0, to: ends[0], place: 0 },
    ...steps,
    { label: name, told: endsTold[1], from: 0, to: ends[1], place },
  ];
}

/** From control's value to the treatment's, a bar per step with the whisker of its end, each beginning where the last one ended. */
function panel(bridge: ReasonBridge, { voice }: ReportView): Markup {
  const stairs = stairsOf(bridge);
  const whiskers = stairs.flatMap(({ from, row }) => (row ? row.band.map((end) => from + end) : []));
  const unit = bridge.quantity === "fraction" ? "fraction" : "amount";
  const axis = axisOf(
    [...stairs.flatMap(({ from, to }) => [from, to]), ...whiskers],
    width,
    (value) => voice.tick(value, unit),
    { most: 4 },
  );
  const bottom = top + stairs.length * step;
  const label = voice.say("reasons_picture", {
    ...{ metric: bridge.metric, contrast: bridge.contrast },
    ...{ from: bridge.endsTold[0], to: bridge.endsTold[1] },
  });
  return picture("panel", width, bottom + 26, label, [
    gridOf(axis, top, bottom, bottom + 18),
    stairs.map(({ label, told, from, to, place, row }, at) => {
      const y = top + at * step + 21;
      const [left, right] = [Math.min(axis.at(from), axis.at(to)), Math.max(axis.at(from), axis.at(to))];
      const kind = !row ? "end-bar" : row.shown ? "step" : "step pale";
      const mark = row
        ? [
            line(
              "whisker",
              axis.at(from + row.band[0]),
              y + bar / 2,
              axis.at(from + row.band[1]),
              y + bar / 2,
            ),
            row.band.map((end) =>
              line("whisker", axis.at(from + end), y + 3, axis.at(from + end), y + bar - 3),
            ),
          ]
        : nothing;
      const link =
        at < stairs.length - 1 ? line("link", axis.at(to), y + bar, axis.at(to), y + step) : nothing;
      return html`<g class="${hue(place)}">${link}${rect(kind, left, y, Math.max(1.5, right - left), bar)}${mark}${text("halo", 10, y - 7, "start", fitted(label, width - textWidth(told) - 28))}${text("name", width - 8, y - 7, "end", told)}</g>`;
    }),
  ]);
}

function table({ metric, contrast, rows, together }: ReasonBridge, heads: readonly string[]): Markup {
  const line = ({ label, factor, adds, interval, p }: ReasonRow) =>
    html`<tr><th scope="row">${label}</th>${[factor, adds, interval, p].map((told) => html`<td class="r">${told}</td>`)}</tr>`;
  return html`<table class="plain"><caption>${metric}, ${contrast}</caption><thead><tr>${heads.map((head, at) => html`<th scope="col"${at > 0 ? html` class="r"` : nothing}>${head}</th>`)}</tr></thead><tbody>${[...rows, together].map(line)}</tbody></table>`;
}

function cellTable({ heads, rows }: ReasonCells): Markup {
  return html`<table class="plain"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows.map(
    ({ cell, contrast, adds }) =>
      html`<tr><th scope="row">${named(cell)}</th><td>${contrast}</td>${
        typeof adds === "string"
          ? html`<td class="soft" colspan="${heads.length - 2}">${adds}</td>`
          : adds.map((told) => html`<td class="r">${told}</td>`)
      }</tr>`,
  )}</tbody></table>`;
}

/** Why metrics that name their reasons differ: the difference as stairs, what each step adds, and the same in cells. */
export function reasonsSection(view: ReportView): Section | undefined {
  const { reasons, voice } = view;
  if (!reasons) return undefined;
  const title = voice.say("reasons_title");
  const { heads, bridges, between, cells, notes } = reasons;
  const products = [...new Set(bridges.map(({ product }) => product))];
  const lines = [...between, ...notes];
  return {
    id: "reasons",
    title,
    answer: reasons.answer,
    body: html`<div class="row">${bridges.map(
      (bridge) =>
        html`<figure><figcaption><b>${key(bridge.place)} ${named(bridge.name)}</b><span>${bridge.metric}, ${bridge.contrast}</span></figcaption>${panel(bridge, view)}</figure>`,
    )}${
      products.length > 0
        ? html`<div class="txt">${products.map((product) => html`<p>${product}</p>`)}<p>${voice.say("reasons_how")}</p></div>`
        : nothing
    }</div>${lines.length > 0 ? html`<ul>${lines.map((each) => html`<li>${each}</li>`)}</ul>` : nothing}${
      bridges.length > 0
        ? html`<details><summary>${voice.say("table_reasons")}</summary>${scrolling(
            title,
            bridges.map((bridge) => table(bridge, heads)),
          )}</details>`
        : nothing
    }${
      cells.length > 0
        ? html`<details><summary>${voice.say("table_reason_cells")}</summary>${scrolling(title, cells.map(cellTable))}</details>`
        : nothing
    }`,
  };
}
