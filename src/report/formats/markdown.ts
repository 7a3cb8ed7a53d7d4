import type { Report } from "../../analysis/index.js";
import { banditMarkdown } from "../markdown/bandit-markdown.js";
import { cellsMarkdown } from "../markdown/cells-markdown.js";
import { courseMarkdown } from "../markdown/course-markdown.js";
import { factorsMarkdown } from "../markdown/factors-markdown.js";
import { levelsMarkdown } from "../markdown/levels-markdown.js";
import { markdownText } from "../markdown/markup.js";
import { metricsMarkdown } from "../markdown/metrics-markdown.js";
import { overTimeMarkdown } from "../markdown/over-time-markdown.js";
import { reasonsMarkdown } from "../markdown/reasons-markdown.js";
import { stabilityMarkdown } from "../markdown/stability-markdown.js";
import { trendsMarkdown } from "../markdown/trends-markdown.js";
import { trustMarkdown } from "../markdown/trust-markdown.js";
import { verdictMarkdown } from "../markdown/verdict-markdown.js";
import { sectionsMarkdown } from "../sections/sections-markdown.js";
import { whomSections } from "../segments/segments-formats.js";
import type { Whom } from "../segments/whom.js";
import type { ReportView } from "../view/report-view.js";
import { askedView } from "./asked-view.js";
import type { ReportFormat } from "./report-format.js";
import { type WhomOptions, whomFields, whomOf } from "./whom-options.js";

function render(view: ReportView, options: { readonly whom?: Whom } = {}): string {
  const { report, voice, findings, bandit } = view;
  const { definition, source } = report;
  const head = {
    version: String(definition.version),
    units: view.units,
    source: voice.words.source(source),
  };
  const lines = [
    `# ${markdownText(definition.key)}`,
    "",
    markdownText(voice.say("head_text", head)),
    "",
    ...verdictMarkdown(view),
    ...metricsMarkdown(view),
    ...stabilityMarkdown(view),
    ...courseMarkdown(view),
    ...overTimeMarkdown(view),
    ...factorsMarkdown(view),
    ...reasonsMarkdown(view),
    ...levelsMarkdown(view),
    ...cellsMarkdown(view),
    ...trendsMarkdown(view),
    ...(bandit ? banditMarkdown(bandit) : []),
    ...trustMarkdown(view),
    ...(findings.length > 0
      ? [
          "",
          `## ${voice.say("findings_page")}`,
          "",
          ...findings.map(({ sentence }) => `- ${markdownText(sentence)}`),
        ]
      : []),
  ];
  const { whom } = whomOf(options);
  const told = whom ? sectionsMarkdown(voice.say("whom_title"), whomSections(whom, voice)) : "";
  return `${lines.join("\n")}\n${told === "" ? "" : `\n#${told.replaceAll("\n## ", "\n### ")}`}`;
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
 * @param options  language; whom: found segments and what policies are worth, at the end
 * @returns Markdown that ends in a line break; names are escaped
 * @throws ExperimentError `unknown_key` for an option that does not exist, `unknown_name` at ["lang"] for a language that
 *         reports do not speak; `missing_value`, `wrong_type` or `unsupported_format` within ["report"]
 */
export function toMarkdown(report: Report, options: WhomOptions = {}): string {
  return render(askedView(report, options, whomFields), options);
}
