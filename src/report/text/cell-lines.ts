import type { ComparisonView } from "../view/comparison-view.js";
import type { HeatBlock, HeatCell, HeatView } from "../view/heat-view.js";
import type { RankRow } from "../view/ranking-view.js";
import type { ReportView } from "../view/report-view.js";
import { readingTones } from "../words/reading.js";
import { sentence } from "../words/voice.js";
import { type Column, heading, listed, paragraph, shortened, tableOf } from "./layout.js";
import { toneColors } from "./metric-lines.js";
import type { Paint } from "./paint.js";
import { alignRows, displayWidth } from "./table.js";

/** One cell of a heat map; in brackets where its interval includes zero. */
function heatText({ step, effect, half }: HeatCell, thin: string, halves: boolean): string {
  if (step === "none") return "";
  if (step === "thin") return thin;
  const text = halves ? `${effect} ±${half}` : effect;
  return step === "h1" ? `(${text})` : `${text} `;
}

function heatBlock(
  { voice }: ReportView,
  { corner }: HeatView,
  { name, columns, rows, totals }: HeatBlock,
  width: number,
  paint: Paint,
): readonly string[] {
  const all = voice.say("all");
  const crossed = rows.some((row) => row.all);
  const layout = (most: number, halves: boolean) => {
    const body = [
      [corner, ...columns.map((each) => `${each} `), ...(crossed ? [all] : [])],
      ...rows.map((row) => [
        row.level,
        ...row.cells.map((cell) => heatText(cell, `${voice.say("thin_cell")} `, halves)),
        ...(crossed ? [row.all] : []),
      ]),
      ...(totals.some(Boolean) ? [[all, ...totals.map((each) => (each ? `${each} ` : ""))]] : []),
    ].map((line) => line.map((text) => shortened(text, most)));
    return alignRows(body, `l${"r".repeat((body[0]?.length ?? 1) - 1)}`);
  };
  const fits = (lines: readonly string[]) => Math.max(...lines.map(displayWidth)) <= width - 4;
  const tries = [24, 18, 14].flatMap((most) => [layout(most, true), layout(most, false)]);
  const [header = "", ...lines] = tries.find(fits) ?? layout(9, false);
  return [
    ...(name ? [`  ${paint(name, 1)}`] : []),
    paint(`    ${header}`, 2),
    ...lines.map((line) => `    ${line}`),
  ];
}

function heatLines(view: ReportView, all: boolean, width: number, paint: Paint): readonly string[] {
  const { voice, heat, levelShown } = view;
  // What a single dimension's map shows stands in the table of its levels.
  const crossed = heat.filter(({ blocks }) => blocks.some(({ place }) => place >= 0));
  const shown = all ? heat : crossed.slice(0, 2);
  return shown.flatMap((each) => [
    "",
    ...paragraph(paint(each.title, 1), width),
    ...paragraph(voice.say("heat_how_text", { level: levelShown }), width).map((line) => paint(line, 2)),
    ...each.blocks.flatMap((block) => heatBlock(view, each, block, width, paint)),
    ...(each.left ? paragraph(each.left, width, 4) : []),
  ]);
}

/** The levels alone where a title above names their dimensions. */
const cellName = ({ levels, view }: RankRow, dimensions: readonly string[]): string =>
  dimensions.length === 1 ? levels.join(" · ") : view.cell;

function rankLines(
  view: ReportView,
  rows: readonly RankRow[],
  width: number,
  paint: Paint,
): readonly string[] {
  const { voice, ranking } = view;
  if (!ranking || rows.length === 0) return [];
  const column = (title: string, of: Column<RankRow>["of"], align: "l" | "r" = "r") => ({ title, of, align });
  const dimensions = [
    ...new Set(rows.map(({ view: { comparison } }) => Object.keys(comparison.cell).join(" · "))),
  ];
  const cell = column(
    dimensions.length === 1 ? (dimensions[0] ?? "") : "",
    (row) => cellName(row, dimensions),
    "l",
  );
  const name = column("", (row) => row.name, "l");
  const here = column(voice.say("here"), (row) => row.here);
  const interval = column(voice.say("interval"), (row) => row.hereInterval);
  const measured = column(voice.say("as_measured"), (row) => row.view.plainDifference);
  const elsewhere = column(voice.say("elsewhere"), (row) => row.elsewhereText || "–");
  const units = column(voice.say("rank_units").toLowerCase(), (row) => row.units);
  const worth = column(voice.say("rank_worth").toLowerCase(), (row) => row.worth || "–");
  const reading = column("", (row) => voice.words.readings[row.reading], "l");
  const numbers = [here, interval, measured, elsewhere] as const;
  const layouts = [
    [...numbers, units, worth, reading],
    [...numbers, worth, reading],
    [...numbers, reading],
    [here, measured, elsewhere, reading],
  ];
  const colored = (line: string, { reading }: RankRow) => {
    const color = toneColors[readingTones[reading]];
    return color > 0 ? paint(line, color) : line;
  };
  const [header, ...lines] = tableOf(
    rows,
    layouts.slice(0, 3).map((own) => [cell, name, ...own]),
    width - 4,
  );
  if (Math.max(...[header, ...lines].map(displayWidth)) <= width - 4)
    return [paint(`    ${header}`, 2), ...rows.map((row, at) => colored(`    ${lines[at] ?? ""}`, row))];
  // Names that leave no room for numbers stand on a line of their own.
  const [title, ...laid] = tableOf(rows, layouts, width - 6);
  return [
    paint(`      ${title}`, 2),
    ...rows.flatMap((row, at) => [
      ...paragraph(`${paint(row.view.cell, 1)} — ${row.name}`, width, 4, 2),
      colored(`      ${laid[at] ?? ""}`, row),
    ]),
  ];
}

function standingLines(
  view: ComparisonView,
  { voice }: ReportView,
  width: number,
  paint: Paint,
): readonly string[] {
  const numbers = voice.say("here_elsewhere", {
    shrunken: view.shrunken || view.difference,
    interval: view.shrunken ? view.shrunkenInterval : view.differenceInterval,
    difference: view.difference,
    elsewhere: view.elsewhere,
    p: view.restPClause,
  });
  return [
    ...paragraph(`${paint(view.cell, 1)} — ${view.metric}, ${view.contrastName}`, width, 4, 2),
    ...paragraph(numbers, width, 6),
  ];
}

/** Who ignores what, a sentence each, then their numbers. */
function ignoringLines({ ignoring, findings }: ReportView, width: number, paint: Paint): readonly string[] {
  if (!ignoring) return [];
  const told = findings.flatMap(({ kind, sentence }) => (kind === "ignores" ? [sentence] : []));
  const [header = "", ...lines] = alignRows(
    [ignoring.heads, ...ignoring.rows.map((row) => row.told)],
    "lllrrrrr",
  );
  return [
    ...listed(told, width),
    ...(Math.max(...[header, ...lines].map(displayWidth)) <= width - 4
      ? ["", paint(`    ${header}`, 2), ...lines.map((line) => `    ${line}`)]
      : []),
    "",
  ];
}

/** Who ignores what: the cells that differ from the rest, ranked by what they miss; nothing where there are no cells. */
export function cellLines(
  view: ReportView,
  most: number,
  all: boolean,
  width: number,
  paint: Paint,
): readonly string[] {
  const { cells, voice, ranking } = view;
  if (!cells) return [];
  const ranked = (ranking?.rows ?? []).filter(({ differs }) => differs || all);
  const listedRows = all ? ranked : ranked.slice(0, most);
  const own = new Set((ranking?.rows ?? []).map((row) => row.view));
  const others = cells.standing.filter((each) => !own.has(each));
  const listedOthers = all ? others : others.slice(0, Math.max(0, most - listedRows.length));
  const left = ranked.length + others.length - listedRows.length - listedOthers.length;
  const { metric = "", unit = "" } = ranking ?? {};
  const title = unit ? voice.say("rank_by_unit", { metric, unit }) : voice.say("rank_by", { metric });
  return [
    ...heading(voice.say("page_cells"), width, paint),
    ...ignoringLines(view, width, paint),
    ...paragraph(sentence(cells.told(Number.POSITIVE_INFINITY)), width),
    ...paragraph(sentence(cells.counts), width).map((line) => paint(line, 2)),
    ...heatLines(view, all, width, paint),
    ...(listedRows.length > 0
      ? [
          "",
          ...paragraph(paint(title, 1), width),
          ...paragraph(voice.say("rank_how", { metric }), width).map((line) => paint(line, 2)),
          ...rankLines(view, listedRows, width, paint),
        ]
      : []),
    ...(listedOthers.length > 0
      ? [
          "",
          ...paragraph(
            paint(voice.say(listedRows.length > 0 ? "also_standing" : "standing_title"), 1),
            width,
          ),
          ...listedOthers.flatMap((each) => standingLines(each, view, width, paint)),
        ]
      : []),
    ...(left > 0 ? ["", ...paragraph(sentence(voice.say("standing_left", { count: left })), width)] : []),
  ];
}
