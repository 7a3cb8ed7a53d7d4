export { toCsv } from "./csv.js";
export { formats, type ReportFormat } from "./formats.js";
export { toHtml } from "./html.js";
export { toJson } from "./json.js";
export { toMarkdown } from "./markdown.js";
export { type TextOptions, toText } from "./text.js";
