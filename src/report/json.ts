import type { Report } from "../analysis/report.js";

/**
 * The report itself, for other programs.
 * @param report the analysis
 * @returns JSON, indented, ending in a line break; reading it back gives the same report
 */
export function toJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
