import type { Finding } from "../../../src/analysis/index.js";
import { parseReport } from "../../../src/schema/index.js";
import { exampleReport } from "./example-report.js";
import { made } from "./made.js";
import type { SampleCalls } from "./sample-call.js";

const report = () => made(parseReport(structuredClone(exampleReport)));
const finding = (): Finding => made(report().findings[0] as Finding);

export const reports: SampleCalls = {
  findingSentence: () => [finding(), { lang: "fr" }],
  recommendationSentence: () => [report(), { lang: "fr" }],
  toCsv: () => [report(), { lang: "fr" }],
  toHtml: () => [report(), { lang: "fr" }],
  toJson: () => [report()],
  toMarkdown: () => [report(), { lang: "fr" }],
  toText: () => [report(), { color: true, width: 100, cells: 3, findings: true, lang: "fr" }],
};
