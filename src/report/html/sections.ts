import type { Report } from "../../analysis/report.js";
import * as show from "../../core/numbers.js";
import {
  armTotals,
  betweenVerdict,
  type ComparisonView,
  comparisonViews,
  contrastName,
  familyLines,
  headline,
  microCounts,
  ruleViews,
  srmLines,
  standingOut,
} from "../report-view.js";
import { type Drawing, type ForestRow, forest } from "./forest.js";
import { html, Markup } from "./markup.js";

const actionTones = {
  ship: "good",
  keep_running: "warn",
  stop: "bad",
  cannot_tell: "neutral",
  do_not_read: "bad",
} as const;
const verdicts = { good: "▲ better", bad: "▼ worse", neutral: "not shown", none: "no estimate" } as const;
const nothing = new Markup("");

const amount = (value: number) => String(Number(value.toPrecision(6))).replace("-", "−");
const points = (value: number) => amount(value * 100);
const percent = (value: number) => show.lift(value).replace(".0%", "%").replace("±", "");

/** What to do, and each goal's lift of the variant it is about. */
export function verdictSection(report: Report): Markup {
  const { recommendation, definition } = report;
  const about = recommendation.variant;
  const cards = comparisonViews(report.macro, report).filter(
    (view) =>
      view.role === "goal" &&
      view.contrast[0] === definition.control &&
      (about === undefined || view.contrast[1] === about),
  );
  const readable = recommendation.action !== "do_not_read";
  return html`<section class="verdict ${actionTones[recommendation.action]}">
<p class="action">${headline(report)}</p>
<p>${recommendation.sentence}</p>
${
  readable && cards.length > 0
    ? html`<div class="cards">${cards.slice(0, 6).map(
        (view) => html`<div class="card ${view.tone}"><span class="name">${view.metric}</span>
<b>${view.lift || view.difference || "–"}</b><span>${view.control} → ${view.treatment}</span>${
          about === undefined ? html`<span>${contrastName(view.contrast)}</span>` : ""
        }</div>`,
      )}</div>`
    : ""
}
</section>`;
}

function tableOf(views: readonly ComparisonView[]): Markup {
  return html`<div class="scroll"><table class="stack"><thead><tr><th>metric</th><th class="r">control</th><th class="r">treatment</th>
<th class="r">difference</th><th class="r">lift</th><th class="r">p</th><th class="r"></th></tr></thead><tbody>${views.map(
    (
      view,
    ) => html`<tr><td class="name">${view.metric}${view.role === "goal" ? "" : html`<small>${view.role}</small>`}</td>
<td class="r" data-label="control">${view.control}</td><td class="r" data-label="treatment">${view.treatment}</td>
<td class="r" data-label="difference"><span>${view.difference}<small>${view.differenceInterval}</small></span></td>
<td class="r" data-label="lift"><span>${view.lift}<small>${view.liftInterval}</small></span></td>
<td class="r w" data-label="p, corrected">${view.p}</td>
<td class="r" data-label="shown?"><span class="tag ${view.tone}">${verdicts[view.tone]}</span>${view.note ? html`<small>${view.note}</small>` : ""}</td></tr>`,
  )}</tbody></table></div>`;
}

/** A view as a row of a forest plot of lifts; undefined where the lift has no interval. */
function liftRow(view: ComparisonView, group: string, label: string): ForestRow | undefined {
  const estimate = view.liftEstimate;
  if (estimate.status !== "ok") return undefined;
  const [low, high] = estimate.interval;
  return { group, label, value: estimate.value, low, high, tone: view.tone, numbers: view.lift };
}

/** The same on the scale that differences between levels are tested on. */
function differenceRow(view: ComparisonView, group: string, label: string): ForestRow | undefined {
  const estimate = view.differenceEstimate;
  if (estimate.status !== "ok") return undefined;
  const [low, high] = estimate.interval;
  return { group, label, value: estimate.value, low, high, tone: view.tone, numbers: view.difference };
}

const drawn = (rows: readonly (ForestRow | undefined)[]) => rows.flatMap((row) => (row ? [row] : []));

/** Every metric and contrast: a picture of the lifts, and the numbers. */
export function macroSection(report: Report, drawing: Drawing): Markup {
  const views = comparisonViews(report.macro, report);
  const family = report.families.find(({ grain }) => grain === "macro");
  const rows = drawn(views.map((view) => liftRow(view, view.metric, contrastName(view.contrast))));
  const wide = show.share(report.level);
  return html`<section><h2>Overall</h2>
<p class="about">Lift over control with ${wide} intervals. ${
    family
      ? `Read together: ${family.tests} ${family.tests === 1 ? "comparison" : "comparisons"}, p-values corrected by ${family.correction}.`
      : ""
  }</p>
${forest(drawing, rows, { label: "lift", format: percent, title: `Lift of every metric with ${wide} intervals` })}
${report.contrasts.map(
  (contrast) =>
    html`<h3>${contrastName(contrast)}</h3>${tableOf(
      views.filter((view) => view.contrast[0] === contrast[0] && view.contrast[1] === contrast[1]),
    )}`,
)}
${[...ruleViews(report)].map(
  ([rule, own]) =>
    html`<h3>Rule ${rule}: applied (treatment) against held back (control)</h3>${tableOf(own)}`,
)}
</section>`;
}

/** Whether effects differ between levels: a picture a dimension for the first goal, and every test. */
export function betweenSection(report: Report, drawing: Drawing): Markup {
  if (report.between.length === 0) return nothing;
  const views = comparisonViews(report.micro, report);
  const goal = report.metrics.find(({ role }) => role === "goal") ?? report.metrics[0];
  const single = (dimension: string) =>
    report.micro.flatMap((row, at) => {
      const keys = Object.keys(row.cell);
      return at % 2 === 0 && row.metric === goal?.key && keys.length === 1 && keys[0] === dimension
        ? [at / 2]
        : [];
    });
  return html`<section><h2>Does it work everywhere alike?</h2>
<p class="about">Effects compared between the levels of each dimension (Cochran’s Q, corrected). The pictures show the difference in ${goal?.key ?? ""}.</p>
${report.dimensions.map((dimension) => {
  const tests = report.between.filter((test) => test.dimension === dimension);
  const differing = tests.filter((test) => test.status === "ok" && test.pAdjusted < 1 - report.level);
  const rows = drawn(
    single(dimension).map((at) => {
      const view = views[at] as ComparisonView;
      return differenceRow(view, contrastName(view.contrast), view.cell.slice(dimension.length + 1));
    }),
  );
  const adaptive = tests.every((test) => test.status !== "ok");
  return html`<h3>${dimension} <span class="tag ${differing.length > 0 ? "warn" : "neutral"}">${
    adaptive
      ? "not tested"
      : differing.length > 0
        ? `differs: ${[...new Set(differing.map(({ metric }) => metric))].join(", ")}`
        : "no difference shown"
  }</span></h3>
${forest(drawing, rows, {
  label: `difference in ${goal?.key ?? ""}${goal?.quantity === "fraction" ? ", percentage points" : ""}`,
  format: goal?.quantity === "fraction" ? points : amount,
  title: `Difference in ${goal?.key ?? ""} by ${dimension}`,
})}
<details><summary>All tests of ${dimension}</summary><div class="scroll"><table class="stack"><thead><tr><th>metric</th><th>contrast</th><th class="r">Q</th><th class="r">p</th><th class="r">p corrected</th><th class="r">I²</th><th class="r"></th></tr></thead><tbody>${tests.map(
    (test) =>
      html`<tr><td class="name">${test.metric}</td><td data-label="contrast">${contrastName(test.contrast)}</td>${
        test.status === "ok"
          ? html`<td class="r" data-label="Q">${show.statistic(test.q)} on ${test.df} df</td><td class="r" data-label="p">${show.pValue(test.pValue)}</td><td class="r" data-label="p, corrected">${show.pValue(test.pAdjusted)}</td><td class="r" data-label="I²">${show.share(test.iSquared)}</td>`
          : html`<td></td><td></td><td></td><td></td>`
      }<td class="r">${betweenVerdict(test, report.level)}</td></tr>`,
  )}</tbody></table></div></details>`;
})}
</section>`;
}

const mostCells = 15;

/** The cells that differ from the rest of the units. */
export function cellsSection(report: Report): Markup {
  if (report.micro.length === 0) return nothing;
  const counts = microCounts(report);
  const out = standingOut(report);
  return html`<section><h2>Cells worth looking at</h2>
<p class="about">${show.count(counts.all)} comparisons in cells: ${show.count(counts.good)} better, ${show.count(counts.bad)} worse, the rest not shown. ${
    out.length === 0
      ? "No cell differs from the rest of the units after correction."
      : `${out.length} differ from the rest of the units after correction${out.length > mostCells ? `; the ${mostCells} clearest:` : ":"}`
  }</p>
${
  out.length === 0
    ? ""
    : html`<div class="scroll"><table class="stack"><thead><tr><th>cell</th><th>what</th><th class="r">here</th><th class="r">elsewhere</th><th class="r">p</th></tr></thead><tbody>${out
        .slice(0, mostCells)
        .map(
          (
            view,
          ) => html`<tr><td class="name">${view.cell}</td><td data-label="what"><span>${view.metric}<small>${contrastName(view.contrast)}</small></span></td>
<td class="r" data-label="here"><span>${view.difference}<small>${view.differenceInterval}</small></span></td><td class="r" data-label="elsewhere">${view.elsewhere}</td><td class="r w" data-label="p, corrected">${view.restP}</td></tr>`,
        )}</tbody></table></div>`
}
</section>`;
}

/** Who took part, whether the shares are sound, and who was left out. */
export function unitsSection(report: Report): Markup {
  const { definition } = report;
  const failed = report.srm.some(({ status }) => status === "failed");
  const excluded = Object.entries(report.excluded).filter(([, units]) => units > 0);
  return html`<section><h2>Who took part</h2>
<p class="about"><span class="tag ${failed ? "bad" : "neutral"}">${failed ? "check failed" : "shares"}</span> ${srmLines(report).join("; ")}.</p>
<table><tbody>${armTotals(report).map(
    ({ variant, units }) =>
      html`<tr><td class="name">${variant}${variant === definition.control ? html`<small>control</small>` : ""}</td><td class="r">${show.count(units)}</td></tr>`,
  )}</tbody></table>
<h3>Left out</h3>${
    excluded.length === 0
      ? html`<p class="about">Nobody.</p>`
      : html`<table><tbody>${excluded.map(
          ([reason, units]) =>
            html`<tr><td>${reason.replaceAll("_", " ")}</td><td class="r">${show.count(units)}</td></tr>`,
        )}</tbody></table>`
  }
</section>`;
}

/** Cautions first, then everything found, in sentences. */
export function findingsSection(report: Report): Markup {
  const cautions = report.findings.filter(({ tone }) => tone === "warning");
  return html`${
    cautions.length === 0
      ? ""
      : html`<section class="verdict warn"><h2>Caution</h2><ul>${cautions.map(({ sentence }) => html`<li>${sentence}</li>`)}</ul></section>`
  }<section><h2>Every finding</h2><details><summary>${report.findings.length} sentences with the numbers behind them</summary><ul>${report.findings.map(
    ({ sentence }) => html`<li>${sentence}</li>`,
  )}</ul></details></section>`;
}

/** How the numbers were made. */
export function methodFooter(report: Report): Markup {
  const corrected =
    report.families.length > 0 ? ` Corrected families — ${familyLines(report).join("; ")}.` : "";
  const looks =
    report.metrics.length === 0 || report.recommendation.rule === "adaptive"
      ? ""
      : "p-values hold for one look, at the planned end.";
  return html`<footer>${show.share(report.level)} intervals.${corrected} ${looks} Rule followed: ${report.recommendation.rule}. Made by essai from ${report.format}.</footer>`;
}
