import { html, type Markup, type Part } from "./markup.js";

/** A coordinate: tenths of a unit are finer than a screen shows. */
export const at = (value: number): string => String(Math.round(value * 10) / 10 || 0);

/** @returns a picture with one sentence for those who cannot see it */
export function picture(kind: string, width: number, height: number, label: string, content: Part): Markup {
  return html`<svg class="${kind}" viewBox="0 0 ${at(width)} ${at(height)}" role="img" aria-label="${label}">${content}</svg>`;
}

/** @returns a straight line of a class */
export function line(kind: string, x1: number, y1: number, x2: number, y2: number): Markup {
  return html`<path class="${kind}" d="M${at(x1)} ${at(y1)}L${at(x2)} ${at(y2)}"/>`;
}

/** @returns a rectangle of a class; nothing is drawn outside of it */
export function rect(kind: string, x: number, y: number, width: number, height: number): Markup {
  return html`<rect class="${kind}" x="${at(x)}" y="${at(y)}" width="${at(Math.max(0, width))}" height="${at(height)}"/>`;
}

/** @returns a text of a class, anchored at its start, middle or end */
export function text(
  kind: string,
  x: number,
  y: number,
  anchor: "start" | "middle" | "end",
  content: string,
): Markup {
  return html`<text class="${kind}" x="${at(x)}" y="${at(y)}"${anchor === "start" ? "" : html` text-anchor="${anchor}"`}>${content}</text>`;
}

/** Points joined by straight lines. */
export function pathOf(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${at(x)} ${at(y)}`).join("");
}

/** Width of a text of 13 units in a wide face, so that no face is wider; characters of wide scripts take a full square. */
export function textWidth(content: string): number {
  let width = 0;
  for (const character of content) {
    if (/[\u1100-\uffdc]|[^\0-\uffff]/u.test(character)) width += 14;
    else if (/[%+−±<>@MWmw]/.test(character)) width += 12;
    else if (/[ .,:;'|!ijlftI\u202f\u00a0]/.test(character)) width += 4.8;
    else width += /[A-Z]/.test(character) ? 9.6 : 8.4;
  }
  return width;
}

/** @returns the text, cut off where it is wider than so many units */
export function fitted(content: string, most: number): string {
  if (textWidth(content) <= most) return content;
  let kept = "";
  for (const { segment } of new Intl.Segmenter("en").segment(content)) {
    if (textWidth(`${kept}${segment}…`) > most) break;
    kept += segment;
  }
  return `${kept}…`;
}
