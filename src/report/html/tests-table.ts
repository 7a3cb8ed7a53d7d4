import type { DimensionView, ScaleTestView } from "../view/level-tests-view.js";
import type { Voice } from "../words/language.js";
import { capitalized, sentence } from "../words/voice.js";
import { html, type Markup, named, nothing } from "./markup.js";
import { scrolling } from "./section.js";

function scaleCells(test: ScaleTestView, voice: Voice): Markup {
  if (test.reason) return html`<td colspan="3">${test.reason}</td>`;
  const statistic = voice.say("on_df", { statistic: test.statistic, df: test.df });
  return html`<td class="r">χ² ${statistic}</td><td class="r">${test.pAdjusted}</td><td class="r">${test.common}</td>`;
}

/** Every test between the levels of a dimension, on both scales, and the levels that were not compared on their own. */
export function testsTable({ dimension, tests, notes }: DimensionView, voice: Voice): Markup {
  const caption = voice.say("all_tests_of", { dimension });
  const scale = (["difference", "lift"] as const).flatMap((each) => [
    voice.say(each),
    voice.say("p_corrected"),
    voice.say("common_effect"),
  ]);
  const heads = [voice.say("metric"), voice.say("contrast_column"), ...scale, voice.say("reading")];
  return html`${scrolling(
    caption,
    html`<table class="plain"><caption>${caption}</caption><thead><tr>${heads.map(
      (each, at) =>
        html`<th scope="col"${at > 1 && at < heads.length - 1 ? html` class="r"` : nothing}>${each.startsWith("p") ? each : capitalized(each)}</th>`,
    )}</tr></thead><tbody>${tests.map(
      (test) =>
        html`<tr><th scope="row">${named(test.metric)}</th><td>${named(test.contrastName)}</td>${scaleCells(test.difference, voice)}${scaleCells(test.lift, voice)}<td>${test.verdict}</td></tr>`,
    )}</tbody></table>`,
  )}${notes.map((note) => html`<p class="how">${sentence(note)}</p>`)}`;
}
