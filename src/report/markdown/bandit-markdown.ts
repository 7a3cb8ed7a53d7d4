import type { BanditView } from "../view/bandit-view.js";
import { capitalized, sentence } from "../words/voice.js";
import { markdownTable, markdownText } from "./markup.js";

/**
 * A bandit's run in Markdown.
 * @returns lines that begin with an empty one
 */
export function banditMarkdown(bandit: BanditView): readonly string[] {
  const { voice, gainLine, learnedLine, knownLine, servedLine } = bandit;
  const shown = bandit.shown(12);
  const head = ["arm", "decisions", "share", "reward", "played_now", "best", "believed"] as const;
  const arms = bandit
    .arms(shown)
    .map((view) => [
      markdownText(view.arm),
      view.decisions,
      markdownText(view.share),
      view.reward,
      markdownText(view.now),
      markdownText(view.best),
      markdownText(`${view.believed} ${view.interval}`.trim()),
    ]);
  const lines = [
    "",
    `## ${voice.say("page_bandit")}`,
    "",
    markdownText(sentence(bandit.runLine)),
    "",
    ...markdownTable(
      head.map((key) => voice.say(key)),
      "lrrrrrr",
      arms,
    ),
    "",
    ...[gainLine, learnedLine, ...bandit.effectLines, knownLine, servedLine]
      .filter((line) => line !== undefined)
      .map((line) => `- ${markdownText(sentence(line))}`),
  ];
  for (const { field, plays } of bandit.segments) {
    const columns = ["level", "decisions", "reward"] as const;
    const titles = [
      ...columns.map((key) => voice.say(key)),
      ...shown.names.map(markdownText),
      voice.say("why"),
    ];
    const rows = plays.map(({ play, mean, why }) => [
      markdownText(play.level),
      voice.count(play.decisions),
      mean || "–",
      ...shown.of(play.served).map((value) => markdownText(voice.probability(value))),
      markdownText(why),
    ]);
    const title = capitalized(voice.say("by_field", { field }));
    const align = `lrr${"r".repeat(shown.names.length)}l`;
    lines.push("", `### ${markdownText(title)}`, "", ...markdownTable(titles, align, rows));
    const effects = plays.flatMap(({ play, effectLines }) =>
      effectLines.map((line) => voice.say("scoped", { scope: play.level, line })),
    );
    if (effects.length > 0) lines.push("", ...effects.map((line) => `- ${markdownText(line)}`));
  }
  return lines;
}
