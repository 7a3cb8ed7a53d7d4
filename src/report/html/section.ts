import { html, type Markup, nothing, type Part } from "./markup.js";

/** A section of the page. */
export interface Section {
  readonly id: string;
  readonly title: string;
  /** One or more sentences that answer the title's question. */
  readonly answer: string;
  readonly body: Part;
}

/** @returns a numbered section: a short name, the answer, then what shows it */
export function sectionOf({ id, title, answer, body }: Section, number: number): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-h"><header><h2 id="${id}-h"><span>${number}</span>${title}</h2>${
    answer ? html`<p class="ans">${answer}</p>` : nothing
  }</header>
${body}
</section>`;
}

/** @returns a table that may scroll sideways by itself, for within `details` */
export function scrolling(label: string, table: Part): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">${table}</div>`;
}
