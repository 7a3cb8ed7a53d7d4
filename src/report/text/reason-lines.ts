import type { ReasonBridge, ReasonCells } from "../view/reasons-view.js";
import type { ReportView } from "../view/report-view.js";
import { heading, listed, paragraph } from "./layout.js";
import type { Paint } from "./paint.js";
import { alignRows } from "./table.js";

function tableLines(
  heads: readonly string[],
  align: string,
  rows: readonly (readonly string[])[],
  paint: Paint,
) {
  const [header = "", ...lines] = alignRows([heads, ...rows], align);
  return [paint(`    ${header}`, 2), ...lines.map((line) => `    ${line}`)];
}

function bridgeLines(bridge: ReasonBridge, heads: readonly string[], width: number, paint: Paint) {
  const rows = [...bridge.rows, bridge.together].map(({ label, factor, adds, interval, p }) => [
    label,
    ...[factor, adds, interval, p],
  ]);
  return [
    "",
    ...paragraph(`${paint(`${bridge.metric}, ${bridge.contrast}`, 1)}  ${bridge.product}`, width),
    ...tableLines(heads, "lrrrr", rows, paint),
  ];
}

function cellTable({ heads, rows }: ReasonCells, most: number, paint: Paint): readonly string[] {
  const shown = rows
    .slice(0, most)
    .map(({ cell, contrast, adds }) => [cell, contrast, ...(typeof adds === "string" ? [adds] : adds)]);
  if (shown.length === 0) return [];
  const left = rows.length - shown.length;
  return [
    "",
    ...tableLines(heads, `ll${"r".repeat(heads.length - 2)}`, shown, paint),
    ...(left > 0 ? [`    … +${left}`] : []),
  ];
}

/** Why metrics that name their reasons differ, step by step; nothing where none does. */
export function reasonLines(
  { reasons, voice }: ReportView,
  most: number,
  width: number,
  paint: Paint,
): readonly string[] {
  if (!reasons) return [];
  return [
    ...heading(voice.say("reasons_title"), width, paint),
    ...paragraph(reasons.answer, width),
    ...reasons.bridges.flatMap((bridge) => bridgeLines(bridge, reasons.heads, width, paint)),
    ...(reasons.between.length + reasons.notes.length > 0
      ? ["", ...listed([...reasons.between, ...reasons.notes], width)]
      : []),
    ...reasons.cells.flatMap((cells) => cellTable(cells, most, paint)),
  ];
}
