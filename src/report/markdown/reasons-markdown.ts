import type { ReportView } from "../view/report-view.js";
import { markdownTable, markdownText } from "./markup.js";

/** Why metrics that name their reasons differ, step by step; nothing where none does. */
export function reasonsMarkdown({ reasons, voice }: ReportView): readonly string[] {
  if (!reasons) return [];
  const { heads, bridges, cells } = reasons;
  const notes = [...reasons.between, ...reasons.notes];
  return [
    "",
    `## ${voice.say("reasons_title")}`,
    ...(reasons.answer ? ["", markdownText(reasons.answer)] : []),
    ...bridges.flatMap(({ metric, contrast, product, rows, together }) => [
      "",
      markdownText(voice.say("scoped", { scope: `${metric}, ${contrast}`, line: product })),
      "",
      ...markdownTable(
        heads,
        "lrrrr",
        [...rows, together].map(({ label, factor, adds, interval, p }) => [
          markdownText(label),
          ...[factor, adds, interval, p],
        ]),
      ),
    ]),
    ...(notes.length > 0 ? ["", ...notes.map((note) => `- ${markdownText(note)}`)] : []),
    ...cells.flatMap(({ heads, rows }) => [
      "",
      ...markdownTable(
        heads.map(markdownText),
        `ll${"r".repeat(heads.length - 2)}`,
        rows.map(({ cell, contrast, adds }) => [
          ...[markdownText(cell), markdownText(contrast)],
          ...(typeof adds === "string" ? [adds, ...heads.slice(3).map(() => "")] : adds),
        ]),
      ),
    ]),
  ];
}
