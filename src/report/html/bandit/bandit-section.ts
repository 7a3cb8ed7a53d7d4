import type { BanditRun, SegmentPlay } from "../../../analysis/bandit-run/run.js";
import * as show from "../../../core/numbers.js";
import {
  armViews,
  beliefOf,
  factorShares,
  runLine,
  type ShownArms,
  sentence,
  servedLine,
  share,
  shownArms,
  why,
} from "../../bandit-view.js";
import type { Drawing } from "../forest.js";
import { html, Markup } from "../markup.js";
import { beliefPicture } from "./belief-picture.js";
import { gainPicture } from "./gain-picture.js";
import { armColor, legend, sharePicture } from "./share-picture.js";

const mostPictures = 6;

function armTable(run: BanditRun, shown: ShownArms): Markup {
  const views = armViews(run, shown);
  const told = views.some(({ best }) => best !== "");
  return html`<div class="scroll"><table class="stack"><thead><tr><th>arm</th><th class="r">decisions</th><th class="r">share</th><th class="r">reward</th>${
    told ? html`<th class="r">played now</th><th class="r">best</th><th class="r">believed to earn</th>` : ""
  }</tr></thead><tbody>${views.map((view, place) => {
    const arm = run.arms[shown.places[place] ?? -1];
    return html`<tr><td class="name"><span><i class="swatch" style="background:${armColor(place, shown)}"></i>${view.arm}${arm?.arm === run.control ? html`<small>control</small>` : ""}</span></td>
<td class="r" data-label="decisions">${view.decisions}</td><td class="r" data-label="share">${view.share}</td><td class="r" data-label="reward">${view.reward}</td>${
      told
        ? html`<td class="r" data-label="played now">${view.now}</td><td class="r" data-label="probability of being best">${view.best}</td><td class="r" data-label="believed to earn"><span>${view.believed}<small>${view.interval}</small></span></td>`
        : ""
    }</tr>`;
  })}</tbody></table></div>`;
}

function factorLines(run: BanditRun, served: readonly number[]): Markup {
  const lines = factorShares(run, served).map(({ factor, levels }) => {
    const text = [...levels]
      .sort((a, b) => b.share - a.share)
      .map((each) => `${each.level} ${share(each.share)}`);
    return html`<li><b>${factor}</b>: ${text.join(", ")}</li>`;
  });
  return lines.length > 0 ? html`<ul>${lines}</ul>` : new Markup("");
}

/** A level of a segment: what it was played, as one bar, and why. */
function levelBlock(run: BanditRun, shown: ShownArms, field: string, play: SegmentPlay): Markup {
  const { level, decisions, mean, served } = play;
  const own = shown
    .of(served)
    .map((value, place) => ({ value, name: shown.names[place] as string, color: armColor(place, shown) }))
    .filter(({ value }) => value > 0);
  const last = shown.others > 0 ? shown.names.at(-1) : undefined;
  const sorted = [...own].sort(
    (a, b) => Number(a.name === last) - Number(b.name === last) || b.value - a.value,
  );
  const text = sorted.map(({ name, value }) => `${name} ${share(value)}`);
  const reward = mean === null ? "" : ` · reward ${show.level(mean, run.quantity)}`;
  const reason = why(beliefOf(run, field, level), run);
  return html`<div class="play"><p><b>${level}</b> <span>${show.count(decisions)} decisions${reward}</span></p>
<div class="shares" role="img" aria-label="${level}: ${text.join(", ")}">${own.map(
    ({ value, color }) => html`<i style="width:${(value * 100).toFixed(2)}%;background:${color}"></i>`,
  )}</div>${legend(
    sorted.map(({ name }) => name),
    sorted.map(({ color }) => color),
    sorted.map(({ value }) => share(value)),
  )}${factorLines(run, served)}${reason ? html`<p class="why">${reason}.</p>` : ""}</div>`;
}

function segmentBlocks(run: BanditRun, shown: ShownArms): Markup {
  return html`${run.segments.map(
    ({ field, levels }) =>
      html`<h3>What each ${field} gets${run.beliefs.some(({ cell }) => field in cell) ? ", and why" : ""}</h3>${levels.map((play) => levelBlock(run, shown, field, play))}`,
  )}`;
}

function beliefSection(run: BanditRun, drawing: Drawing, shown: ShownArms): Markup {
  if (run.beliefs.length === 0) return new Markup("");
  const named = run.beliefs.map((view) => {
    const cell = Object.entries(view.cell).map(([field, level]) => `${field} ${level}`);
    return { picture: beliefPicture(drawing, run, view, shown), name: cell.join(" · ") };
  });
  const shape = ({ name, picture }: { readonly name: string; readonly picture: Markup }) =>
    html`${name ? html`<h4>${name}</h4>` : ""}${picture}`;
  const [open, folded] = [named.slice(0, mostPictures), named.slice(mostPictures)];
  return html`<h3>What is believed</h3>
<p class="about">Posterior density of what each arm earns, the likeliest best first; dot and bar are its mean and ${show.share(run.level)} interval. Each density has its own height.</p>
${open.map(shape)}${folded.length > 0 ? html`<details><summary>${folded.length} more</summary>${folded.map(shape)}</details>` : ""}`;
}

/** A bandit's run: who was played when and why, and what it brought. */
export function banditSection(run: BanditRun, drawing: Drawing): Markup {
  const shown = shownArms(run);
  const failed = run.served.status === "failed";
  return html`<section><h2>What the bandit did</h2>
<p class="about">${sentence(runLine(run))}</p>
<p class="about"><span class="tag ${failed ? "bad" : "neutral"}">${failed ? "check failed" : "record"}</span> ${sentence(servedLine(run))}</p>
${armTable(run, shown)}
${factorLines(
  run,
  run.arms.map((arm) => arm.share),
)}
${sharePicture(drawing, run, shown)}
${gainPicture(drawing, run)}
${segmentBlocks(run, shown)}
${beliefSection(run, drawing, shown)}
</section>`;
}
