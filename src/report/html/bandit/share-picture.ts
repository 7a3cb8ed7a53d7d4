import type { BanditRun } from "../../../analysis/index.js";
import { type BanditView, factorShares, type ShownArms } from "../../view/bandit-view.js";
import type { Drawing } from "../drawing.js";
import { figure } from "../figure.js";
import { html, Markup } from "../markup.js";

/** Colour of the arm that is shown at a place; the others together have one of their own. */
export const armColor = (place: number, { names, others }: ShownArms): string =>
  others > 0 && place === names.length - 1 ? "var(--arm-rest)" : `var(--arm-${(place % 8) + 1})`;

/** @returns a swatch and a name for each colour, and a number where there are any */
export function legend(
  names: readonly string[],
  colors: readonly string[],
  numbers?: readonly string[],
): Markup {
  return html`<ul class="legend">${names.map(
    (name, at) =>
      html`<li><i style="background:${colors[at] as string}"></i><span>${name}${numbers ? html` <b>${numbers[at] as string}</b>` : ""}</span></li>`,
  )}</ul>`;
}

/** What is stacked: names, and the recorded numbers of all arms as numbers of those names. */
interface Series {
  readonly names: readonly string[];
  readonly colors: readonly string[];
  of(numbers: readonly number[]): readonly number[];
}

interface Band {
  readonly time: Date;
  readonly low: number;
  readonly high: number;
  readonly at: number;
}

/** Recorded probabilities where there are any, else what was served, as bands on top of each other. */
function bandsOf({ periods }: BanditRun, series: Series): readonly Band[] {
  const told = periods.flatMap(({ from, to, recorded, served }) => {
    const numbers = recorded ?? served;
    return numbers ? [{ from: Date.parse(from), to: Date.parse(to), shares: series.of(numbers) }] : [];
  });
  return told.flatMap(({ from, to, shares }, i) => {
    // From the first instant to the last, through the middle of each period.
    const middle = (from + to) / 2;
    const times = [...(i === 0 ? [from] : []), middle, ...(i === told.length - 1 ? [to] : [])];
    return times.flatMap((time) => {
      let low = 0;
      return shares.map((each, at): Band => {
        const band = { time: new Date(time), low, high: low + each, at };
        low += each;
        return band;
      });
    });
  });
}

function draw({ plot, document }: Drawing, { run, voice }: BanditView, series: Series, width: number) {
  const bands = bandsOf(run, series);
  const narrow = width < 500;
  const svg = plot.plot({
    document,
    width,
    height: narrow ? 230 : 290,
    marginLeft: 44,
    marginRight: 18,
    marginTop: 10,
    marginBottom: 42,
    style: { fontSize: "13px", overflow: "visible" },
    x: { type: "utc", label: null },
    y: { domain: [0, 1], label: null },
    marks: [
      plot.areaY(bands, {
        x: "time",
        y1: "low",
        y2: "high",
        z: "at",
        fill: (band: Band) => series.colors[band.at] as string,
        stroke: "var(--card)",
        strokeWidth: 1.5,
        curve: "monotone-x",
      }),
      plot.axisX({
        ticks: narrow ? 4 : 8,
        tickSize: 4,
        label: null,
        fill: "var(--soft)",
        stroke: "var(--line)",
        tickFormat: (time: Date) => voice.timeTick(time),
      }),
      plot.axisY({
        ticks: 5,
        tickSize: 0,
        label: null,
        fill: "var(--soft)",
        tickFormat: (value: number) => voice.probability(value),
      }),
    ],
  });
  return svg;
}

function shares(drawing: Drawing, bandit: BanditView, series: Series, what: string): Markup {
  const { run, voice } = bandit;
  const whole = series.of(run.arms.map((arm) => arm.share));
  const told = series.names.map((name, at) => `${name} ${voice.probability(whole[at] as number)}`);
  const label = voice.say("share_picture", {
    what,
    from: voice.day(run.from),
    to: voice.day(run.to),
    shares: told.join(", "),
  });
  return figure(label, (width) => draw(drawing, bandit, series, width));
}

/** Each level of a factor, in its colour. */
function factorSeries(run: BanditRun, factor: string): Series {
  const of = (numbers: readonly number[]) =>
    factorShares(run, numbers)
      .find((each) => each.factor === factor)
      ?.levels.map((each) => each.share) ?? [];
  const levels = factorShares(run, []).find((each) => each.factor === factor)?.levels ?? [];
  return {
    names: levels.map(({ level }) => level),
    colors: levels.map((_, at) => `var(--arm-${(at % 8) + 1})`),
    of,
  };
}

/** Share of the traffic over time, stacked: of each factor's levels, and of the arms. Nothing in one stretch of time. */
export function sharePicture(drawing: Drawing, bandit: BanditView, shown: ShownArms): Markup {
  const { run, voice } = bandit;
  if (run.periods.filter(({ served }) => served !== null).length < 2) return new Markup("");
  const colors = shown.names.map((_, place) => armColor(place, shown));
  const picture = shares(drawing, bandit, { ...shown, colors }, voice.say("share_of_arms"));
  const arms = html`${picture}${legend(shown.names, colors)}`;
  const factors = factorShares(run, []).map(({ factor }) => {
    const series = factorSeries(run, factor);
    const own = shares(drawing, bandit, series, voice.say("share_of_factor", { factor }));
    return html`<h4>${factor}</h4>${own}${legend(series.names, series.colors)}`;
  });
  return html`<h3>${voice.say("share_over_time_page")}</h3>
${factors.length > 0 ? html`${factors}<h4>${voice.say("combinations")}</h4>` : ""}${arms}`;
}
