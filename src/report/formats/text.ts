import type { Report } from "../../analysis/index.js";
import { reportLines } from "../text/report-lines.js";
import { reportView } from "../view/report-view.js";
import { voiceIn } from "../words/index.js";
import type { LanguageOptions } from "./language-options.js";
import type { LayoutOptions, ReportFormat } from "./report-format.js";

/** How the terminal report is laid out, and its language. */
export interface TextOptions extends LayoutOptions, LanguageOptions {}

/** Text for a terminal; what is printed where nothing else is asked for. */
export const text = {
  about: "print text for a terminal, the default",
  output: "printed",
  extension: ".txt",
  render: reportLines,
} as const satisfies ReportFormat;

/**
 * Lays a report out for a terminal: what to do, overall, between levels, then the cells worth looking at.
 * @param report   the analysis
 * @param options  colour, width in columns, how many cells, whether to list all findings, language
 * @returns text that ends in a line break; without colour it is plain text
 * @throws ExperimentError `unknown_key` at ["lang"] for a language that reports do not speak
 */
export function toText(report: Report, options: TextOptions = {}): string {
  return reportLines(reportView(report, voiceIn(options.lang)), options);
}
