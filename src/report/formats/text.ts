import type { Report } from "../../analysis/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { sectionsText } from "../sections/sections-text.js";
import { whomSections } from "../segments/segments-formats.js";
import { reportLines } from "../text/report-lines.js";
import type { ReportView } from "../view/report-view.js";
import { askedView, languageFields } from "./asked-view.js";
import type { LanguageOptions } from "./language-options.js";
import type { LayoutOptions, ReportFormat } from "./report-format.js";
import { whomField, whomOf } from "./whom-options.js";

/** How the terminal report is laid out, and its language. */
export interface TextOptions extends LayoutOptions, LanguageOptions {}

const layoutFields = {
  color: { kind: "flag", optional: true },
  width: { kind: "number", whole: true, atLeast: 1, optional: true },
  cells: { kind: "number", whole: true, atLeast: 0, optional: true },
  findings: { kind: "flag", optional: true },
  whom: whomField,
} as const satisfies FieldsFor<LayoutOptions>;
const textFields = { ...layoutFields, ...languageFields } as const satisfies FieldsFor<TextOptions>;

function whomText({ voice }: ReportView, options: LayoutOptions): string {
  const { whom } = whomOf(options);
  return whom ? `\n${sectionsText(voice.say("whom_title"), whomSections(whom, voice), options)}` : "";
}

/** Text for a terminal; what is printed where nothing else is asked for. */
export const text = {
  about: "print text for a terminal, the default",
  output: "printed",
  extension: ".txt",
  render(view, options: LayoutOptions = {}) {
    checkFields(options, layoutFields);
    return reportLines(view, options) + whomText(view, options);
  },
} as const satisfies ReportFormat;

/**
 * Lays a report out for a terminal: what to do, overall, between levels, then the cells worth looking at.
 * @param report   the analysis
 * @param options  colour, width in columns, how many cells, whether to list all findings, whom to treat, language
 * @returns text that ends in a line break; without colour it is plain text
 * @throws ExperimentError `unknown_key`, `wrong_type` or `out_of_range` for the options, `unknown_name` at ["lang"] for a
 *         language that reports do not speak; `missing_value`, `wrong_type` or `unsupported_format` within ["report"]
 */
export function toText(report: Report, options: TextOptions = {}): string {
  const view = askedView(report, options, textFields);
  return reportLines(view, options) + whomText(view, options);
}
