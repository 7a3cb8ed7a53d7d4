import type { ArmView, BanditView, ShownArms } from "../view/bandit-view.js";
import type { PhraseKey } from "../words/en/phrases.js";
import type { Paint } from "./paint.js";
import { alignRows, displayWidth, wrap } from "./table.js";

const bars = "▁▂▃▄▅▆▇█";

/** A share over time as a row of bars, each period one, or several averaged. */
function sparkline(values: readonly (number | null)[], most: number): string {
  const width = Math.min(most, values.length);
  return Array.from({ length: width }, (_, i) => {
    const part = values
      .slice(Math.floor((i * values.length) / width), Math.floor(((i + 1) * values.length) / width))
      .filter((value) => value !== null);
    if (part.length === 0) return " ";
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
    return bars[Math.min(7, Math.floor(mean * 8))] as string;
  }).join("");
}

const shortened = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

const listed = (text: string, width: number, indent: string) =>
  wrap(text, width - indent.length - 2).map((line, at) => `${indent}${at === 0 ? "" : "  "}${line}`);

/** Columns of the arms' table, with their titles. */
const titles = {
  decisions: "decisions",
  share: "share",
  reward: "reward",
  now: "now",
  best: "best",
  believed: "believed",
  interval: "interval",
} as const satisfies Partial<Record<keyof ArmView, PhraseKey>>;
type Column = keyof typeof titles;

const played: readonly Column[] = ["decisions", "share", "reward"];
const thought: readonly Column[] = ["now", "best", "believed", "interval"];
/** Those that a narrow terminal has no room for, in the order in which they go. */
const dispensable: readonly Column[] = ["reward", "interval", "believed", "decisions"];

/** The arms, as many columns as fit beside names of at least sixteen. */
function armLines(bandit: BanditView, shown: ShownArms, width: number): readonly string[] {
  const { voice, run } = bandit;
  const views = bandit.arms(shown);
  const course = run.periods.map(({ recorded, served }) => {
    const numbers = recorded ?? served;
    return numbers && shown.of(numbers);
  });
  const columns = [...played, ...(views.some(({ best }) => best !== "") ? thought : [])];
  const layout = (left: readonly Column[], bars: number) => [
    [...left.map((column) => voice.say(titles[column])), voice.say("share_over_time")],
    ...views.map((view, i) => {
      const curve = course.map((numbers) => numbers?.[i] ?? null);
      return [...left.map((column) => view[column]), sparkline(curve, bars)];
    }),
  ];
  const tries = [0, 0, 1, 2, 3, 4].map((dropped, at) =>
    layout(
      columns.filter((column) => !dispensable.slice(0, dropped).includes(column)),
      at === 0 ? 24 : 15,
    ),
  );
  const needs = (rows: readonly (readonly string[])[]) =>
    Math.max(...alignRows(rows, "r".repeat(9)).map(displayWidth)) + 2;
  const rows = (tries.find((each) => needs(each) + 16 <= width) ?? tries.at(-1)) as string[][];
  const most = Math.max(8, width - needs(rows));
  const named = rows.map((row, at) => [at === 0 ? "" : shortened(views[at - 1]?.arm ?? "", most), ...row]);
  return alignRows(named, `l${"r".repeat((rows[0]?.length ?? 1) - 1)}l`);
}

/**
 * A bandit's run for a terminal.
 * @returns lines, no heading
 */
export function banditLines(bandit: BanditView, width: number, paint: Paint): readonly string[] {
  const { voice, learnedLine, knownLine, failed, factors } = bandit;
  const shown = bandit.shown();
  const [header, ...lines] = armLines(bandit, shown, width - 2);
  const out = [
    ...listed(bandit.runLine, width, "  "),
    "",
    paint(`  ${header}`, 2),
    ...lines.map((line) => `  ${line}`),
    "",
    ...listed(bandit.gainLine, width, "  "),
    ...(learnedLine ? listed(learnedLine, width, "  ") : []),
    ...bandit.effectLines.flatMap((line) => listed(line, width, "  ")),
    ...(knownLine ? listed(knownLine, width, "  ") : []),
    ...listed(bandit.servedLine, width, "  ").map((line) => (failed ? paint(line, 31) : line)),
  ];
  if (factors.length > 0) out.push("", ...factors.flatMap((line) => listed(line, width, "  ")));
  for (const { field, plays } of bandit.segments) {
    out.push("", `  ${paint(voice.say("by_field", { field }), 1)}`);
    for (const { play, decisions, factors, why, effectLines } of plays) {
      const own = shown.of(play.served).map((value, i) => [shown.names[i] as string, value] as const);
      const most = [...own].sort(([, a], [, b]) => b - a).slice(0, 4);
      const shares = most.map(([name, value]) => `${name} ${voice.probability(value)}`).join(", ");
      out.push(...listed(voice.say("level_line", { level: play.level, decisions, shares }), width, "    "));
      for (const line of factors) out.push(...listed(line, width, "      ").map((each) => paint(each, 2)));
      if (why) out.push(...listed(why, width, "      ").map((line) => paint(line, 2)));
      for (const line of effectLines) out.push(...listed(line, width, "      "));
    }
  }
  return out;
}
