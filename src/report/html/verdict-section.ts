import type { Action } from "../../analysis/index.js";
import type { ReportView } from "../view/report-view.js";
import type { Movement, VariantView } from "../view/verdict-view.js";
import type { ReadingTone } from "../words/reading.js";
import { capitalized } from "../words/voice.js";
import { key } from "./mark.js";
import { html, type Markup, named, nothing, type Part } from "./markup.js";

type Sign = readonly [tone: ReadingTone, sign: string];

/** Colour and sign of each action. */
const signs = {
  ship: ["good", "▲"],
  keep_running: ["warn", "?"],
  stop: ["bad", "▼"],
  enough: ["plain", "✓"],
  cannot_tell: ["warn", "?"],
  do_not_read: ["bad", "▼"],
} as const satisfies Readonly<Record<Action, Sign>>;

const moved = ({ metric, difference, interval }: Movement): Markup =>
  html`<p>${named(metric)} <b>${difference}</b> <small>${interval}</small></p>`;

function variantRow({ voice, verdict }: ReportView, view: VariantView): Markup {
  const [tone, sign] = signs[view.action];
  const [gained, risk, next] = [voice.say("col_gained"), voice.say("col_risk"), voice.say("col_next")];
  const losses = view.losses.map(
    ({ metric, difference, interval }) =>
      html`<p>${voice.say("col_lost", { metric })} <b>${difference}</b> <small>${interval}</small></p>`,
  );
  const risks: readonly Part[] = [...losses, ...view.risks.map((each) => html`<p>${each}</p>`)];
  return html`<div role="row"><div role="rowheader" class="vn"><b class="who">${key(view.place)}${named(view.variant)}</b><span class="tag ${tone}">${sign} ${view.headline}</span></div>
<div role="cell"><em>${gained}</em>${view.gains.length > 0 ? view.gains.map(moved) : html`<p class="soft">${voice.say("gained_none")}</p>`}</div>
<div role="cell"><em>${risk}</em>${risks.length > 0 ? risks : html`<p class="soft">${voice.say("risk_none")}</p>`}</div>
<div role="cell"><em>${next}</em>${verdict.others.includes(view) ? html`<p>${view.sentence}</p>` : nothing}<p>${view.next}</p></div></div>`;
}

function planBlocks(view: ReportView): Markup {
  const { voice, looks, price, cautions } = view;
  const blocks: readonly (readonly [title: string, lines: readonly string[]])[] = [
    [voice.say("before_acting"), cautions.map((each) => each.sentence)],
    [voice.say("plan"), looks ? [looks] : []],
    [voice.say("price_title"), price ? [price] : []],
  ];
  const told = blocks.filter(([, lines]) => lines.length > 0);
  if (told.length === 0) return nothing;
  return html`<div class="plan">${told.map(
    ([title, lines]) => html`<div><h3>${title}</h3>${lines.map((each) => html`<p>${each}</p>`)}</div>`,
  )}</div>`;
}

/** What to do: for everything, then per treatment what is gained, at risk and next; the plan and its price. */
export function verdictSection(view: ReportView): Markup {
  const { report, voice, verdict } = view;
  const [tone] = signs[report.recommendation.action];
  const heads = (["variant", "col_gained", "col_risk", "col_next"] as const).map(
    (each) => html`<span role="columnheader">${capitalized(voice.say(each))}</span>`,
  );
  return html`<section id="s1" class="verdict ${tone}" aria-labelledby="s1-h"><h2 id="s1-h" class="big">${verdict.headline}</h2>
<p class="lead">${verdict.sentence}${verdict.next ? ` ${verdict.next}` : ""}</p>
${
  verdict.variants.length > 0
    ? html`<div class="vt" role="table" aria-label="${voice.say("col_next")}"><div role="row" class="vh2">${heads}</div>${verdict.variants.map((each) => variantRow(view, each))}</div>`
    : nothing
}
${planBlocks(view)}</section>`;
}
