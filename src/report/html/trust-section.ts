import type { ReportView } from "../view/report-view.js";
import { html, nothing } from "./markup.js";
import type { Section } from "./section.js";

/** What was guarded against, how the numbers were made, and every finding. */
export function trustSection({ voice, trust, findings, cautions }: ReportView): Section {
  const heads = (["col_guard", "col_found", "col_result"] as const).map(
    (each) => html`<th role="columnheader" scope="col">${voice.say(each)}</th>`,
  );
  const rows = trust.guards.map(
    ({ risk, found, result, tone }) =>
      html`<tr role="row"><th role="rowheader" scope="row" class="nm3">${risk}</th><td role="cell">${found}</td><td role="cell" class="tg"><span class="tag ${tone}">${result}</span></td></tr>`,
  );
  const about = voice.say("findings_about", { count: findings.length });
  const list = [...cautions, ...findings.filter((each) => !cautions.includes(each))];
  return {
    id: "trust",
    title: voice.say("page_trust"),
    answer: trust.answer,
    body: html`<table class="guard" role="table"><caption class="vh">${voice.say("trust_caption")}</caption><thead role="rowgroup"><tr role="row">${heads}</tr></thead><tbody role="rowgroup">${rows}</tbody></table>
<details><summary>${voice.say("methods")}</summary>${trust.methods.map((each) => html`<p>${each}</p>`)}</details>${
      list.length > 0
        ? html`<details><summary>${voice.say("findings_page")} · ${about}</summary><ul>${list.map((each) => html`<li>${each.sentence}</li>`)}</ul></details>`
        : nothing
    }
<p class="repro"><b>${voice.say("scoped", { scope: voice.say("reproduce"), line: "" }).trim()}</b> <code>${trust.command}</code><br>${trust.origin}</p>`,
  };
}
