import type { ReportView } from "../view/report-view.js";
import { markdownTable, markdownText } from "./markup.js";

/** The first goal's effect look by look; nothing before the second one, or where no history is kept. */
export function stabilityMarkdown({ stability, voice }: ReportView): readonly string[] {
  if (!stability) return [];
  return [
    "",
    `## ${voice.say("stability_title")}`,
    "",
    markdownText(voice.say("scoped", { scope: stability.metric.key, line: stability.answer })),
    "",
    ...markdownTable(
      stability.heads,
      "rlrrr",
      stability.rows.flatMap(({ name, points }) =>
        points.map(({ look, unitsTold, difference, interval }) => [
          look,
          markdownText(name),
          unitsTold,
          difference,
          interval,
        ]),
      ),
    ),
  ];
}
