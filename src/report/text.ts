import type { Report } from "../analysis/report.js";
import * as show from "../core/numbers.js";
import { banditLines } from "./bandit-text.js";
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
} from "./report-view.js";
import { alignRows, pad, wrap } from "./table.js";

/** How the terminal report is laid out. */
export interface TextOptions {
  /** Use terminal colours; default false. */
  readonly color?: boolean;
  /** Columns available, at least 80; default 100. */
  readonly width?: number;
  /** Most cells to list; default 12. */
  readonly cells?: number;
}

type Paint = (text: string, ...codes: readonly number[]) => string;

const tones = { good: 32, bad: 31, neutral: 2, none: 33 } as const;
const marks = { good: "▲", bad: "▼", neutral: "·", none: "?" } as const;
const actionColors = { ship: 32, keep_running: 33, stop: 31, cannot_tell: 33, do_not_read: 31 } as const;

function section(title: string, about: string, paint: Paint): string {
  return `${paint(title, 1)}  ${paint(about, 2)}`;
}

/** Terminals of 100 columns get both intervals, narrower ones the lift's only. */
function comparisonLines(
  views: readonly ComparisonView[],
  label: (view: ComparisonView) => string,
  width: number,
  paint: Paint,
): readonly string[] {
  const roomy = width >= 100;
  const rows = views.map((view) => [
    label(view),
    view.control,
    view.treatment,
    view.difference,
    ...(roomy ? [view.differenceInterval] : []),
    view.lift,
    view.liftInterval,
    view.p,
    marks[view.tone],
  ]);
  const head = [
    "",
    "control",
    "treatment",
    "difference",
    ...(roomy ? ["interval"] : []),
    "lift",
    "interval",
    "p",
    "",
  ];
  const [header, ...lines] = alignRows([head, ...rows], roomy ? "lrrrrrrrl" : "lrrrrrrl");
  return [
    paint(header as string, 2),
    ...lines.map((line, at) => paint(line, tones[(views[at] as ComparisonView).tone])),
    ...views.flatMap((view) => (view.note ? [paint(`${label(view)}: ${view.note}`, 33)] : [])),
  ];
}

/** Every comparison overall, contrast by contrast, then each rule's own. */
function overallLines(report: Report, width: number, paint: Paint): readonly string[] {
  const lines: string[] = [];
  const add = (...more: readonly string[]) => lines.push(...more);
  const macro = comparisonViews(report.macro, report);
  const adjusted = report.families.find(({ grain }) => grain === "macro");
  add(
    section(
      "OVERALL",
      `${show.share(report.level)} intervals${adjusted ? `; p corrected over ${adjusted.tests} ${adjusted.tests === 1 ? "test" : "tests"} by ${adjusted.correction}` : ""}`,
      paint,
    ),
  );
  for (const contrast of report.contrasts) {
    const own = macro.filter((view) => view.contrast[0] === contrast[0] && view.contrast[1] === contrast[1]);
    const label = (view: ComparisonView) =>
      view.role === "goal" ? view.metric : `${view.metric} (${view.role})`;
    add(
      "",
      `  ${paint(contrastName(contrast), 1)}`,
      ...comparisonLines(own, label, width - 4, paint).map((line) => `    ${line}`),
    );
  }
  for (const [rule, views] of ruleViews(report)) {
    const comparison = comparisonLines(views, ({ metric }) => metric, width - 4, paint);
    add("", `  ${paint(`rule ${rule}`, 1)}: applied (treatment) against held back (control)`);
    add(...comparison.map((line) => `    ${line}`));
  }
  const shifted = report.stratified.filter(
    ({ agreement }) => agreement === "simpson" || agreement === "shifted",
  );
  if (report.stratified.length > 0)
    add(
      "",
      `  ${shifted.length === 0 ? `weighting ${report.dimensions.join(", ")} alike on both sides changes no difference materially` : paint(`weighting the levels alike moves ${shifted.length} of ${report.stratified.length} differences; see the findings`, 33)}`,
    );
  return lines;
}

function betweenLines(report: Report, paint: Paint): readonly string[] {
  const several = report.contrasts.length > 1;
  const head = ["", "", ...(several ? [""] : []), "Q", "df", "I²", "p", "corrected", ""];
  const rows = report.between.map((test, at) => {
    const first = report.between[at - 1]?.dimension !== test.dimension;
    const numbers =
      test.status === "ok"
        ? [
            show.statistic(test.q),
            String(test.df),
            show.share(test.iSquared),
            show.pValue(test.pValue),
            show.pValue(test.pAdjusted),
          ]
        : ["", "", "", "", ""];
    return [
      first ? test.dimension : "",
      test.metric,
      ...(several ? [test.contrast[1]] : []),
      ...numbers,
      betweenVerdict(test, report.level),
    ];
  });
  const [header, ...lines] = alignRows([head, ...rows], several ? "lllrrrrrl" : "llrrrrrl");
  return [
    paint(header as string, 2),
    ...lines.map((line, at) => {
      const test = report.between[at];
      return test?.status === "ok" && test.pAdjusted < 1 - report.level ? paint(line, 33) : line;
    }),
  ];
}

/**
 * Lays a report out for a terminal: what to do, overall, between levels, then the cells worth looking at.
 * @param report  the analysis
 * @param options colour, width in columns, and how many cells
 * @returns text that ends in a line break; without colour it is plain text
 */
export function toText(report: Report, options: TextOptions = {}): string {
  const { color = false, cells = 12 } = options;
  const width = Math.max(80, options.width ?? 100);
  const paint: Paint = (text, ...codes) =>
    color && text ? `${codes.map((code) => `\u001b[${code}m`).join("")}${text}\u001b[0m` : text;
  const { definition, recommendation } = report;
  const lines: string[] = [];
  const add = (...more: readonly string[]) => lines.push(...more);
  const { bandit } = report;
  const alone = bandit !== undefined && report.metrics.length === 0;
  const total = alone ? bandit.units : report.arms.reduce((sum, arm) => sum + arm.units, 0);
  add(
    `${paint(definition.key, 1)}  version ${definition.version} · ${show.count(total)} units (${definition.unit}) · from ${report.source}`,
    "",
  );
  add(paint(headline(report, true), 1, actionColors[recommendation.action]));
  add(...wrap(recommendation.sentence, width - 2).map((line) => `  ${line}`));
  add(paint(`  rule: ${recommendation.rule}`, 2), "");
  const totals = alone ? [] : armTotals(report);
  add(
    ...alignRows(
      totals.map(({ variant, units }) => [
        `  ${variant}${variant === definition.control ? " (control)" : ""}`,
        show.count(units),
      ]),
      "lr",
    ),
  );
  const failed = report.srm.some((check) => check.status === "failed");
  add(...srmLines(report).map((line) => `  ${failed ? paint(line, 31) : line}`));
  for (const [reason, units] of Object.entries(report.excluded))
    if (units > 0) add(`  left out: ${show.count(units)} ${reason.replaceAll("_", " ")}`);
  if (!alone) add("", ...overallLines(report, width, paint));
  if (bandit)
    add(
      ...(alone ? [] : [""]),
      section("BANDIT", "what was played, and why", paint),
      "",
      ...banditLines(bandit, width, paint),
    );

  if (report.between.length > 0) {
    add("", section("BETWEEN", "do effects differ from level to level? (Cochran's Q)", paint), "");
    for (const { kind, sentence } of report.findings)
      if (kind === "between")
        add(...wrap(sentence, width - 4).map((line, at) => `${at === 0 ? "  · " : "    "}${line}`));
    add("", ...betweenLines(report, paint).map((line) => `  ${line}`));
  }
  if (report.micro.length > 0) {
    const counts = microCounts(report);
    const out = standingOut(report);
    add(
      "",
      section(
        "CELLS",
        `${show.count(counts.all)} comparisons: ${counts.good} better, ${counts.bad} worse, ${counts.all - counts.good - counts.bad} not shown`,
        paint,
      ),
      "",
    );
    if (out.length === 0) add("  no cell differs from the rest of the units after correction");
    else {
      add(
        `  ${out.length} differ from the rest of the units${out.length > cells ? `; the ${cells} clearest` : ""}:`,
      );
      for (const view of out.slice(0, cells)) {
        add(
          `  ${paint(pad(marks[view.tone], 2), tones[view.tone])}${paint(view.cell, 1)} — ${view.metric}, ${contrastName(view.contrast)}`,
        );
        add(
          `      ${view.difference} ${view.differenceInterval} here, ${view.elsewhere} elsewhere, p ${view.restP}`,
        );
      }
    }
  }
  const warnings = report.findings.filter(({ tone }) => tone === "warning");
  if (warnings.length > 0) {
    add("", paint("CAUTION", 1, 33));
    for (const { sentence } of warnings)
      add(...wrap(sentence, width - 4).map((line, at) => `${at === 0 ? "  · " : "    "}${line}`));
  }
  if (alone) return `${lines.join("\n")}\n`;
  add(
    "",
    ...wrap(`Corrected families — ${familyLines(report).join("; ")}.`, width).map((line) => paint(line, 2)),
  );
  if (report.recommendation.rule !== "adaptive")
    add(
      ...wrap(
        "p-values hold for one look, at the planned end; looking early and often finds more than is there.",
        width,
      ).map((line) => paint(line, 2)),
    );
  return `${lines.join("\n")}\n`;
}
