import type { ReportView } from "../view/report-view.js";
import type { TrendPanel } from "../view/trends-view.js";
import { heading, listed, paragraph } from "./layout.js";
import type { Paint } from "./paint.js";
import { alignRows } from "./table.js";

const [mostPanels, mostLevels] = [3, 31] as const;

/** A series with its levels, up to a month of days. */
export function panelLines(
  { about, points }: TrendPanel,
  heads: readonly string[],
  width: number,
  paint: Paint,
): readonly string[] {
  const rows = points.slice(0, mostLevels).map(({ told }) => told);
  const [header = "", ...lines] = alignRows([heads, ...rows], "lrrr");
  const left = points.length - rows.length;
  return [
    "",
    ...paragraph(paint(about, 1), width),
    paint(`    ${header}`, 2),
    ...lines.map((line) => `    ${line}`),
    ...(left > 0 ? [`    … +${left}`] : []),
  ];
}

/** What changes along ordered dimensions; nothing where none was asked for. */
export function trendLines(
  { trends, findings }: ReportView,
  all: boolean,
  width: number,
  paint: Paint,
): readonly string[] {
  if (!trends) return [];
  const { title, answer, panels, heads, notes } = trends;
  const told = findings.flatMap(({ kind, sentence }) => (kind === "trend" ? [sentence] : []));
  return [
    ...heading(title, width, paint),
    ...(told.length > 0 ? listed(told, width) : paragraph(answer, width)),
    ...(all ? panels : panels.slice(0, mostPanels)).flatMap((each) => panelLines(each, heads, width, paint)),
    ...(notes.length > 0 ? ["", ...listed(notes, width)] : []),
  ];
}
