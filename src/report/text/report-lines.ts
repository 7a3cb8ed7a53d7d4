import type { LayoutOptions } from "../formats/report-format.js";
import type { ReportView } from "../view/report-view.js";
import { banditLines } from "./bandit-lines.js";
import { cellLines } from "./cell-lines.js";
import { courseLines } from "./course-lines.js";
import { factorLines } from "./factor-lines.js";
import { heading, listed } from "./layout.js";
import { levelLines } from "./level-lines.js";
import { metricLines } from "./metric-lines.js";
import { overTimeLines } from "./over-time-lines.js";
import { painter } from "./paint.js";
import { reasonLines } from "./reason-lines.js";
import { stabilityLines } from "./stability-lines.js";
import { trendLines } from "./trend-lines.js";
import { trustLines } from "./trust-lines.js";
import { verdictLines } from "./verdict-lines.js";

/** @returns a report for a terminal: what to do, what moved, between levels, in cells, what was learned, and whether to trust it */
export function reportLines(view: ReportView, options: LayoutOptions = {}): string {
  const { color = false, cells = 12, findings = false } = options;
  const width = Math.max(80, options.width ?? 100);
  const paint = painter(color);
  const { report, voice, bandit } = view;
  const { definition, source } = report;
  const head = {
    version: String(definition.version),
    units: view.units,
    source: voice.words.source(source),
  };
  const told = view.findings.map(({ sentence }) => sentence);
  const lines = [
    `${paint(definition.key, 1)}  ${voice.say("head_text", head)}`,
    "",
    ...verdictLines(view, width, paint),
    ...metricLines(view, width, paint),
    ...stabilityLines(view, width, paint),
    ...courseLines(view, width, paint),
    ...overTimeLines(view, findings, width, paint),
    ...factorLines(view, width, paint),
    ...reasonLines(view, cells, width, paint),
    ...levelLines(view, findings, width, paint),
    ...cellLines(view, cells, findings, width, paint),
    ...trendLines(view, findings, width, paint),
    ...(bandit
      ? [...heading(voice.say("page_bandit"), width, paint), ...banditLines(bandit, width, paint)]
      : []),
    ...trustLines(view, width, paint),
    ...(findings && told.length > 0
      ? [...heading(voice.say("findings_page"), width, paint), ...listed(told, width)]
      : []),
  ];
  return `${lines.join("\n")}\n`;
}
