import type { Mark } from "../words/language.js";
import type { Drawing } from "./drawing.js";
import { Markup } from "./markup.js";

/** One estimate of a forest plot. */
export interface ForestRow {
  /** Rows of one group stand together under its heading. */
  readonly group: string;
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly mark: Mark;
  /** The numbers, beside the label. */
  readonly numbers: string;
}

/** What the axis means. */
export interface ForestAxis {
  readonly label: string;
  readonly format: (value: number) => string;
  /** Accessible name of the whole picture. */
  readonly title: string;
}

const rowHeight = 46;
const headingHeight = 30;
const characterWidth = 7;
/** Keeps the grid from running through letters. */
const halo = { stroke: "var(--card)", strokeWidth: 5 };

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, Math.max(1, most - 1))}…` : text;
}

function draw(
  { plot, document }: Drawing,
  rows: readonly ForestRow[],
  axis: ForestAxis,
  width: number,
): string {
  const groups = [...new Set(rows.map((row) => row.group))];
  const headed = groups.length > 1 || (groups[0] ?? "") !== "";
  // Each row gets its own place on one continuous axis, so that headings and labels take the room they need.
  let top = 0;
  const most = Math.floor((width - 8) / characterWidth);
  const headings: { text: string; at: number }[] = [];
  const placed = groups.flatMap((group) => {
    if (headed) {
      headings.push({ text: shortened(group, most - 4), at: top + headingHeight * 0.6 });
      top += headingHeight;
    }
    return rows
      .filter((row) => row.group === group)
      .map((row) => {
        const at = top;
        top += rowHeight;
        return {
          ...row,
          labelAt: at + 12,
          barAt: at + 31,
          color: `var(--${row.mark === "none" ? "neutral" : row.mark})`,
        };
      });
  });
  const ends = rows.flatMap((row) => [row.low, row.high, 0]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const space = (high - low || 1) * 0.04;
  const [marginLeft, marginRight, marginTop, marginBottom] = [2, 2, 4, 46];
  const left = low - space;
  const right = high + space;
  const labels = placed.map((row) => ({
    ...row,
    label: shortened(row.label, most - row.numbers.length - 2),
  }));
  const svg = plot.plot({
    document,
    width,
    height: top + marginTop + marginBottom,
    marginLeft,
    marginRight,
    marginTop,
    marginBottom,
    style: { fontSize: "13px", overflow: "visible" },
    x: { domain: [left, right], label: null, tickFormat: axis.format, ticks: width < 500 ? 4 : 8 },
    y: { domain: [0, top], range: [marginTop, marginTop + top], axis: null },
    marks: [
      plot.gridX({ ticks: width < 500 ? 4 : 8, stroke: "var(--line)", strokeOpacity: 1 }),
      plot.axisX({
        ticks: width < 500 ? 4 : 8,
        tickFormat: axis.format,
        tickSize: 0,
        label: null,
        fill: "var(--soft)",
      }),
      plot.ruleX([0], { stroke: "var(--soft)", strokeWidth: 1.5 }),
      plot.text(headings, {
        x: () => left,
        y: "at",
        text: "text",
        textAnchor: "start",
        fontWeight: 700,
        fontSize: 14,
        fill: "var(--ink)",
        ...halo,
      }),
      plot.link(labels, {
        x1: "low",
        x2: "high",
        y1: "barAt",
        y2: "barAt",
        stroke: "color",
        strokeWidth: 5,
        strokeLinecap: "round",
        strokeOpacity: 0.45,
      }),
      plot.dot(labels, { x: "value", y: "barAt", fill: "color", r: 6 }),
      plot.text(labels, {
        x: () => left,
        y: "labelAt",
        text: "label",
        textAnchor: "start",
        fill: "var(--ink)",
        ...halo,
      }),
      plot.text(labels, {
        x: () => right,
        y: "labelAt",
        text: "numbers",
        textAnchor: "end",
        fill: "color",
        fontWeight: 600,
        ...halo,
      }),
      plot.text([axis.label], { frameAnchor: "bottom", dy: 40, fill: "var(--soft)", text: (d: string) => d }),
    ],
  });
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", axis.title);
  return svg.outerHTML;
}

/**
 * A forest plot: one dot and interval per row, zero marked, good and bad distinct by colour and sign.
 * @returns a figure with a wide and a narrow drawing, of which the style shows one
 */
export function forest(drawing: Drawing, rows: readonly ForestRow[], axis: ForestAxis): Markup {
  if (rows.length === 0) return new Markup("");
  const [desk, phone] = [draw(drawing, rows, axis, 920), draw(drawing, rows, axis, 330)];
  return new Markup(`<figure><div class="desk">${desk}</div><div class="phone">${phone}</div></figure>`);
}
