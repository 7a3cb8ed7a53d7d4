import type { ReportView } from "../view/report-view.js";
import { key } from "./mark.js";
import { html, named, nothing } from "./markup.js";
import { type Section, scrolling } from "./section.js";
import { seriesPanel } from "./series-panel.js";
import { pointTable } from "./trends-section.js";

/** How effects go over time: everything so far, by days since exposure, each period by itself; with every number. */
export function overTimeSection(view: ReportView): Section | undefined {
  const { overTime, voice } = view;
  if (!overTime) return undefined;
  const { title, answer, how, panels, heads, notes } = overTime;
  return {
    id: "time",
    title,
    answer,
    body: html`<div class="row">${panels.map(
      (each) =>
        html`<figure><figcaption><b>${key(each.place)} ${named(each.about)}</b></figcaption>${seriesPanel(each, view)}</figure>`,
    )}${panels.length > 0 ? html`<div class="txt"><p>${how}</p></div>` : nothing}</div>${
      notes.length > 0 ? html`<ul>${notes.map((each) => html`<li>${each}</li>`)}</ul>` : nothing
    }${
      panels.length > 0
        ? html`<details><summary>${voice.say("over_time_table")}</summary>${scrolling(
            title,
            panels.map((each) => pointTable(heads, each)),
          )}</details>`
        : nothing
    }`,
  };
}
