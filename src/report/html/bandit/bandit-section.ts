import { type BanditView, factorShares, type PlayView, type ShownArms } from "../../view/bandit-view.js";
import { sentence } from "../../words/voice.js";
import type { Drawing } from "../drawing.js";
import { html, Markup } from "../markup.js";
import { beliefPicture } from "./belief-picture.js";
import { gainPicture } from "./gain-picture.js";
import { armColor, legend, sharePicture } from "./share-picture.js";

const mostPictures = 6;

function armTable(bandit: BanditView, shown: ShownArms): Markup {
  const { run, voice } = bandit;
  const views = bandit.arms(shown);
  const told = views.some(({ best }) => best !== "");
  const [decisions, share, reward] = [voice.say("decisions"), voice.say("share"), voice.say("reward")];
  const [now, believed] = [voice.say("played_now"), voice.say("believed_long")];
  return html`<div class="scroll"><table class="stack"><thead><tr><th>${voice.say("arm")}</th><th class="r">${decisions}</th><th class="r">${share}</th><th class="r">${reward}</th>${
    told
      ? html`<th class="r">${now}</th><th class="r">${voice.say("best")}</th><th class="r">${believed}</th>`
      : ""
  }</tr></thead><tbody>${views.map((view, place) => {
    const arm = run.arms[shown.places[place] ?? -1];
    return html`<tr><td class="name"><span><i class="swatch" style="background:${armColor(place, shown)}"></i>${view.arm}${arm?.arm === run.control ? html`<small>${voice.say("control")}</small>` : ""}</span></td>
<td class="r" data-label="${decisions}">${view.decisions}</td><td class="r" data-label="${share}">${view.share}</td><td class="r" data-label="${reward}">${view.reward}</td>${
      told
        ? html`<td class="r" data-label="${now}">${view.now}</td><td class="r" data-label="${voice.say("best_long")}">${view.best}</td><td class="r" data-label="${believed}"><span>${view.believed}<small>${view.interval}</small></span></td>`
        : ""
    }</tr>`;
  })}</tbody></table></div>`;
}

function factorList({ run, voice }: BanditView, served: readonly number[]): Markup {
  const lines = factorShares(run, served).map(({ factor, levels }) => {
    const text = [...levels]
      .sort((a, b) => b.share - a.share)
      .map((each) => `${each.level} ${voice.probability(each.share)}`);
    return html`<li><b>${factor}</b>: ${text.join(", ")}</li>`;
  });
  return lines.length > 0 ? html`<ul>${lines}</ul>` : new Markup("");
}

/** A level of a segment: what it was played, as one bar, and why. */
function levelBlock(bandit: BanditView, shown: ShownArms, view: PlayView): Markup {
  const { voice } = bandit;
  const { level, served } = view.play;
  const own = shown
    .of(served)
    .map((value, place) => ({ value, name: shown.names[place] as string, color: armColor(place, shown) }))
    .filter(({ value }) => value > 0);
  const last = shown.others > 0 ? shown.names.at(-1) : undefined;
  const sorted = [...own].sort(
    (a, b) => Number(a.name === last) - Number(b.name === last) || b.value - a.value,
  );
  const text = sorted.map(({ name, value }) => `${name} ${voice.probability(value)}`);
  const label = voice.say("scoped", { scope: level, line: text.join(", ") });
  return html`<div class="play"><p><b>${level}</b> <span>${view.decisions}</span></p>
<div class="shares" role="img" aria-label="${label}">${own.map(
    ({ value, color }) => html`<i style="width:${(value * 100).toFixed(2)}%;background:${color}"></i>`,
  )}</div>${legend(
    sorted.map(({ name }) => name),
    sorted.map(({ color }) => color),
    sorted.map(({ value }) => voice.probability(value)),
  )}${factorList(bandit, served)}${view.why ? html`<p class="why">${view.why}.</p>` : ""}</div>`;
}

function segmentBlocks(bandit: BanditView, shown: ShownArms): Markup {
  const { run, voice, segments } = bandit;
  return html`${segments.map(({ field, plays }) => {
    const told = run.beliefs.some(({ cell }) => field in cell);
    const title = voice.say(told ? "level_gets_why" : "level_gets", { field });
    return html`<h3>${title}</h3>${plays.map((play) => levelBlock(bandit, shown, play))}`;
  })}`;
}

function beliefSection(bandit: BanditView, drawing: Drawing, shown: ShownArms): Markup {
  const { run, voice } = bandit;
  if (run.beliefs.length === 0) return new Markup("");
  const named = run.beliefs.map((view) => {
    const cell = Object.entries(view.cell).map(([field, level]) => `${field} ${level}`);
    return { picture: beliefPicture(drawing, bandit, view, shown), name: cell.join(" · ") };
  });
  const shape = ({ name, picture }: { readonly name: string; readonly picture: Markup }) =>
    html`${name ? html`<h4>${name}</h4>` : ""}${picture}`;
  const [open, folded] = [named.slice(0, mostPictures), named.slice(mostPictures)];
  return html`<h3>${voice.say("belief_page")}</h3>
<p class="about">${voice.say("belief_about", { level: voice.share(run.level) })}</p>
${open.map(shape)}${folded.length > 0 ? html`<details><summary>${voice.say("more", { count: folded.length })}</summary>${folded.map(shape)}</details>` : ""}`;
}

/** A bandit's run: who was played when and why, and what it brought. */
export function banditSection(bandit: BanditView, drawing: Drawing): Markup {
  const { run, voice, failed } = bandit;
  const shown = bandit.shown();
  return html`<section><h2>${voice.say("bandit_page")}</h2>
<p class="about">${sentence(bandit.runLine)}</p>
<p class="about"><span class="tag ${failed ? "bad" : "neutral"}">${voice.say(failed ? "check_failed" : "record")}</span> ${sentence(bandit.servedLine)}</p>
${armTable(bandit, shown)}
${factorList(
  bandit,
  run.arms.map((arm) => arm.share),
)}
${sharePicture(drawing, bandit, shown)}
${gainPicture(drawing, bandit)}
${segmentBlocks(bandit, shown)}
${beliefSection(bandit, drawing, shown)}
</section>`;
}
