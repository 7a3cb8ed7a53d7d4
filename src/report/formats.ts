import { toCsv } from "./csv.js";
import { toHtml } from "./html.js";
import { toJson } from "./json.js";
import { toMarkdown } from "./markdown.js";
import { toText } from "./text.js";

/** The family of report formats. A new member is one new file and one line here. */
export const formats = {
  text: toText,
  markdown: toMarkdown,
  json: toJson,
  csv: toCsv,
  html: toHtml,
} as const;

/** Name of a report format. */
export type ReportFormat = keyof typeof formats;
