import type { BanditView, ShownArms } from "../../view/bandit-view.js";
import { hue, key } from "../mark.js";
import { html, type Markup, named } from "../markup.js";

/** Class of the others together. */
const rest = "vr";

/**
 * Places of the shown arms: the control is 0, as in every other picture, and the others keep their order in the run.
 * The others together have none.
 */
export function armPlaces({ run }: BanditView, shown: ShownArms): readonly (number | undefined)[] {
  const treatments = run.arms.filter(({ arm }) => arm !== run.control).map(({ arm }) => arm);
  const own = shown.places.map((place) => {
    const arm = run.arms[place]?.arm ?? "";
    return arm === run.control ? 0 : treatments.indexOf(arm) + 1;
  });
  const hues = new Set(own.map(hue));
  // Two arms of one hue would be taken for one: then each gets the next by its place in the picture.
  const places = hues.size === own.length ? own : own.map((_, at) => at + 1);
  return shown.others > 0 ? [...places, undefined] : places;
}

/** Class of a place's hue. */
export const armHue = (place: number | undefined): string => (place === undefined ? rest : hue(place));

/** @returns a key: a mark and a name for each place, and a number where there are any */
export function legend(
  names: readonly string[],
  places: readonly (number | undefined)[],
  numbers?: readonly string[],
): Markup {
  return html`<ul class="legend">${names.map(
    (name, at) =>
      html`<li class="who">${armKey(places[at])}${named(name)}${numbers ? html` <b>${numbers[at] ?? ""}</b>` : ""}</li>`,
  )}</ul>`;
}

/** @returns the mark beside an arm's name */
export function armKey(place: number | undefined): Markup {
  return place === undefined
    ? html`<svg class="k ${rest}" viewBox="0 0 14 14" aria-hidden="true"><rect class="fill" x="2" y="5" width="10" height="4"/></svg>`
    : key(place);
}
