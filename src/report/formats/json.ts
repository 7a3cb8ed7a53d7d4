import type { Report } from "../../analysis/index.js";
import { requireReport } from "./asked-view.js";
import type { ReportFormat } from "./report-format.js";

/** The report itself, for other programs; the same in every language. */
export const json = {
  about: "print the whole report as JSON (essai.report/2)",
  output: "printed",
  extension: ".json",
  render: ({ report }) => toJson(report),
} as const satisfies ReportFormat;

/**
 * The report itself, for other programs.
 * @param report the analysis
 * @returns JSON, indented, ending in a line break; reading it back gives the same report
 * @throws ExperimentError `missing_value`, `wrong_type` or `unsupported_format` within ["report"]
 */
export function toJson(report: Report): string {
  requireReport(report);
  return `${JSON.stringify(report, null, 2)}\n`;
}
