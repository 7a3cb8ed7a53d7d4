export { toCsv } from "./formats/csv.js";
export { toHtml } from "./formats/html.js";
export { formats, type ReportFormatName, usualFormat } from "./formats/index.js";
export { toJson } from "./formats/json.js";
export type { LanguageOptions } from "./formats/language-options.js";
export { toMarkdown } from "./formats/markdown.js";
export type { LayoutOptions, ReportFormat } from "./formats/report-format.js";
export { type TextOptions, toText } from "./formats/text.js";
export {
  type ProgrammeLeftOut,
  type ProgrammeTextOptions,
  programmeToMarkdown,
  programmeToText,
} from "./programme/programme-formats.js";
export { parseWhom } from "./segments/parse-whom.js";
export {
  type SegmentsTextOptions,
  segmentsToMarkdown,
  segmentsToText,
} from "./segments/segments-formats.js";
export type { Whom } from "./segments/whom.js";
export { findingSentence, recommendationSentence } from "./sentences.js";
export { type ReportView, reportView } from "./view/report-view.js";
export { type Language, languages, voiceIn } from "./words/index.js";
export type { Voice } from "./words/language.js";
