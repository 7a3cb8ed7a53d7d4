import type { Report } from "../../analysis/index.js";
import { banditMarkdown } from "../markdown/bandit-markdown.js";
import { markdownTable, markdownText } from "../markdown/markup.js";
import type { ComparisonView } from "../view/comparison-view.js";
import type { ScaleTestView } from "../view/level-tests-view.js";
import type { ReportView } from "../view/report-view.js";
import { capitalized, sentence } from "../words/voice.js";
import { askedView } from "./asked-view.js";
import type { LanguageOptions } from "./language-options.js";
import type { ReportFormat } from "./report-format.js";

function comparisonTable({ voice }: ReportView, views: readonly ComparisonView[]): readonly string[] {
  const head = ["metric", "control", "treatment", "difference", "lift", "p_corrected"] as const;
  const rows = views.map((view) => [
    markdownText(view.metric),
    view.control,
    view.treatment,
    [view.difference, view.differenceInterval].filter(Boolean).join(" "),
    [view.lift, view.liftInterval].filter(Boolean).join(" "),
    view.p,
    [voice.words.marks[view.mark], markdownText(view.note)].filter(Boolean).join("; "),
  ]);
  return markdownTable([...head.map((key) => voice.say(key)), ""], "lrrrrrl", rows);
}

function unitsTable({ voice, report, arms }: ReportView): readonly string[] {
  const head = [
    voice.say("variant"),
    voice.say("units_column", { unit: markdownText(report.definition.unit) }),
  ];
  const rows = arms.map(({ variant, control, units }) => [
    control ? voice.say("control_of", { variant: markdownText(variant) }) : markdownText(variant),
    units,
  ]);
  return [...markdownTable(head, "lr", rows), ""];
}

function betweenTable({ voice, between }: ReportView): readonly string[] {
  const head = [
    "dimension",
    "metric",
    "contrast_column",
    "difference",
    "p_corrected",
    "lift",
    "p_corrected",
  ] as const;
  const scale = (test: ScaleTestView) => [
    test.reason
      ? markdownText(test.reason)
      : `χ² ${voice.say("on_df", { statistic: test.statistic, df: test.df })}`,
    test.pAdjusted,
  ];
  const rows = between.flatMap(({ dimension, tests }) =>
    tests.map((test) => [
      markdownText(dimension),
      markdownText(test.metric),
      markdownText(test.contrastName),
      ...scale(test.difference),
      ...scale(test.lift),
      markdownText(test.verdict),
    ]),
  );
  const titles = [...head.map((key) => voice.say(key)), ""];
  const notes = between.flatMap(({ dimension, notes }) =>
    notes.map((line) => `- ${markdownText(sentence(voice.say("scoped", { scope: dimension, line })))}`),
  );
  return [...markdownTable(titles, "lllrrrrl", rows), ...(notes.length > 0 ? ["", ...notes] : [])];
}

function cellsTable({ voice }: ReportView, standing: readonly ComparisonView[]): readonly string[] {
  const head = [
    "cell",
    "metric",
    "contrast_column",
    "shrunken",
    "as_measured",
    "elsewhere",
    "p_corrected",
  ] as const;
  const rows = standing.map((view) => [
    markdownText(view.cell),
    markdownText(view.metric),
    markdownText(view.contrastName),
    `${view.shrunken} ${view.shrunkenInterval}`.trim(),
    `${view.difference} ${view.differenceInterval}`,
    view.elsewhere,
    view.restP,
  ]);
  return markdownTable(
    head.map((key) => voice.say(key)),
    "lllrrrr",
    rows,
  );
}

function render(view: ReportView): string {
  const { report, voice, verdict, alone, cells } = view;
  const rule = voice.say("rule_followed", { rule: `\`${report.recommendation.rule}\`` });
  const lines: string[] = [
    `# ${markdownText(report.definition.key)}`,
    "",
    `**${markdownText(verdict.headline)}.** ${markdownText(verdict.sentence)} (${rule})`,
    "",
    ...verdict.others.map(
      ({ variant, headline, sentence }) =>
        `- **${markdownText(voice.say("ship", { action: headline, variant }))}.** ${markdownText(sentence)}`,
    ),
    ...(verdict.others.length > 0 ? [""] : []),
    ...(alone ? [] : unitsTable(view)),
    ...view.checks.map((line) => `- ${markdownText(line)}`),
    ...view.excluded.map(
      ({ reason, units }) => `- ${voice.say("left_out", { count: units, reason: markdownText(reason) })}`,
    ),
    ...(alone ? [] : ["", `## ${voice.say("overall")}`]),
  ];
  for (const { title, comparisons } of view.contrasts)
    lines.push("", `### ${markdownText(title)}`, "", ...comparisonTable(view, comparisons));
  for (const { title, comparisons } of view.rules)
    lines.push("", `### ${markdownText(capitalized(title))}`, "", ...comparisonTable(view, comparisons));
  if (view.bandit) lines.push(...banditMarkdown(view.bandit));
  if (view.between.length > 0) lines.push("", `## ${voice.say("between")}`, "", ...betweenTable(view));
  if (cells) {
    lines.push("", `## ${voice.say("cells")}`, "", sentence(cells.counts), "");
    lines.push(sentence(cells.told(Number.POSITIVE_INFINITY)));
    if (cells.standing.length > 0) lines.push("", ...cellsTable(view, cells.standing));
  }
  lines.push("", `## ${voice.say("findings")}`, "");
  lines.push(...view.findings.map((finding) => `- ${markdownText(finding.sentence)}`));
  if (!alone) {
    const intervals = sentence(voice.say("intervals", { level: voice.share(report.level) }));
    lines.push("", `${intervals} ${markdownText(view.families)}`.trim());
  }
  return `${lines.join("\n")}\n`;
}

/** A page for a wiki or a pull request. */
export const markdown = {
  about: "print Markdown",
  output: "printed",
  extension: ".md",
  render,
} as const satisfies ReportFormat;

/**
 * Lays a report out as Markdown, for a wiki or a pull request.
 * @param report   the analysis
 * @param options  language
 * @returns Markdown that ends in a line break; names are escaped
 * @throws ExperimentError `unknown_key` for an option that does not exist, `unknown_name` at ["lang"] for a language that
 *         reports do not speak; `missing_value`, `wrong_type` or `unsupported_format` within ["report"]
 */
export function toMarkdown(report: Report, options: LanguageOptions = {}): string {
  return render(askedView(report, options));
}
