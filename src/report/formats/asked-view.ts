import type { Report } from "../../analysis/index.js";
import { errorOf, requireObject } from "../../errors/index.js";
import { checkFields, type Fields, type FieldsFor, shapeProblems } from "../../shapes/index.js";
import { type ReportView, reportView } from "../view/report-view.js";
import { languages, voiceIn } from "../words/index.js";
import type { LanguageOptions } from "./language-options.js";

/** The keys of {@link LanguageOptions}. */
export const languageFields = {
  lang: { kind: "word", of: Object.keys(languages), optional: true },
} as const satisfies FieldsFor<LanguageOptions>;

/**
 * Checks that a value is a report at all; `parseReport` looks into one that was read.
 * @throws ExperimentError `missing_value` or `wrong_type` at ["report"], `unsupported_format` at ["report", "format"]
 */
export function requireReport(report: Report): void {
  requireObject(report, ["report"]);
  const format = { kind: "word", of: ["essai.report/2"], format: true } as const;
  const problems = shapeProblems(report.format, format, ["report", "format"]);
  if (problems.length > 0) throw errorOf(problems);
}

/**
 * A report in the words of the language that was asked for.
 * @param fields  the options that the format has
 * @throws ExperimentError what is wrong with the options; otherwise as {@link requireReport}
 */
export function askedView(
  report: Report,
  options: LanguageOptions,
  fields: Fields = languageFields,
): ReportView {
  checkFields(options, fields);
  requireReport(report);
  return reportView(report, voiceIn(options.lang));
}
