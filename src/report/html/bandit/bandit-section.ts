import { type BanditView, factorShares, type PlayView, type ShownArms } from "../../view/bandit-view.js";
import { sentence } from "../../words/voice.js";
import { html, type Markup, named, nothing } from "../markup.js";
import type { Section } from "../section.js";
import { armKey, armPlaces, legend } from "./arm-marks.js";
import { beliefPicture } from "./belief-picture.js";
import { gainPicture, gainSentence } from "./gain-picture.js";
import { shareBar, sharePictures } from "./share-picture.js";

const mostPictures = 6;

function armTable(bandit: BanditView, shown: ShownArms): Markup {
  const { run, voice } = bandit;
  const views = bandit.arms(shown);
  const places = armPlaces(bandit, shown);
  const told = views.some(({ best }) => best !== "");
  const columns = [
    ["decisions", "decisions"],
    ["share", "share"],
    ["reward", "reward"],
    ...(told
      ? ([
          ["played_now", "now"],
          ["best_long", "best"],
          ["believed_long", "believed"],
        ] as const)
      : []),
  ] as const;
  const titles = columns.map(([title]) => voice.say(title));
  return html`<table class="arms" role="table"><caption class="vh">${voice.say("share_of_arms")}</caption><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${voice.say("arm")}</th>${titles.map(
    (title) => html`<th role="columnheader" scope="col" class="r">${title}</th>`,
  )}</tr></thead><tbody role="rowgroup">${views.map((view, at) => {
    const arm = run.arms[shown.places[at] ?? -1];
    return html`<tr role="row"><th role="rowheader" scope="row"><span class="who">${armKey(places[at])}${named(view.arm)}</span>${arm?.arm === run.control ? html`<small>${voice.say("control")}</small>` : nothing}</th>${columns.map(
      ([, field], i) =>
        html`<td role="cell" class="r" data-l="${titles[i] ?? ""}">${
          field === "believed" && view.believed
            ? html`<span>${view.believed}<small>${view.interval}</small></span>`
            : view[field]
        }</td>`,
    )}</tr>`;
  })}</tbody></table>`;
}

function factorList({ run, voice }: BanditView, served: readonly number[]): Markup {
  const lines = factorShares(run, served).map(({ factor, levels }) => {
    const text = [...levels]
      .sort((a, b) => b.share - a.share)
      .map((each) => `${each.level} ${voice.probability(each.share)}`);
    return html`<li><b>${factor}</b>: ${text.join(", ")}</li>`;
  });
  return lines.length > 0 ? html`<ul>${lines}</ul>` : nothing;
}

const clauses = (lines: readonly string[]): Markup =>
  lines.length > 0 ? html`<ul>${lines.map((line) => html`<li>${sentence(line)}</li>`)}</ul>` : nothing;

/** A level of a segment: what it was played, as one bar, and why. */
function levelBlock(bandit: BanditView, shown: ShownArms, view: PlayView): Markup {
  const { voice } = bandit;
  const { level, served } = view.play;
  const places = armPlaces(bandit, shown);
  const values = shown.of(served);
  const own = values
    .map((value, at) => ({ value, name: shown.names[at] ?? "", place: places[at] }))
    .filter(({ value }) => value > 0);
  const sorted = [...own].sort(
    (a, b) => Number(a.place === undefined) - Number(b.place === undefined) || b.value - a.value,
  );
  const text = sorted.map(({ name, value }) => `${name} ${voice.probability(value)}`);
  const label = voice.say("scoped", { scope: level, line: text.join(", ") });
  return html`<div class="play"><p><b>${level}</b> <span>${view.decisions}</span></p>
${shareBar(label, values, places)}${legend(
  sorted.map(({ name }) => name),
  sorted.map(({ place }) => place),
  sorted.map(({ value }) => voice.probability(value)),
)}${factorList(bandit, served)}${view.why ? html`<p class="why">${view.why}.</p>` : nothing}${clauses(view.effectLines)}</div>`;
}

function segmentBlocks(bandit: BanditView, shown: ShownArms): readonly Markup[] {
  const { run, voice, segments } = bandit;
  return segments.map(({ field, plays }) => {
    const told = run.beliefs.some(({ cell }) => field in cell);
    const title = voice.say(told ? "level_gets_why" : "level_gets", { field });
    return html`<h3 class="mt">${title}</h3>${plays.map((play) => levelBlock(bandit, shown, play))}`;
  });
}

/** A bandit's run: who was played when and why, and what it brought. */
export function banditSection(bandit: BanditView): Section {
  const { run, voice, failed } = bandit;
  const shown = bandit.shown();
  const beliefs = run.beliefs
    .map((view) => beliefPicture(bandit, view, shown))
    .filter((each) => each !== nothing);
  const [open, folded] = [beliefs.slice(0, mostPictures), beliefs.slice(mostPictures)];
  const pictures = [...sharePictures(bandit, shown), gainPicture(bandit), ...open];
  return {
    id: "bandit",
    title: voice.say("page_bandit"),
    answer: gainSentence(bandit),
    body: html`<p class="how">${sentence(bandit.runLine)} <span class="tag ${failed ? "bad" : "good"}">${voice.say(failed ? "check_failed" : "record")}</span> ${sentence(bandit.servedLine)}</p>
${armTable(bandit, shown)}
${factorList(
  bandit,
  run.arms.map((arm) => arm.share),
)}
${clauses([...(bandit.learnedLine ? [bandit.learnedLine] : []), ...bandit.effectLines])}
<div class="row mt">${pictures}</div>${
      open.length > 0
        ? html`<p class="how">${voice.say("belief_about", { level: voice.share(run.level) })}</p>`
        : nothing
    }${
      folded.length > 0
        ? html`<details><summary>${voice.say("more", { count: folded.length })}</summary><div class="row">${folded}</div></details>`
        : nothing
    }
${segmentBlocks(bandit, shown)}`,
  };
}
