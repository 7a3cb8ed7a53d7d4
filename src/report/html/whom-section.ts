import type { BudgetValues } from "../../segments/index.js";
import type { Section as ToldSection } from "../sections/section.js";
import { whomSections } from "../segments/segments-formats.js";
import type { Whom } from "../segments/whom.js";
import type { Voice } from "../words/language.js";
import { axisOf } from "./axis.js";
import { hue } from "./mark.js";
import { html, type Markup, nothing } from "./markup.js";
import { type Section, scrolling } from "./section.js";
import { line, pathOf, picture, text } from "./svg.js";

const [width, height, left, top, bottom] = [320, 196, 60, 10, 164];

/** Net gain by budget: those who gain most as a line with its band, as much spent at random dashed, the budget marked. */
function panel({ curve, plan, units, costed }: BudgetValues, voice: Voice): Markup {
  const net = (value: number, budget: number) => (costed ? value - budget : value);
  const points = [
    { budget: 0, value: 0, low: 0, high: 0, alike: 0 },
    ...curve.map(({ budget, gain, alike }) => ({
      ...{ budget, value: net(gain.value, budget), alike: net(alike.value, budget) },
      ...{ low: net(gain.interval[0], budget), high: net(gain.interval[1], budget) },
    })),
  ];
  const most = curve.at(-1)?.budget ?? 1;
  const axis = axisOf(
    points.flatMap(({ value, low, high, alike }) => [value, low, high, alike]),
    bottom - top,
    (value) => voice.tick(value, "amount"),
    { most: 5 },
  );
  const x = (budget: number) => left + (budget / most) * (width - left - 12);
  const y = (value: number) =>
    top + (bottom - top) * (1 - (axis.at(value) - axis.left) / (axis.right - axis.left));
  const at = (of: (point: (typeof points)[number]) => number) =>
    points.map((each) => [x(each.budget), y(of(each))] as const);
  const area = [...at(({ high }) => high), ...[...at(({ low }) => low)].reverse()];
  const last = points.at(-1);
  const label = voice.say("whom_picture", {
    gain: voice.difference(last?.value ?? 0, "amount"),
    budget: voice.level(Number((most * units).toPrecision(6)), "amount"),
  });
  return picture("panel", width, height, label, [
    axis.ticks.map((tick) => [
      line(tick.value === 0 ? "zero" : "grid", left, y(tick.value), width - 12, y(tick.value)),
      text("soft", left - 8, y(tick.value) + 4, "end", tick.label),
    ]),
    plan
      ? line(
          "rest",
          x(Math.min(most, plan.budget / units)),
          top,
          x(Math.min(most, plan.budget / units)),
          bottom,
        )
      : nothing,
    html`<g class="${hue(1)}"><path class="wash" d="${pathOf(area)}Z"/><path class="curve" d="${pathOf(at(({ value }) => value))}"/></g>`,
    html`<path class="truth" d="${pathOf(at(({ alike }) => alike))}"/>`,
    text("soft", left, bottom + 18, "start", "0"),
    text("soft", width, bottom + 18, "end", voice.level(Number((most * units).toPrecision(3)), "amount")),
  ]);
}

function block({ title, sentences, table, notes = [] }: ToldSection, voice: Voice): Markup {
  const right = (at: number) => (table?.align[at] === "r" ? html` class="r"` : nothing);
  return html`<h3 class="mt">${title}</h3>${sentences.map((each) => html`<p class="how">${each}</p>`)}${
    notes.length > 0 ? html`<ul>${notes.map((each) => html`<li>${each}</li>`)}</ul>` : nothing
  }${
    table
      ? html`<details><summary>${voice.say("whom_numbers")}</summary>${scrolling(
          title,
          html`<table class="plain"><caption>${title}</caption><thead><tr>${table.head.map((each, at) => html`<th scope="col"${right(at)}>${each}</th>`)}</tr></thead><tbody>${table.rows.map(
            (row) =>
              html`<tr>${row.map((cell, at) => (at === 0 ? html`<th scope="row"${right(at)}>${cell}</th>` : html`<td${right(at)}>${cell}</td>`))}</tr>`,
          )}</tbody></table>`,
        )}</details>`
      : nothing
  }`;
}

/** Whom to treat: net value by budget, the segments found, and what policies are worth; absent where nobody asked. */
export function whomSection(whom: Whom | undefined, voice: Voice): Section | undefined {
  if (!whom) return undefined;
  const { segments, budget } = whom;
  const named = segments.treatments.flatMap((each) => each.segments);
  const sections = whomSections(whom, voice);
  return {
    id: "whom",
    title: voice.say("whom_title"),
    answer: voice.say("whom_answer", { count: named.length }),
    body: html`${
      budget && budget.curve.length > 0
        ? html`<div class="row"><figure><figcaption><b>${voice.say(budget.costed ? "whom_net" : "whom_gain")}</b><span>${voice.say("whom_about")}</span></figcaption>${panel(budget, voice)}</figure></div>`
        : nothing
    }${sections.map((each) => block(each, voice))}`,
  };
}
