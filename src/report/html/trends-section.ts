import type { ReportView } from "../view/report-view.js";
import type { TrendPanel, TrendsView } from "../view/trends-view.js";
import { key } from "./mark.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { type Section, scrolling } from "./section.js";
import { seriesPanel } from "./series-panel.js";

/** @returns the points of a series as a table */
export function pointTable(heads: readonly string[], { about, points }: TrendPanel): Markup {
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
        html`<figure><figcaption><b>${key(each.place)} ${named(each.about)}</b></figcaption>${seriesPanel(each, view)}</figure>`,
    )}${panels.length > 0 ? html`<div class="txt"><p>${how}</p></div>` : nothing}</div>${
      notes.length > 0 ? html`<ul>${notes.map((each) => html`<li>${each}</li>`)}</ul>` : nothing
    }${
      panels.length > 0
        ? html`<details><summary>${voice.say("trend_table")}</summary>${scrolling(
            title,
            panels.map((each) => pointTable(trends.heads, each)),
          )}</details>`
        : nothing
    }${
      tests.rows.length > 0
        ? html`<details><summary>${voice.say("trend_tests")}</summary>${scrolling(title, testTable(trends))}</details>`
        : nothing
    }`,
  };
}
