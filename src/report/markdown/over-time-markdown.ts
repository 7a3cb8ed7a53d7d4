import type { ReportView } from "../view/report-view.js";
import { markdownTable, markdownText } from "./markup.js";

/** How effects go over time; nothing where the data were not read so. */
export function overTimeMarkdown({ overTime }: ReportView): readonly string[] {
  if (!overTime) return [];
  const { title, answer, how, panels, heads, notes } = overTime;
  return [
    ...["", `## ${markdownText(title)}`, "", markdownText(answer)],
    ...panels.flatMap(({ about, points }) => [
      ...["", markdownText(about), ""],
      ...markdownTable(
        heads,
        "lrrr",
        points.map((point) => point.told.map(markdownText)),
      ),
    ]),
    ...(panels.length > 0 ? ["", markdownText(how)] : []),
    ...(notes.length > 0 ? ["", ...notes.map((each) => `- ${markdownText(each)}`)] : []),
  ];
}
