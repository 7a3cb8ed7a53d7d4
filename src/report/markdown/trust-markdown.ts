import type { ReportView } from "../view/report-view.js";
import { markdownTable, markdownText } from "./markup.js";

/** What was guarded against and what came of it, how the numbers were made, and the command that makes them again. */
export function trustMarkdown({ voice, trust }: ReportView): readonly string[] {
  const heads = ["col_guard", "col_found", "col_result"] as const;
  return [
    ...["", `## ${voice.say("page_trust")}`, "", trust.answer, ""],
    ...markdownTable(
      heads.map((key) => voice.say(key)),
      "lll",
      trust.guards.map(({ risk, found, result }) => [markdownText(risk), markdownText(found), result]),
    ),
    "",
    ...trust.methods.map((line) => `- ${markdownText(line)}`),
    `- ${voice.say("scoped", { scope: voice.say("reproduce"), line: `\`${trust.command.replaceAll("`", "'")}\`` })}`,
    `- ${markdownText(trust.origin)}`,
  ];
}
