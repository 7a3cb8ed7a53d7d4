import { csv } from "./csv.js";
import { html } from "./html.js";
import { json } from "./json.js";
import { markdown } from "./markdown.js";
import type { ReportFormat } from "./report-format.js";
import { text } from "./text.js";

/**
 * The family of report formats. A new member is one new file and one line here; the command line derives its option,
 * its help and its refusals from it.
 */
export const formats = { text, json, markdown, csv, html } as const satisfies Readonly<
  Record<string, ReportFormat>
>;

/** Name of a report format. */
export type ReportFormatName = keyof typeof formats;

/** What is printed where no other format is asked for. */
export const usualFormat: ReportFormatName = "text";
