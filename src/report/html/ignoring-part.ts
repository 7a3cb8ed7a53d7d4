import type { IgnoringRow, IgnoringView } from "../view/ignoring-view.js";
import type { ReportView } from "../view/report-view.js";
import { axisOf, gridOf } from "./axis.js";
import { hue, key } from "./mark.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { scrolling } from "./section.js";
import { fitted, line, picture, text } from "./svg.js";

const [width, top, step, most] = [320, 6, 40, 8] as const;

/** Of one metric: every cell's interval on a line, everyone else as a dashed stem. */
function panel(metric: string, rows: readonly IgnoringRow[], { voice, report }: ReportView): Markup {
  const quantity = report.metrics.find(({ key }) => key === metric)?.quantity ?? "amount";
  const axis = axisOf(
    rows.flatMap(({ band, elsewhere }) => [...band, elsewhere]),
    width,
    (value) => voice.tick(value, quantity === "fraction" ? "points" : "gain"),
  );
  const bottom = top + rows.length * step;
  const label = rows.map((row) => row.picture).join(". ");
  return picture("panel", width, bottom + 26, label, [
    // Lines run between the names, never through them.
    rows.map((_, at) => {
      const from = top + at * step;
      return gridOf(axis, from + 19, from + step, at === rows.length - 1 ? bottom + 18 : undefined);
    }),
    rows.map(({ band, elsewhere, cell, place }, at) => {
      const y = top + at * step + 28;
      const [low, high, rest] = [axis.at(band[0]), axis.at(band[1]), axis.at(elsewhere)];
      return html`<g class="${hue(place)}">${line("end", low, y, high, y)}${line("end", low, y - 5, low, y + 5)}${line("end", high, y - 5, high, y + 5)}${line("rest", rest, y - 9, rest, y + 9)}${text("halo", 10, y - 13, "start", fitted(cell, width - 20))}</g>`;
    }),
  ]);
}

function table({ heads, rows, title }: IgnoringView): Markup {
  return html`<table class="plain"><caption>${title}</caption><thead><tr>${heads.map((head, at) => html`<th scope="col"${at > 2 ? html` class="r"` : nothing}>${head}</th>`)}</tr></thead><tbody>${rows.map(
    ({ told: [cell = "", ...told], place }) =>
      html`<tr><th scope="row">${named(cell)}</th>${told.map((each, at) => (at === 0 ? html`<td>${key(place)}${named(each)}</td>` : html`<td${at > 1 ? html` class="r"` : nothing}>${each}</td>`))}</tr>`,
  )}</tbody></table>`;
}

/** Who ignores what: a picture per metric, and the table; nothing where nobody does. */
export function ignoringPart(view: ReportView): Markup {
  const { ignoring, voice } = view;
  if (!ignoring) return nothing;
  const { rows, title, how, more } = ignoring;
  const metrics = [...new Set(rows.map(({ metric }) => metric))];
  return html`<h3>${title}</h3><div class="row">${metrics.map((metric) => {
    const own = rows.filter((row) => row.metric === metric).slice(0, most);
    return html`<figure><figcaption><b>${named(metric)}</b><span>${[...new Set(own.map(({ name }) => name))].join(", ")}</span></figcaption>${panel(metric, own, view)}</figure>`;
  })}<div class="txt"><p>${how}</p></div></div><details><summary>${title}</summary>${scrolling(title, table(ignoring))}${more > 0 ? html`<p class="how">${voice.say("rank_more", { count: more })}.</p>` : nothing}</details>`;
}
