import type { ReportView } from "../view/report-view.js";
import type { TrendsView } from "../view/trends-view.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { type Section, scrolling } from "./section.js";
import { seriesBody } from "./series-body.js";

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
  const { title, answer, tests } = trends;
  return {
    id: "along",
    title,
    answer,
    body: html`${seriesBody(trends, voice.say("trend_table"), view)}${
      tests.rows.length > 0
        ? html`<details><summary>${voice.say("trend_tests")}</summary>${scrolling(title, testTable(trends))}</details>`
        : nothing
    }`,
  };
}
