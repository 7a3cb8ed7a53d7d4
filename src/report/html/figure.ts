import { html, Markup } from "./markup.js";

/**
 * A picture in two widths, of which the style shows one.
 * @param label what it shows, for those who cannot see it
 * @param draw  draws it so many pixels wide
 */
export function figure(label: string, draw: (width: number) => { readonly outerHTML: string }): Markup {
  const named = html`<svg role="img" aria-label="${label}" `.toString();
  // Written here, not by setAttribute: linkedom leaves angle brackets in attributes as they are.
  const [desk, phone] = [920, 330].map(
    (width) => new Markup(draw(width).outerHTML.replace(/^<svg /, () => named)),
  );
  return html`<figure><div class="desk">${desk as Markup}</div><div class="phone">${phone as Markup}</div></figure>`;
}
