import type { BanditRun } from "../analysis/bandit-run/run.js";
import * as show from "../core/numbers.js";
import {
  armViews,
  beliefOf,
  gainLine,
  knownLine,
  runLine,
  sentence,
  servedLine,
  share,
  shownArms,
  why,
} from "./bandit-view.js";

type Table = (
  head: readonly string[],
  align: string,
  rows: readonly (readonly string[])[],
) => readonly string[];

/**
 * A bandit's run in Markdown.
 * @param text   escapes names
 * @param table  lays rows out
 * @returns lines that begin with an empty one
 */
export function banditMarkdown(
  run: BanditRun,
  text: (value: string) => string,
  table: Table,
): readonly string[] {
  const shown = shownArms(run, 12);
  const known = knownLine(run);
  const lines = [
    "",
    "## Bandit",
    "",
    text(sentence(runLine(run))),
    "",
    ...table(
      ["arm", "decisions", "share", "reward", "played now", "best", "believed"],
      "lrrrrrr",
      armViews(run, shown).map((view) => [
        text(view.arm),
        view.decisions,
        text(view.share),
        view.reward,
        text(view.now),
        text(view.best),
        text(`${view.believed} ${view.interval}`.trim()),
      ]),
    ),
    "",
    ...[gainLine(run), ...(known ? [known] : []), servedLine(run)].map((line) => `- ${text(sentence(line))}`),
  ];
  for (const { field, levels } of run.segments)
    lines.push(
      "",
      `### By ${text(field)}`,
      "",
      ...table(
        ["level", "decisions", "reward", ...shown.names.map(text), "why"],
        `lrr${"r".repeat(shown.names.length)}l`,
        levels.map(({ level, decisions, mean, served }) => [
          text(level),
          show.count(decisions),
          mean === null ? "–" : show.level(mean, run.quantity),
          ...shown.of(served).map((value) => text(share(value))),
          text(why(beliefOf(run, field, level), run)),
        ]),
      ),
    );
  return lines;
}
