import type { Estimate } from "../../core/estimate.js";
import { type ComparisonView, decisive } from "../view/comparison-view.js";
import type { DimensionView, ReportView, ScaleTestView } from "../view/report-view.js";
import type { Voice } from "../words/language.js";
import { capitalized, sentence } from "../words/voice.js";
import type { Drawing } from "./drawing.js";
import { type ForestRow, forest } from "./forest.js";
import { html, Markup } from "./markup.js";

const actionTones = {
  ship: "good",
  keep_running: "warn",
  enough: "warn",
  stop: "bad",
  cannot_tell: "neutral",
  do_not_read: "bad",
} as const;
const nothing = new Markup("");

/** What to do, and each goal's lift of the variant it is about. */
export function verdictSection({ report, voice, verdict, macro }: ReportView): Markup {
  const { recommendation, definition } = report;
  const about = recommendation.variant;
  const cards = macro.filter(
    ({ role, contrast }) =>
      role === "goal" && contrast[0] === definition.control && (about === undefined || contrast[1] === about),
  );
  const readable = recommendation.action !== "do_not_read";
  return html`<section class="verdict ${actionTones[recommendation.action]}">
<p class="action">${verdict.headline}</p>
<p>${verdict.sentence}</p>
${verdict.others.map(
  ({ variant, headline, sentence }) =>
    html`<p><b>${voice.say("ship", { action: headline, variant })}.</b> ${sentence}</p>`,
)}
${
  readable && cards.length > 0
    ? html`<div class="cards">${cards.slice(0, 6).map(
        (view) => html`<div class="card ${view.mark}"><span class="name">${view.metric}</span>
<b>${view.lift || view.difference || "–"}</b><span>${view.control} → ${view.treatment}</span>${
          about === undefined ? html`<span>${voice.contrast(view.contrast)}</span>` : ""
        }</div>`,
      )}</div>`
    : ""
}
</section>`;
}

function comparisonTable(views: readonly ComparisonView[], voice: Voice): Markup {
  const { roles, marks } = voice.words;
  const head = {
    control: voice.say("control"),
    treatment: voice.say("treatment"),
    difference: voice.say("difference"),
    lift: voice.say("lift"),
  };
  const [corrected, shown] = [voice.say("p_corrected"), voice.say("shown")];
  return html`<div class="scroll"><table class="stack"><thead><tr><th>${voice.say("metric")}</th><th class="r">${head.control}</th><th class="r">${head.treatment}</th>
<th class="r">${head.difference}</th><th class="r">${head.lift}</th><th class="r">p</th><th class="r"></th></tr></thead><tbody>${views.map(
    (
      view,
    ) => html`<tr><td class="name">${view.metric}${view.role === "goal" ? "" : html`<small>${roles[view.role]}</small>`}</td>
<td class="r" data-label="${head.control}">${view.control}</td><td class="r" data-label="${head.treatment}">${view.treatment}</td>
<td class="r" data-label="${head.difference}"><span>${view.difference}<small>${view.differenceInterval}</small></span></td>
<td class="r" data-label="${head.lift}"><span>${view.lift}<small>${view.liftInterval}</small></span></td>
<td class="r w" data-label="${corrected}">${view.p}</td>
<td class="r" data-label="${shown}"><span class="tag ${view.mark}">${marks[view.mark]}</span>${view.note ? html`<small>${view.note}</small>` : ""}</td></tr>`,
  )}</tbody></table></div>`;
}

/** An estimate as a row of a forest plot; nothing where it has no interval. */
function forestRow(
  estimate: Estimate,
  { mark }: ComparisonView,
  texts: Pick<ForestRow, "group" | "label" | "numbers">,
): readonly ForestRow[] {
  if (estimate.status !== "ok") return [];
  const [low, high] = decisive(estimate);
  return [{ ...texts, value: estimate.value, low, high, mark }];
}

/** Every metric and contrast: a picture of the lifts, and the numbers. */
export function macroSection(
  { report, voice, macro, contrasts, rules, corrected }: ReportView,
  drawing: Drawing,
): Markup {
  const rows = macro.flatMap((view) =>
    forestRow(view.comparison.lift.planned, view, {
      group: view.metric,
      label: view.contrastName,
      numbers: view.lift,
    }),
  );
  const level = voice.share(report.level);
  const axis = {
    label: voice.say("lift"),
    format: (value: number) => voice.tick(value, "lift"),
    title: voice.say("lift_picture", { level }),
  };
  return html`<section><h2>${voice.say("overall")}</h2>
<p class="about">${voice.say("overall_about", { level })} ${corrected ? sentence(corrected) : ""}</p>
${forest(drawing, rows, axis)}
${contrasts.map(({ title, comparisons }) => html`<h3>${title}</h3>${comparisonTable(comparisons, voice)}`)}
${rules.map(
  ({ title, comparisons }) => html`<h3>${capitalized(title)}</h3>${comparisonTable(comparisons, voice)}`,
)}
</section>`;
}

function scaleCells(test: ScaleTestView, label: string, voice: Voice): Markup {
  if (test.reason)
    return html`<td class="r" data-label="${label}"><small>${test.reason}</small></td><td></td>`;
  const corrected = voice.say("p_corrected");
  const statistic = voice.say("on_df", { statistic: test.statistic, df: test.df });
  return html`<td class="r" data-label="${label}"><span>χ² ${statistic}<small>I² ${test.iSquared}</small></span></td><td class="r" data-label="${corrected}">${test.pAdjusted}</td>`;
}

function testsTable({ dimension, tests, notes }: DimensionView, voice: Voice): Markup {
  const [contrast, corrected] = [voice.say("contrast_column"), voice.say("p_corrected")];
  const [difference, lift] = [voice.say("difference"), voice.say("lift")];
  return html`<details><summary>${voice.say("all_tests_of", { dimension })}</summary><div class="scroll"><table class="stack"><thead><tr><th>${voice.say("metric")}</th><th>${contrast}</th><th class="r">${difference}</th><th class="r">${corrected}</th><th class="r">${lift}</th><th class="r">${corrected}</th><th class="r"></th></tr></thead><tbody>${tests.map(
    (test) =>
      html`<tr><td class="name">${test.metric}</td><td data-label="${contrast}">${test.contrastName}</td>${scaleCells(test.difference, difference, voice)}${scaleCells(test.lift, lift, voice)}<td class="r">${test.verdict}</td></tr>`,
  )}</tbody></table></div>${notes.map((note) => html`<p class="about">${sentence(note)}</p>`)}</details>`;
}

/** Whether effects differ between levels: a picture per dimension for the first goal, and every test. */
export function betweenSection({ between, voice, goal }: ReportView, drawing: Drawing): Markup {
  if (between.length === 0) return nothing;
  const metric = goal?.key ?? "";
  const shares = goal?.quantity === "fraction";
  return html`<section><h2>${voice.say("everywhere")}</h2>
<p class="about">${voice.say("everywhere_about", { metric })}</p>
${between.map((each) => {
  const { dimension, differing, levels } = each;
  const rows = levels.flatMap(({ level, view }) =>
    forestRow(view.comparison.difference.planned, view, {
      group: view.contrastName,
      label: level,
      numbers: view.difference,
    }),
  );
  const differs = differing !== undefined && differing.length > 0;
  const tag =
    differing === undefined
      ? voice.say("not_tested")
      : differs
        ? voice.say("differs_in", { metrics: differing.join(", ") })
        : voice.say("no_difference_shown");
  const axis = {
    label: voice.say(shares ? "difference_points_axis" : "difference_axis", { metric }),
    format: (value: number) => voice.tick(value, shares ? "points" : "amount"),
    title: voice.say("difference_picture", { metric, dimension }),
  };
  return html`<h3>${dimension} <span class="tag ${differs ? "warn" : "neutral"}">${tag}</span></h3>
${forest(drawing, rows, axis)}
${testsTable(each, voice)}`;
})}
</section>`;
}

const mostCells = 15;

/** The cells that differ from the rest of the units. */
export function cellsSection({ cells, voice }: ReportView): Markup {
  if (!cells) return nothing;
  const { standing } = cells;
  const told = capitalized(cells.told(mostCells));
  const [what, here, measured] = [voice.say("what"), voice.say("here"), voice.say("as_measured")];
  const [elsewhere, corrected] = [voice.say("elsewhere"), voice.say("p_corrected")];
  return html`<section><h2>${voice.say("cells_page")}</h2>
<p class="about">${sentence(cells.counts)} ${told}${standing.length === 0 ? "." : ":"}</p>
${
  standing.length === 0
    ? ""
    : html`<div class="scroll"><table class="stack"><thead><tr><th>${voice.say("cell")}</th><th>${what}</th><th class="r">${here}</th><th class="r">${measured}</th><th class="r">${elsewhere}</th><th class="r">p</th></tr></thead><tbody>${standing
        .slice(0, mostCells)
        .map(
          (
            view,
          ) => html`<tr><td class="name">${view.cell}</td><td data-label="${what}"><span>${view.metric}<small>${view.contrastName}</small></span></td>
<td class="r" data-label="${here}"><span>${view.shrunken || view.difference}<small>${view.shrunkenInterval}</small></span></td><td class="r" data-label="${measured}"><span>${view.difference}<small>${view.differenceInterval}</small></span></td><td class="r" data-label="${elsewhere}">${view.elsewhere}</td><td class="r w" data-label="${corrected}">${view.restP}</td></tr>`,
        )}</tbody></table></div>`
}
</section>`;
}

/** Who took part, whether the shares are valid, and who was left out. */
export function unitsSection({ voice, arms, checks, checkFailed, excluded }: ReportView): Markup {
  const tag = voice.say(checkFailed ? "check_failed" : "shares");
  return html`<section><h2>${voice.say("who")}</h2>
<p class="about"><span class="tag ${checkFailed ? "bad" : "neutral"}">${tag}</span> ${checks.join("; ")}.</p>
<table><tbody>${arms.map(
    ({ variant, control, units }) =>
      html`<tr><td class="name">${variant}${control ? html`<small>${voice.say("control")}</small>` : ""}</td><td class="r">${units}</td></tr>`,
  )}</tbody></table>
<h3>${capitalized(voice.say("left_out_title"))}</h3>${
    excluded.length === 0
      ? html`<p class="about">${sentence(voice.say("nobody"))}</p>`
      : html`<table><tbody>${excluded.map(
          ({ reason, units }) => html`<tr><td>${reason}</td><td class="r">${units}</td></tr>`,
        )}</tbody></table>`
  }
</section>`;
}

/** Cautions first, then everything found, in sentences. */
export function findingsSection({ voice, findings, cautions }: ReportView): Markup {
  const about = voice.say("findings_about", { count: findings.length });
  return html`${
    cautions.length === 0
      ? ""
      : html`<section class="verdict warn"><h2>${voice.say("caution")}</h2><ul>${cautions.map((each) => html`<li>${each.sentence}</li>`)}</ul></section>`
  }<section><h2>${voice.say("findings_page")}</h2><details><summary>${about}</summary><ul>${findings.map(
    (each) => html`<li>${each.sentence}</li>`,
  )}</ul></details></section>`;
}

/** How the numbers were made. */
export function methodFooter({ report, voice, families, looks }: ReportView): Markup {
  const lines = [
    sentence(voice.say("intervals", { level: voice.share(report.level) })),
    families,
    looks,
    voice.say("followed", { rule: report.recommendation.rule }),
    voice.say("made_by", { format: report.format }),
  ];
  return html`<footer>${lines.filter(Boolean).join(" ")}</footer>`;
}
