import type { ReportView } from "../view/report-view.js";
import type { TrendPanel } from "../view/trends-view.js";
import { key } from "./mark.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { scrolling } from "./section.js";
import { seriesPanel } from "./series-panel.js";

/** Series that a section draws, what is said of them, and the heads of their tables. */
interface DrawnSeries {
  readonly title: string;
  readonly how: string;
  readonly panels: readonly TrendPanel[];
  readonly heads: readonly string[];
  readonly notes: readonly string[];
}

function pointTable(heads: readonly string[], { about, points }: TrendPanel): Markup {
  return html`<table class="plain"><caption>${about}</caption><thead><tr>${heads.map((head, at) => html`<th scope="col"${at > 0 ? html` class="r"` : nothing}>${head}</th>`)}</tr></thead><tbody>${points.map(
    ({ told: [level = "", ...told] }) =>
      html`<tr><th scope="row">${named(level)}</th>${told.map((each) => html`<td class="r">${each}</td>`)}</tr>`,
  )}</tbody></table>`;
}

/**
 * A panel per series, what they show, notes, and every point as a table.
 * @param summary  what the table is called
 */
export function seriesBody(
  { title, how, panels, heads, notes }: DrawnSeries,
  summary: string,
  view: ReportView,
): Markup {
  return html`<div class="row">${panels.map(
    (each) =>
      html`<figure><figcaption><b>${key(each.place)} ${named(each.about)}</b></figcaption>${seriesPanel(each, view)}</figure>`,
  )}${panels.length > 0 ? html`<div class="txt"><p>${how}</p></div>` : nothing}</div>${
    notes.length > 0 ? html`<ul>${notes.map((each) => html`<li>${each}</li>`)}</ul>` : nothing
  }${
    panels.length > 0
      ? html`<details><summary>${summary}</summary>${scrolling(
          title,
          panels.map((each) => pointTable(heads, each)),
        )}</details>`
      : nothing
  }`;
}
