import type { ReportView } from "../view/report-view.js";
import { heading, listed, paragraph } from "./layout.js";
import type { Paint } from "./paint.js";
import { panelLines } from "./trend-lines.js";

/** Everything so far and days since exposure, of one effect. */
const mostPanels = 2;

/** How effects go over time; nothing where the data were not read so. */
export function overTimeLines(
  { overTime }: ReportView,
  all: boolean,
  width: number,
  paint: Paint,
): readonly string[] {
  if (!overTime) return [];
  const { title, answer, how, panels, heads, notes } = overTime;
  return [
    ...heading(title, width, paint),
    ...paragraph(answer, width),
    ...(all ? panels : panels.slice(0, mostPanels)).flatMap((each) => panelLines(each, heads, width, paint)),
    ...(panels.length > 0 ? ["", ...paragraph(how, width)] : []),
    ...(notes.length > 0 ? ["", ...listed(notes, width)] : []),
  ];
}
