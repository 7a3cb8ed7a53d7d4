import type { BanditView } from "../../view/bandit-view.js";
import { sentence } from "../../words/voice.js";
import { axisOf } from "../axis.js";
import { html, type Markup, nothing } from "../markup.js";
import { line, pathOf, picture, text } from "../svg.js";
import { timeAxis } from "./time-axis.js";

interface Point {
  readonly time: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const [width, left, right, top, bottom] = [320, 62, 308, 10, 196];

function draw({ run, voice, gainLine }: BanditView): Markup {
  const start = Date.parse(run.periods[0]?.from ?? run.from);
  const estimated: Point[] = [{ time: start, value: 0, low: 0, high: 0 }];
  const truth = [{ time: start, value: 0 }];
  for (const { to, gain, known } of run.periods) {
    const time = Date.parse(to);
    if (gain.status === "ok") {
      const [low, high] = gain.interval;
      estimated.push({ time, value: gain.value, low, high });
    }
    if (known) truth.push({ time, value: known.uniform - known.regret });
  }
  const values = [...estimated.flatMap(({ low, high }) => [low, high]), ...truth.map(({ value }) => value)];
  // An axis that runs upwards: the same numbers on a line of the picture's height, turned.
  const height = bottom - top;
  const upward = axisOf(values, height + 24, (value) => voice.tick(value, "gain"), { most: 6 });
  const y = (value: number) => bottom + 12 - upward.at(value);
  const axis = timeAxis(start, Date.parse(run.periods.at(-1)?.to ?? run.to), left, right, voice);
  const band = [
    ...estimated.map(({ time, high }) => [axis.at(time), y(high)] as const),
    ...estimated.map(({ time, low }) => [axis.at(time), y(low)] as const).reverse(),
  ];
  const course = (points: readonly { readonly time: number; readonly value: number }[]) =>
    pathOf(points.map(({ time, value }) => [axis.at(time), y(value)] as const));
  const content = [
    upward.ticks.map(({ value, label }) => [
      line(value === 0 ? "zero" : "grid", left, y(value), right, y(value)),
      text("soft", left - 6, y(value) + 4, "end", label),
    ]),
    html`<g class="v1"><path class="wash" d="${pathOf(band)}Z"/><path class="curve" d="${course(estimated)}"/></g>`,
    truth.length > 1 ? html`<path class="truth" d="${course(truth)}"/>` : nothing,
    axis.ticks.map((tick) => text("soft", tick.at, bottom + 24, tick.anchor, tick.label)),
  ];
  return picture("panel", width, bottom + 30, gainLine, content);
}

/** What was gained over uniform play so far, with its interval; where the truth is known, that beside it. */
export function gainPicture(bandit: BanditView): Markup {
  const { run, voice } = bandit;
  const drawn = run.known !== undefined || run.periods.some(({ gain }) => gain.status === "ok");
  if (!drawn) return nothing;
  const about = voice.say("gain_about", { level: voice.share(run.level) });
  return html`<figure><figcaption><b>${voice.say("gain_page")}</b><span>${about}${run.known ? ` ${voice.say("gain_truth")}` : ""}</span></figcaption>${draw(bandit)}</figure>`;
}

/** The gain in a sentence, and the truth's where it is known. */
export function gainSentence({ gainLine, knownLine }: BanditView): string {
  return [gainLine, ...(knownLine ? [knownLine] : [])].map(sentence).join(" ");
}
