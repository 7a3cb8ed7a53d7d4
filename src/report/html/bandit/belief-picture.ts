import type { ArmBelief, BeliefView } from "../../../analysis/index.js";
import type { BanditView, ShownArms } from "../../view/bandit-view.js";
import { axisOf, gridOf } from "../axis.js";
import { shape } from "../mark.js";
import { html, type Markup, nothing } from "../markup.js";
import { fitted, line, pathOf, picture, text, textWidth } from "../svg.js";
import { armHue, armPlaces } from "./arm-marks.js";

const width = 320;
const [rowHeight, labelHeight] = [62, 20];

type Drawn = ArmBelief & { readonly density: readonly number[] };

/** `18.5%, 17.1% to 20.0%; best 93%`. */
function numbersOf({ voice, believed }: BanditView, belief: ArmBelief): string {
  return voice.say("belief_numbers", {
    earns: believed(belief).join(", "),
    best: voice.probability(belief.best),
  });
}

/** Posterior densities of a view, one row per arm, the likeliest best first. */
export function beliefPicture(bandit: BanditView, view: BeliefView, shown: ShownArms): Markup {
  const { run, voice, nameOf, believed } = bandit;
  const rows = view.arms.filter((each): each is Drawn => each.density !== undefined);
  if (rows.length === 0) return nothing;
  const places = armPlaces(bandit, shown);
  const placeOf = (arm: string) => {
    const at = shown.places.findIndex((i) => run.arms[i]?.arm === arm);
    return at < 0 ? undefined : places[at];
  };
  const ends = [...view.grid.slice(0, 1), ...view.grid.slice(-1)];
  const axis = axisOf(ends, width, (value) => voice.tick(value, run.quantity), { most: 5, zero: false });
  const bottom = rows.length * rowHeight;
  const content = [
    rows.map((_, row) =>
      gridOf(
        axis,
        row * rowHeight + labelHeight,
        (row + 1) * rowHeight,
        row === rows.length - 1 ? bottom + 18 : undefined,
      ),
    ),
    rows.map((belief, row) => {
      const { density, interval, mean, arm } = belief;
      const base = (row + 1) * rowHeight - 6;
      const peak = Math.max(...density) || 1;
      const course = density.map(
        (each, i) =>
          [axis.at(view.grid[i] as number), base - (each / peak) * (rowHeight - labelHeight - 10)] as const,
      );
      const [first, last] = [course[0]?.[0] ?? 0, course.at(-1)?.[0] ?? 0];
      const best = voice.say("belief_best", { best: voice.probability(belief.best) });
      const place = placeOf(arm);
      return [
        html`<g class="${armHue(place)}"><path class="wash" d="${pathOf([...course, [last, base], [first, base]])}Z"/>${line("thick", axis.at(interval[0]), base, axis.at(interval[1]), base)}${shape(place ?? 0, axis.at(mean), base, 4.5, true)}</g>`,
        text("name", 0, row * rowHeight + 14, "start", fitted(nameOf(arm), width - 12 - textWidth(best))),
        text("halo", width, row * rowHeight + 14, "end", best),
      ];
    }),
  ];
  const told = rows.map((belief) => `${nameOf(belief.arm)} ${numbersOf(bandit, belief)}`);
  const cell = Object.entries(view.cell).map(([field, level]) => `${field} ${level}`);
  const about = rows.map((belief) => `${nameOf(belief.arm)} ${believed(belief).join(", ")}`);
  return html`<figure><figcaption><b>${[voice.say("belief_page"), ...cell].join(" · ")}</b><span>${about.join("; ")}</span></figcaption>${picture("panel", width, bottom + 24, voice.say("belief_picture", { arms: told.join("; ") }), content)}</figure>`;
}
