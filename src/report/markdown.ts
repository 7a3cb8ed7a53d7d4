import type { Report } from "../analysis/report.js";
import * as show from "../core/numbers.js";
import { banditMarkdown } from "./bandit-markdown.js";
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

/** Keeps names from becoming markup: backslash before what Markdown reads, entities for angle brackets. */
function text(value: string): string {
  return value
    .replace(/[\\`*_{}[\]#|~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/\s+/g, " ");
}

function table(
  head: readonly string[],
  align: string,
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line([...align].map((each) => (each === "r" ? "---:" : "---"))), ...rows.map(line)];
}

const marks = { good: "▲ better", bad: "▼ worse", neutral: "not shown", none: "no estimate" } as const;

function comparisonRow(view: ComparisonView): readonly string[] {
  return [
    text(view.metric),
    view.control,
    view.treatment,
    [view.difference, view.differenceInterval].filter(Boolean).join(" "),
    [view.lift, view.liftInterval].filter(Boolean).join(" "),
    view.p,
    [marks[view.tone], text(view.note)].filter(Boolean).join("; "),
  ];
}

function unitsTable(report: Report): readonly string[] {
  const { definition } = report;
  return [
    ...table(
      ["variant", definition.unit ? `units (${text(definition.unit)})` : "units"],
      "lr",
      armTotals(report).map(({ variant, units }) => [
        `${text(variant)}${variant === definition.control ? " (control)" : ""}`,
        show.count(units),
      ]),
    ),
    "",
  ];
}

/**
 * Lays a report out as Markdown, for a wiki or a pull request.
 * @param report the analysis
 * @returns Markdown that ends in a line break; names are escaped
 */
export function toMarkdown(report: Report): string {
  const { definition, level, recommendation, bandit } = report;
  const alone = bandit !== undefined && report.metrics.length === 0;
  const lines: string[] = [
    `# ${text(definition.key)}`,
    "",
    `**${text(headline(report))}.** ${text(recommendation.sentence)} (rule: \`${recommendation.rule}\`)`,
    "",
    ...(alone ? [] : unitsTable(report)),
    ...srmLines(report).map((line) => `- ${text(line)}`),
    ...Object.entries(report.excluded)
      .filter(([, units]) => units > 0)
      .map(([reason, units]) => `- left out: ${show.count(units)} ${text(reason.replaceAll("_", " "))}`),
    ...(alone ? [] : ["", "## Overall"]),
  ];
  const macro = comparisonViews(report.macro, report);
  const head = ["metric", "control", "treatment", "difference", "lift", "p corrected", ""];
  for (const contrast of report.contrasts) {
    const own = macro.filter((view) => view.contrast[0] === contrast[0] && view.contrast[1] === contrast[1]);
    lines.push(
      "",
      `### ${text(contrastName(contrast))}`,
      "",
      ...table(head, "lrrrrrl", own.map(comparisonRow)),
    );
  }
  for (const [rule, views] of ruleViews(report)) {
    const title = `### Rule ${text(rule)}: applied (treatment) against held back (control)`;
    lines.push("", title, "", ...table(head, "lrrrrrl", views.map(comparisonRow)));
  }
  if (bandit) lines.push(...banditMarkdown(bandit, text, table));
  if (report.between.length > 0) {
    const rows = report.between.map((test) => [
      text(test.dimension),
      text(test.metric),
      text(contrastName(test.contrast)),
      ...(test.status === "ok"
        ? [
            `${show.statistic(test.q)} on ${test.df} df`,
            show.pValue(test.pValue),
            show.pValue(test.pAdjusted),
            show.share(test.iSquared),
          ]
        : ["", "", "", ""]),
      text(betweenVerdict(test, level)),
    ]);
    lines.push(
      "",
      "## Between",
      "",
      ...table(["dimension", "metric", "contrast", "Q", "p", "p corrected", "I²", ""], "lllrrrrl", rows),
    );
  }
  if (report.micro.length > 0) {
    const counts = microCounts(report);
    const out = standingOut(report);
    lines.push(
      "",
      "## Cells",
      "",
      `${show.count(counts.all)} comparisons: ${counts.good} better, ${counts.bad} worse, the rest not shown.`,
      "",
    );
    if (out.length === 0) lines.push("No cell differs from the rest of the units after correction.");
    else
      lines.push(
        ...table(
          ["cell", "metric", "contrast", "difference", "elsewhere", "p corrected"],
          "lllrrr",
          out.map((view) => [
            text(view.cell),
            text(view.metric),
            text(contrastName(view.contrast)),
            `${view.difference} ${view.differenceInterval}`,
            view.elsewhere,
            view.restP,
          ]),
        ),
      );
  }
  lines.push("", "## Findings", "", ...report.findings.map(({ sentence }) => `- ${text(sentence)}`));
  if (alone) return `${lines.join("\n")}\n`;
  lines.push(
    "",
    `${show.share(level)} intervals. Corrected families — ${familyLines(report).map(text).join("; ")}.`,
  );
  return `${lines.join("\n")}\n`;
}
