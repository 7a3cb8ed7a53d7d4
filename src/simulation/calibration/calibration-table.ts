import type { CalibratedWorld } from "./calibrate.js";
import type { JudgedFigure } from "./judge-figure.js";

const percent = (share: number, digits = 2) => `${(100 * share).toFixed(digits)} %`;

function shown({ figure, value, monteCarloError }: JudgedFigure): [string, string] {
  if (figure.measure === "mean") return [value.toPrecision(5), monteCarloError.toPrecision(2)];
  return [percent(value), monteCarloError === 0 ? "exact" : percent(monteCarloError)];
}

function bar({ figure, held }: JudgedFigure): string {
  const { nominal, atLeast, atMost, measure } = figure;
  if (held === null) return "";
  const form = (bound: number) =>
    measure === "mean" ? String(bound) : `${Number((100 * bound).toFixed(4))}`;
  const unit = measure === "mean" ? "" : " %";
  const range =
    nominal !== undefined
      ? `= ${form(nominal)}${unit}`
      : atLeast !== undefined && atMost !== undefined
        ? `${form(atLeast)} – ${form(atMost)}${unit}`
        : atLeast !== undefined
          ? `≥ ${form(atLeast)}${unit}`
          : `≤ ${form(atMost as number)}${unit}`;
  return `${range} ${held ? "held" : "**missed**"}`;
}

function misses({ figure, shares }: JudgedFigure): string {
  if (figure.measure !== "coverage") return "";
  return `${percent(shares.left ?? 0)} / ${percent(shares.right ?? 0)}`;
}

function others({ shares }: JudgedFigure): string {
  return Object.entries(shares)
    .filter(([what]) => what !== "left" && what !== "right")
    .map(([what, share]) => `${what} ${percent(share)}`)
    .join(", ");
}

/**
 * The calibration table as Markdown.
 * @param worlds  what was measured
 * @returns one table a group; a row a figure, with its Monte-Carlo error, its misses by side and its bar
 */
export function calibrationTable(worlds: readonly CalibratedWorld[]): string {
  const lines: string[] = [];
  for (const group of new Set(worlds.map(({ world }) => world.group))) {
    lines.push(
      "",
      `## ${group}`,
      "",
      "| world | method | figure | ± | truth below / above | also | bar | note |",
      "|---|---|---:|---:|---:|---|---|---|",
    );
    for (const { world, figures } of worlds.filter((each) => each.world.group === group)) {
      figures.forEach((judged, i) => {
        const [value, error] = shown(judged);
        const cells = [
          i === 0 ? world.title : "",
          `${judged.figure.method} (${judged.figure.measure})`,
          value,
          error,
          misses(judged),
          others(judged),
          bar(judged),
          judged.figure.note ?? "",
        ];
        lines.push(`| ${cells.join(" | ")} |`);
      });
    }
  }
  return lines.join("\n");
}
