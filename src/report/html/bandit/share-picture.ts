import type { BanditRun } from "../../../analysis/index.js";
import { type BanditView, factorShares, type ShownArms } from "../../view/bandit-view.js";
import { html, type Markup, nothing } from "../markup.js";
import { at, line, pathOf, picture, text } from "../svg.js";
import { armHue, armPlaces, legend } from "./arm-marks.js";
import { timeAxis } from "./time-axis.js";

/** What is stacked: names, and the recorded numbers of all arms as numbers of those names. */
interface Series {
  readonly names: readonly string[];
  readonly places: readonly (number | undefined)[];
  of(numbers: readonly number[]): readonly number[];
}

interface Moment {
  readonly time: number;
  readonly shares: readonly number[];
}

/** Recorded probabilities where there are any, else what was served, from the first instant to the last. */
function momentsOf({ periods }: BanditRun, series: Series): readonly Moment[] {
  const told = periods.flatMap(({ from, to, recorded, served }) => {
    const numbers = recorded ?? served;
    return numbers ? [{ from: Date.parse(from), to: Date.parse(to), shares: series.of(numbers) }] : [];
  });
  return told.flatMap(({ from, to, shares }, i) => {
    const times = [...(i === 0 ? [from] : []), (from + to) / 2, ...(i === told.length - 1 ? [to] : [])];
    return times.map((time) => ({ time, shares }));
  });
}

const [width, left, right, top, bottom] = [320, 50, 308, 8, 196];

/** Bands on top of each other: the share of each name over time. */
function stacked({ run, voice }: BanditView, series: Series, label: string): Markup {
  const moments = momentsOf(run, series);
  const axis = timeAxis(moments[0]?.time ?? 0, moments.at(-1)?.time ?? 1, left, right, voice);
  const y = (share: number) => bottom - Math.min(1, share) * (bottom - top);
  const below = (shares: readonly number[], place: number) =>
    shares.slice(0, place).reduce((sum, each) => sum + each, 0);
  const bands = series.names.map((_, place) => {
    const upper = moments.map(({ time, shares }) => [axis.at(time), y(below(shares, place + 1))] as const);
    const lower = moments
      .map(({ time, shares }) => [axis.at(time), y(below(shares, place))] as const)
      .reverse();
    return html`<g class="${armHue(series.places[place])}"><path class="area" d="${pathOf([...upper, ...lower])}Z"/></g>`;
  });
  const levels = [0, 0.25, 0.5, 0.75, 1].map((share) =>
    text("soft", left - 6, y(share) + 4, "end", voice.share(share)),
  );
  const times = axis.ticks.map((tick) => [
    line("grid", tick.at, bottom, tick.at, bottom + 5),
    text("soft", tick.at, bottom + 20, tick.anchor, tick.label),
  ]);
  return picture("panel", width, bottom + 26, label, [bands, levels, times]);
}

function shares(bandit: BanditView, series: Series, what: string): Markup {
  const { run, voice } = bandit;
  const whole = series.of(run.arms.map((arm) => arm.share));
  const told = series.names.map((name, place) => `${name} ${voice.probability(whole[place] ?? 0)}`);
  const label = voice.say("share_picture", {
    what,
    from: voice.day(run.from),
    to: voice.day(run.to),
    shares: told.join(", "),
  });
  return html`<figure><figcaption><b>${what}</b><span>${voice.say("from_to", { from: voice.day(run.from), to: voice.day(run.to) })}</span></figcaption>${stacked(bandit, series, label)}${legend(series.names, series.places)}</figure>`;
}

/** Each level of a factor, in its own hue. */
function factorSeries(run: BanditRun, factor: string): Series {
  const of = (numbers: readonly number[]) =>
    factorShares(run, numbers)
      .find((each) => each.factor === factor)
      ?.levels.map((each) => each.share) ?? [];
  const levels = factorShares(run, []).find((each) => each.factor === factor)?.levels ?? [];
  return { names: levels.map(({ level }) => level), places: levels.map((_, place) => place + 1), of };
}

/** Share of the traffic over time, stacked: of each factor's levels, and of the arms. Nothing in one stretch of time. */
export function sharePictures(bandit: BanditView, shown: ShownArms): readonly Markup[] {
  const { run, voice } = bandit;
  if (run.periods.filter(({ served }) => served !== null).length < 2) return [];
  const factors = factorShares(run, []).map(({ factor }) =>
    shares(bandit, factorSeries(run, factor), voice.say("share_of_factor", { factor })),
  );
  const arms = shares(bandit, { ...shown, places: armPlaces(bandit, shown) }, voice.say("share_of_arms"));
  return [...factors, arms];
}

/** One level's shares as one bar. */
export function shareBar(
  label: string,
  values: readonly number[],
  places: readonly (number | undefined)[],
): Markup {
  let from = 0;
  const parts = values.map((value, i) => {
    const x = from * 100;
    from += value;
    return value > 0
      ? html`<g class="${armHue(places[i])}"><rect class="fill" x="${at(x)}" y="0" width="${at(value * 100)}" height="10"/></g>`
      : nothing;
  });
  return html`<svg class="shares" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="${label}">${parts}</svg>`;
}
