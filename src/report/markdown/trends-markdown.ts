import type { ReportView } from "../view/report-view.js";
import { markdownTable, markdownText } from "./markup.js";

/** What changes along ordered dimensions; nothing where none was asked for. */
export function trendsMarkdown({ trends, findings }: ReportView): readonly string[] {
  if (!trends) return [];
  const { title, answer, panels, heads, tests, notes } = trends;
  const told = findings.flatMap(({ kind, sentence }) => (kind === "trend" ? [sentence] : []));
  return [
    ...["", `## ${markdownText(title)}`, ""],
    ...(told.length > 0 ? told.map((each) => `- ${markdownText(each)}`) : [markdownText(answer)]),
    ...panels.flatMap(({ about, points }) => [
      ...["", markdownText(about), ""],
      ...markdownTable(
        heads,
        "lrrr",
        points.map((point) => point.told.map(markdownText)),
      ),
    ]),
    ...(tests.rows.length > 0
      ? [
          "",
          ...markdownTable(
            tests.heads,
            "lrrrlr",
            tests.rows.map((row) => row.map(markdownText)),
          ),
        ]
      : []),
    ...(notes.length > 0 ? ["", ...notes.map((each) => `- ${markdownText(each)}`)] : []),
  ];
}
