import type { Glyph } from "../view/glyph.js";
import type { Axis } from "./axis.js";
import { html, type Markup, nothing, type Part } from "./markup.js";
import { at, line, pathOf, rect } from "./svg.js";

/** Class of a variant's hue: `v0` is the control, `v1` … `v8` the treatments in their order. */
export const hue = (place: number): string => (place <= 0 ? "v0" : `v${((place - 1) % 8) + 1}`);

const diamond = [
  [0, -1.35],
  [1.35, 0],
  [0, 1.35],
  [-1.35, 0],
] as const;
const triangle = [
  [0, -1.25],
  [1.2, 0.95],
  [-1.2, 0.95],
] as const;

/** A variant's shape: circle, square, triangle, diamond, and again. */
export function shape(place: number, x: number, y: number, size: number, filled: boolean): Markup {
  const kind = filled ? "dot" : "dot hollow";
  const form = place <= 0 ? 0 : (place - 1) % 4;
  if (form === 0) return html`<circle class="${kind}" cx="${at(x)}" cy="${at(y)}" r="${at(size)}"/>`;
  if (form === 1) {
    const half = size * 0.9;
    return rect(kind, x - half, y - half, 2 * half, 2 * half);
  }
  const corners = (form === 2 ? triangle : diamond).map(
    ([dx, dy]) => [x + dx * size, y + dy * size] as const,
  );
  return html`<path class="${kind}" d="${pathOf(corners)}Z"/>`;
}

/** @returns a variant's mark beside its name */
export function key(place: number): Markup {
  return html`<svg class="k ${hue(place)}" viewBox="0 0 14 14" aria-hidden="true">${shape(place, 7, 7, 4.6, true)}</svg>`;
}

/** An end of an interval: a bar across, or an arrow where it goes on beyond the picture. */
function cap({ at: x, beyond }: Axis, value: number, y: number, half: number): Markup {
  const side = beyond(value);
  if (side === 0) return line("end", x(value), y - half, x(value), y + half);
  const tip = x(value);
  return html`<path class="end" d="M${at(tip - side * 6)} ${at(y - 5)}L${at(tip)} ${at(y)}L${at(tip - side * 6)} ${at(y + 5)}"/>`;
}

/**
 * The one glyph of every estimate: a dot, on a thin line with ends for the interval that decides, over a thick pale bar
 * for the one-look interval; hollow where nothing is decided.
 */
export function glyphOf(
  { value, line: interval, bar, filled }: Glyph,
  axis: Axis,
  place: number,
  y: number,
  size = 5,
): Markup {
  const [low, high] = interval;
  const pale: Part = bar
    ? rect("bar", axis.at(bar[0]), y - size, axis.at(bar[1]) - axis.at(bar[0]), 2 * size)
    : nothing;
  return html`<g class="${hue(place)}">${pale}${line("end", axis.at(low), y, axis.at(high), y)}${cap(axis, low, y, size)}${cap(axis, high, y, size)}${
    axis.beyond(value) === 0 ? shape(place, axis.at(value), y, size, filled) : nothing
  }</g>`;
}
