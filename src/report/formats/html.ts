import type { Report } from "../../analysis/index.js";
import { reportPage } from "../html/page.js";
import { askedView } from "./asked-view.js";
import type { ReportFormat } from "./report-format.js";
import { type WhomOptions, whomFields, whomOf } from "./whom-options.js";

/** A page for the browser, whole in one file. */
export const html = {
  about: "also write a page for the browser, complete in one file",
  output: "written",
  extension: ".html",
  render: reportPage,
} as const satisfies ReportFormat;

/**
 * Lays a report out as one web page: what to do, what moved, whether effects differ between levels, who ignores what, what
 * learning brought, and whether it can be trusted. The page holds everything it needs, fetches nothing, shows everything
 * without script, follows the reader's light or dark preference, fits a phone and prints. Its policy names its style and
 * script by their hashes. The same report makes the same bytes.
 * @param report   the analysis
 * @param options  language; whom: found segments, policies' values and budgets, for a section of their own
 * @returns a complete HTML document; all names in it are escaped
 * @throws ExperimentError `unknown_key` for an option that does not exist, `unknown_name` at ["lang"] for a language that
 *         reports do not speak; `missing_value`, `wrong_type` or `unsupported_format` within ["report"]
 */
export function toHtml(report: Report, options: WhomOptions = {}): Promise<string> {
  return reportPage(askedView(report, options, whomFields), whomOf(options));
}
