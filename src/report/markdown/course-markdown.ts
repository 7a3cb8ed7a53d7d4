import type { ReportView } from "../view/report-view.js";
import { markdownTable, markdownText } from "./markup.js";

/** Where the first goal stands among the bounds of the plan's looks, and what each spends; nothing for other plans. */
export function courseMarkdown({ course, voice }: ReportView): readonly string[] {
  if (!course) return [];
  const { heads, table, metric, answer, how } = course;
  return [
    ...["", `## ${voice.say("course_title")}`, ""],
    ...[markdownText(voice.say("scoped", { scope: metric, line: answer })), ""],
    ...markdownTable(
      heads,
      `rl${"r".repeat(heads.length - 2)}`,
      table.map(({ look, name, rest }) => [look, markdownText(name), ...rest]),
    ),
    ...["", how],
  ];
}
