import type { HeatBlock, HeatCell, HeatView } from "../view/heat-view.js";
import type { RankingView, RankRow } from "../view/ranking-view.js";
import type { ReportView } from "../view/report-view.js";
import { readingTones } from "../words/reading.js";
import { capitalized, sentence } from "../words/voice.js";
import { type Axis, axisOf } from "./axis.js";
import { ignoringPart } from "./ignoring-part.js";
import { glyphOf, key } from "./mark.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { type Section, scrolling } from "./section.js";
import { line, picture } from "./svg.js";

const mostStanding = 60;

function heatCell({ step, effect, half }: HeatCell, thin: string): Markup {
  if (step === "none") return html`<td></td>`;
  if (step === "thin") return html`<td class="thin"><span>${thin}</span></td>`;
  return html`<td class="${step}">${effect}<small>± ${half}</small></td>`;
}

function heatBlock({ voice }: ReportView, { title, corner }: HeatView, block: HeatBlock): Markup {
  const { name, place, columns, rows, totals } = block;
  const all = voice.say("all");
  const crossed = rows.some((row) => row.all);
  const caption = name
    ? html`${key(place)}${named(name)}<span class="vh">: ${title}</span>`
    : html`<span class="vh">${title}</span>`;
  return html`<table class="heat"><caption>${caption}</caption><thead><tr><td>${corner}</td>${columns.map(
    (each) => html`<th scope="col">${named(each)}</th>`,
  )}${crossed ? html`<th scope="col">${all}</th>` : nothing}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row">${named(row.level)}</th>${row.cells.map((cell) => heatCell(cell, voice.say("too_thin")))}${crossed ? html`<td class="all">${row.all}</td>` : nothing}</tr>`,
  )}${
    totals.some(Boolean)
      ? html`<tr><th scope="row">${all}</th>${totals.map((each) => html`<td class="all">${each}</td>`)}</tr>`
      : nothing
  }</tbody></table>`;
}

function heatMap(view: ReportView, heat: HeatView, at: number): Markup {
  const { voice, micro, levelShown } = view;
  const thin = heat.legend.some(({ step }) => step === "thin");
  const shrunken = micro.some(({ comparison }) => comparison.difference.shrunken);
  const lines = [
    `${heat.about} ${voice.say("heat_how", { level: levelShown })}`,
    ...(shrunken ? [voice.say("heat_shrunken")] : []),
    ...(thin ? [voice.say("heat_how_thin")] : []),
    ...(heat.left ? [heat.left] : []),
  ];
  return html`<div class="hm" data-hm="${at}"><h3>${heat.title}</h3><div class="row">${heat.blocks.map((block) => heatBlock(view, heat, block))}<div class="txt"><h4>${voice.say("how_to_read")}</h4>${lines.map((each) => html`<p>${each}</p>`)}<p class="leg">${heat.legend.map(
    ({ step, text }) => html`<span><i class="${step}"></i>${text}</span>`,
  )}</p></div></div></div>`;
}

/** Radio buttons that show one heat map at a time; they appear with the script. */
function heatPicker({ voice, heat }: ReportView): Markup {
  if (heat.length < 2) return nothing;
  return html`<fieldset class="pick"><legend>${voice.say("heat_metric")}</legend>${heat.map(
    ({ metric, about }, at) =>
      html`<label><input type="radio" name="hm" value="${at}"${at === 0 ? html` checked` : nothing}>${metric}${
        heat.filter((each) => each.metric === metric).length > 1 ? ` · ${about}` : ""
      }</label>`,
  )}</fieldset>`;
}

function rankRow({ voice }: ReportView, { unit }: RankingView, row: RankRow, axis: Axis): Markup {
  const {
    view,
    name,
    place,
    glyph,
    elsewhere,
    here,
    hereInterval,
    elsewhereText,
    units,
    worth,
    reading,
    differs,
    sort,
    levels,
  } = row;
  const told = voice.say("rank_told", {
    cell: view.cell,
    name,
    here: [here, unit].filter(Boolean).join(" "),
    interval: hereInterval,
    elsewhere: elsewhereText || "–",
  });
  const [zero, rest] = [axis.at(0), elsewhere === undefined ? undefined : axis.at(elsewhere)];
  const drawn = picture("rb", 170, 26, told, [
    line("zero", zero, 0, zero, 26),
    rest === undefined ? nothing : line("rest", rest, 0, rest, 26),
    glyphOf(glyph, axis, place, 13, 4),
  ]);
  return html`<tr role="row"${differs ? html` data-d="1"` : nothing}><th role="rowheader" scope="row" class="nm2" data-s="${levels.join(" ")}">${named(levels.join(" · "))}<small>${named(Object.keys(view.comparison.cell).join(" · "))}</small></th><td role="cell" class="em" data-s="${place}"><span class="who">${key(place)}${named(name)}</span></td><td role="cell" class="bc">${drawn}</td><td role="cell" class="r" data-s="${sort.here}" data-l="${voice.say("rank_here")}"><span><b>${here}</b><small>${hereInterval}</small></span></td><td role="cell" class="r" data-s="${sort.elsewhere}" data-l="${voice.say("rank_elsewhere")}">${elsewhereText || "–"}</td><td role="cell" class="r cs" data-s="${sort.units}" data-l="${voice.say("rank_units")}">${units}</td><td role="cell" class="r" data-s="${sort.worth}" data-l="${voice.say("rank_worth")}">${worth || "–"}</td><td role="cell" class="tg" data-s="${differs ? 0 : 1}"><span class="tag ${readingTones[reading]}">${voice.words.readings[reading]}</span></td></tr>`;
}

function rankTable(view: ReportView, ranking: RankingView): Markup {
  const { voice } = view;
  const { metric, unit, rows, more } = ranking;
  const axis = axisOf(
    rows.flatMap(({ glyph, elsewhere }) => [
      ...glyph.line,
      glyph.value,
      ...(elsewhere === undefined ? [] : [elsewhere]),
    ]),
    170,
    () => "",
  );
  const button = (column: number, title: string, about = "", kind = "", sorted = false) =>
    html`<th role="columnheader" scope="col"${kind ? html` class="${kind}"` : nothing}${sorted ? html` aria-sort="ascending"` : nothing}><button type="button" data-k="${column}">${capitalized(title)}</button>${about ? html`<small>${about}</small>` : nothing}</th>`;
  const counted = { all: voice.count(rows.length) };
  return html`<h3 class="mt">${voice.say("rank_title")}</h3>
<div class="filters"><label class="ck"><input type="checkbox" id="fr">${voice.say("rank_only")}</label><output id="cnt" aria-live="polite" data-t="${voice.say("rank_shown", { shown: "#", ...counted })}"></output></div>
<table class="rank" role="table"><caption class="vh">${voice.say("rank_caption", { metric })}</caption><thead role="rowgroup"><tr role="row">${[
    button(0, voice.say("cell")),
    button(1, voice.say("variant")),
    html`<th role="columnheader" scope="col">${voice.say("rank_picture")}</th>`,
    button(3, voice.say("rank_here"), [metric, unit].filter(Boolean).join(", "), "r"),
    button(4, voice.say("rank_elsewhere"), "", "r"),
    button(5, voice.say("rank_units"), "", "r"),
    button(6, voice.say("rank_worth"), voice.say("rank_worth_about", { metric }), "r", true),
    button(7, voice.say("reading")),
  ]}</tr></thead><tbody role="rowgroup" id="rk">${rows.map((row) => rankRow(view, ranking, row, axis))}</tbody></table>
<button type="button" id="more" hidden>${voice.say("rank_all", counted)}</button>${more > 0 ? html`<p class="how">${voice.say("rank_more", { count: more })}.</p>` : nothing}`;
}

/** Every cell of any metric that differs from the rest of the units. */
function standingTable({ voice, cells }: ReportView): Markup {
  const standing = cells?.standing.slice(0, mostStanding) ?? [];
  if (standing.length === 0) return nothing;
  const title = voice.say("all_standing");
  const heads = (
    [
      "cell",
      "metric",
      "contrast_column",
      "here",
      "interval",
      "as_measured",
      "elsewhere",
      "p_corrected",
    ] as const
  ).map((each, at) => html`<th scope="col"${at > 2 ? html` class="r"` : nothing}>${voice.say(each)}</th>`);
  return html`<details><summary>${title}</summary>${scrolling(
    title,
    html`<table class="plain"><caption>${title}</caption><thead><tr>${heads}</tr></thead><tbody>${standing.map(
      (view) =>
        html`<tr><th scope="row">${named(view.cell)}</th><td>${named(view.metric)}</td><td>${named(view.contrastName)}</td><td class="r">${view.shrunken || view.difference}</td><td class="r">${view.shrunkenInterval || view.differenceInterval}</td><td class="r">${view.difference}</td><td class="r">${view.elsewhere}</td><td class="r">${view.restP}</td></tr>`,
    )}</tbody></table>`,
  )}</details>`;
}

const mostTold = 2;

/** The cells: heat maps, then a list ranked by what is missed; undefined where there are none. */
export function cellsSection(view: ReportView): Section | undefined {
  const { cells, voice, heat, ranking, findings } = view;
  if (!cells) return undefined;
  const told = [
    ...findings.filter(({ kind }) => kind === "ignores"),
    ...findings.filter(({ kind }) => kind === "micro"),
  ].slice(0, mostTold);
  return {
    id: "cells",
    title: voice.say("page_cells"),
    answer:
      told.length > 0 ? told.map((each) => each.sentence).join(" ") : sentence(voice.say("cells_alike")),
    body: html`<p class="how">${sentence(cells.counts)}</p>${ignoringPart(view)}${heatPicker(view)}${heat.map((each, at) => heatMap(view, each, at))}${ranking ? rankTable(view, ranking) : nothing}${standingTable(view)}`,
  };
}
