import type { BanditRun } from "../analysis/bandit-run/run.js";
import * as show from "../core/numbers.js";
import {
  type ArmView,
  armViews,
  beliefOf,
  factorShares,
  gainLine,
  knownLine,
  runLine,
  type ShownArms,
  servedLine,
  share,
  shownArms,
  why,
} from "./bandit-view.js";
import { alignRows, displayWidth, wrap } from "./table.js";

type Paint = (text: string, ...codes: readonly number[]) => string;

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

/** What each level of each factor was played, a line a factor. */
function factorLines(run: BanditRun, served: readonly number[]): readonly string[] {
  return factorShares(run, served).map(({ factor, levels }) => {
    const sorted = [...levels].sort((a, b) => b.share - a.share);
    return `${factor}: ${sorted.map((each) => `${each.level} ${share(each.share)}`).join(", ")}`;
  });
}

/** Columns of the arms' table; those that a narrow terminal has no room for go, the last named first. */
const dispensable = ["reward", "interval", "believed", "decisions"];

/** The arms, as many columns as fit beside names of at least sixteen. */
function armLines(run: BanditRun, shown: ShownArms, width: number): readonly string[] {
  const views = armViews(run, shown);
  const course = run.periods.map(({ recorded, served }) => {
    const numbers = recorded ?? served;
    return numbers && shown.of(numbers);
  });
  const told = views.some(({ best }) => best !== "");
  const columns = ["decisions", "share", "reward", ...(told ? ["now", "best", "believed", "interval"] : [])];
  const over = (bars: number) =>
    views.map((_, i) =>
      sparkline(
        course.map((numbers) => numbers?.[i] ?? null),
        bars,
      ),
    );
  const layout = (left: readonly string[], bars: number) => {
    const curves = over(bars);
    return [
      [...left, "share over time"],
      ...views.map((view, i) => [...left.map((name) => view[name as keyof ArmView]), curves[i] as string]),
    ];
  };
  const tries = [0, 0, 1, 2, 3, 4].map((dropped, at) =>
    layout(
      columns.filter((name) => !dispensable.slice(0, dropped).includes(name)),
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
export function banditLines(run: BanditRun, width: number, paint: Paint): readonly string[] {
  const shown = shownArms(run);
  const [header, ...lines] = armLines(run, shown, width - 2);
  const failed = run.served.status === "failed";
  const known = knownLine(run);
  const out = [
    ...listed(runLine(run), width, "  "),
    "",
    paint(`  ${header}`, 2),
    ...lines.map((line) => `  ${line}`),
    "",
    ...listed(gainLine(run), width, "  "),
    ...(known ? listed(known, width, "  ") : []),
    ...listed(servedLine(run), width, "  ").map((line) => (failed ? paint(line, 31) : line)),
  ];
  const factors = factorLines(
    run,
    run.arms.map((arm) => arm.share),
  );
  if (factors.length > 0) out.push("", ...factors.flatMap((line) => listed(line, width, "  ")));
  for (const { field, levels } of run.segments) {
    out.push("", `  ${paint(`by ${field}`, 1)}`);
    for (const { level, decisions, mean, served } of levels) {
      const own = shown.of(served).map((value, i) => [shown.names[i] as string, value] as const);
      const played = [...own].sort(([, a], [, b]) => b - a).slice(0, 4);
      const reward = mean === null ? "" : `, reward ${show.level(mean, run.quantity)}`;
      out.push(
        ...listed(
          `${level} (${show.count(decisions)} decisions${reward}): ${played.map(([name, value]) => `${name} ${share(value)}`).join(", ")}`,
          width,
          "    ",
        ),
      );
      for (const line of factorLines(run, served))
        out.push(...listed(line, width, "      ").map((each) => paint(each, 2)));
      const reason = why(beliefOf(run, field, level), run);
      if (reason) out.push(...listed(reason, width, "      ").map((line) => paint(line, 2)));
    }
  }
  return out;
}
