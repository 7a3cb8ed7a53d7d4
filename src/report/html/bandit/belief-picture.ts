import type { ArmBelief, BeliefView } from "../../../analysis/index.js";
import type { BanditView, ShownArms } from "../../view/bandit-view.js";
import type { Drawing } from "../drawing.js";
import { figure } from "../figure.js";
import { Markup } from "../markup.js";
import { armColor } from "./share-picture.js";

const rowHeight = 58;
const labelHeight = 22;
const characterWidth = 7;

const shortened = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, Math.max(1, most - 1))}…` : text;

interface Point {
  readonly x: number;
  readonly base: number;
  readonly top: number;
  readonly row: number;
}

/** `18.5% [17.1%, 20.0%], best 93%`. */
function numbersOf({ voice, believed }: BanditView, belief: ArmBelief): string {
  return voice.say("belief_numbers", {
    earns: believed(belief).join(" "),
    best: voice.probability(belief.best),
  });
}

function draw(
  { plot, document }: Drawing,
  bandit: BanditView,
  view: BeliefView,
  colorOf: (arm: string) => string,
  width: number,
) {
  const rows = view.arms.filter((each): each is ArmBelief & { density: readonly number[] } => !!each.density);
  const height = rows.length * rowHeight;
  const [left, right] = [view.grid[0] as number, view.grid.at(-1) as number];
  const points = rows.flatMap(({ density }, row) => {
    const peak = Math.max(...density) || 1;
    const base = (row + 1) * rowHeight - 4;
    return density.map(
      (each, i): Point => ({
        x: view.grid[i] as number,
        base,
        top: base - (each / peak) * (rowHeight - labelHeight - 6),
        row,
      }),
    );
  });
  const narrow = width < 500;
  const labels = rows.map((arm, row) => {
    const numbers = narrow ? bandit.believed(arm)[0] : numbersOf(bandit, arm);
    const most = Math.floor((width - 8) / characterWidth) - numbers.length - 2;
    return { name: shortened(bandit.nameOf(arm.arm), most), numbers, at: row * rowHeight + 11, arm };
  });
  const dots = rows.map((arm, row) => ({ ...arm, at: (row + 1) * rowHeight - 4, color: colorOf(arm.arm) }));
  const inside = (x: number) => Math.min(right, Math.max(left, x));
  const { quantity } = bandit.run;
  const format = (value: number) => bandit.voice.tick(value, quantity);
  const halo = { stroke: "var(--card)", strokeWidth: 5 };
  const svg = plot.plot({
    document,
    width,
    height: height + 40,
    marginLeft: narrow ? 10 : 26,
    marginRight: narrow ? 10 : 26,
    marginTop: 2,
    marginBottom: 38,
    style: { fontSize: "13px", overflow: "visible" },
    x: { domain: [left, right], label: null },
    y: { domain: [0, height], range: [2, 2 + height], axis: null },
    marks: [
      plot.gridX({ ticks: narrow ? 3 : 7, stroke: "var(--line)", strokeOpacity: 1 }),
      plot.areaY(points, {
        x: "x",
        y1: "base",
        y2: "top",
        z: "row",
        fill: (point: Point) => colorOf(rows[point.row]?.arm ?? ""),
        fillOpacity: 0.75,
      }),
      plot.ruleY(dots, { y: "at", stroke: "var(--line)" }),
      plot.link(dots, {
        x1: ({ interval }: ArmBelief) => inside(interval[0]),
        x2: ({ interval }: ArmBelief) => inside(interval[1]),
        y1: "at",
        y2: "at",
        stroke: "color",
        strokeWidth: 4,
        strokeLinecap: "round",
      }),
      plot.dot(
        dots.filter(({ mean }) => mean >= left && mean <= right),
        { x: "mean", y: "at", fill: "color", stroke: "var(--card)", strokeWidth: 1.5, r: 5 },
      ),
      plot.axisX({
        ticks: narrow ? 3 : 7,
        tickSize: 0,
        label: null,
        fill: "var(--soft)",
        tickFormat: format,
      }),
      plot.text(labels, {
        frameAnchor: "left",
        dx: narrow ? -8 : -24,
        y: "at",
        text: "name",
        textAnchor: "start",
        fontWeight: 600,
        fill: "var(--ink)",
        ...halo,
      }),
      plot.text(labels, {
        frameAnchor: "right",
        dx: narrow ? 8 : 24,
        y: "at",
        text: "numbers",
        textAnchor: "end",
        fill: "var(--soft)",
        ...halo,
      }),
    ],
  });
  return svg;
}

/** Posterior densities of a view, one row per arm, the likeliest best first. */
export function beliefPicture(
  drawing: Drawing,
  bandit: BanditView,
  view: BeliefView,
  shown: ShownArms,
): Markup {
  const { run, voice, nameOf } = bandit;
  const colorOf = (arm: string) => {
    const place = shown.places.findIndex((i) => run.arms[i]?.arm === arm);
    return armColor(place < 0 ? shown.names.length - 1 : place, shown);
  };
  const drawn = view.arms.filter(({ density }) => density);
  if (drawn.length === 0) return new Markup("");
  const told = drawn.map((belief) => `${nameOf(belief.arm)} ${numbersOf(bandit, belief)}`);
  return figure(voice.say("belief_picture", { arms: told.join("; ") }), (width) =>
    draw(drawing, bandit, view, colorOf, width),
  );
}
