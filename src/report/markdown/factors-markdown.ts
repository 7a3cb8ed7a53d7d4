import type { ReportView } from "../view/report-view.js";
import { markdownTable, markdownText } from "./markup.js";

/** What the factors of a multivariate experiment do, metric by metric; nothing where there are none. */
export function factorsMarkdown({ factors, voice }: ReportView): readonly string[] {
  if (!factors) return [];
  return [
    "",
    `## ${voice.say("factors_title")}`,
    ...(factors.answer ? ["", markdownText(factors.answer)] : []),
    ...factors.tables.flatMap(({ metric, rows, notes }) => [
      "",
      `### ${markdownText(metric.key)}`,
      ...(rows.length > 0
        ? [
            "",
            ...markdownTable(
              factors.heads,
              "lrrrr",
              rows.map(({ label, effect, interval, p, lenth, note }) => [
                markdownText(note ? `${label} (${note})` : label),
                ...[effect, interval, p, lenth],
              ]),
            ),
          ]
        : []),
      "",
      ...notes.map((note) => `- ${markdownText(note)}`),
    ]),
  ];
}
