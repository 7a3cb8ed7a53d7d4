import type { ReportView } from "../view/report-view.js";
import { heading, paragraph } from "./layout.js";
import { toneColors } from "./metric-lines.js";
import type { Paint } from "./paint.js";
import { displayWidth, pad } from "./table.js";

const uncapitalized = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

/** What was guarded against and what came of it, how the numbers were made, and the command that makes them again. */
export function trustLines({ voice, trust }: ReportView, width: number, paint: Paint): readonly string[] {
  const results = Math.max(...trust.guards.map(({ result }) => displayWidth(result)));
  const indent = results + 4;
  return [
    ...heading(voice.say("page_trust"), width, paint),
    ...paragraph(trust.answer, width),
    "",
    `  ${paint(pad(voice.say("col_result"), results + 2), 2)}${paint(`${voice.say("col_guard")}; ${uncapitalized(voice.say("col_found"))}`, 2)}`,
    ...trust.guards.flatMap(({ risk, found, result, tone }) => {
      const [first = "", ...more] = paragraph(risk, width, indent);
      const color = toneColors[tone];
      const tag = pad(result, results);
      return [
        "",
        `  ${color > 0 ? paint(tag, color) : tag}${paint(first.slice(results + 2), 1)}`,
        ...more.map((line) => paint(line, 1)),
        ...paragraph(found, width, indent),
      ];
    }),
    "",
    ...trust.methods.flatMap((each) => paragraph(each, width, 2, 2)),
    ...paragraph(voice.say("scoped", { scope: voice.say("reproduce"), line: trust.command }), width, 2, 2),
    ...paragraph(trust.origin, width, 2, 2),
  ].map((line) => line.trimEnd());
}
