import type { Report } from "../../analysis/index.js";
import { reportPage } from "../html/page.js";
import { askedView } from "./asked-view.js";
import type { LanguageOptions } from "./language-options.js";
import type { ReportFormat } from "./report-format.js";

/** A page for the browser, whole in one file. */
export const html = {
  about: "also write a page for the browser, complete in one file",
  output: "written",
  extension: ".html",
  render: reportPage,
} as const satisfies ReportFormat;

/**
 * Lays a report out as one web page: what to do, every lift in a picture, where effects differ, the cells worth
 * looking at, who took part. The page holds everything it needs, runs no script, fetches nothing, follows the
 * reader's light or dark preference and fits a phone.
 * @param report   the analysis
 * @param options  language
 * @returns a complete HTML document; all names in it are escaped
 * @throws ExperimentError `missing_chart_packages` when `@observablehq/plot` or `linkedom` is not installed;
 *         `unknown_key` at ["lang"] for a language that reports do not speak
 */
export function toHtml(report: Report, options: LanguageOptions = {}): Promise<string> {
  return reportPage(askedView(report, options));
}
