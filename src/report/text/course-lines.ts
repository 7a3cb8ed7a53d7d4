import type { ReportView } from "../view/report-view.js";
import { heading, paragraph } from "./layout.js";
import type { Paint } from "./paint.js";
import { alignRows } from "./table.js";

/** Where the first goal stands among the bounds of the plan's looks, and what each spends; nothing for other plans. */
export function courseLines({ course, voice }: ReportView, width: number, paint: Paint): readonly string[] {
  if (!course) return [];
  const { heads, table, metric, answer } = course;
  // What is left is in the sentence above; a terminal has no room for it in every line.
  const cells = [heads, ...table.map(({ look, name, rest }) => [look, name, ...rest])];
  const [header = "", ...lines] = alignRows(
    cells.map((each) => each.slice(0, -1)),
    `rl${"r".repeat(heads.length - 3)}`,
  );
  return [
    ...heading(voice.say("course_title"), width, paint),
    ...paragraph(voice.say("scoped", { scope: metric, line: answer }), width),
    paint(`    ${header}`, 2),
    ...lines.map((line) => `    ${line}`),
  ];
}
