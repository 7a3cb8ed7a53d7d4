import type { FactorTable } from "../view/factors-view.js";
import type { ReportView } from "../view/report-view.js";
import { heading, listed, paragraph } from "./layout.js";
import type { Paint } from "./paint.js";
import { alignRows } from "./table.js";

function tableLines(
  { metric, rows, notes }: FactorTable,
  heads: readonly string[],
  width: number,
  paint: Paint,
) {
  const lenth = rows.some((row) => row.lenth !== "");
  const columns = lenth ? 5 : 4;
  const [header = "", ...lines] = alignRows(
    [
      heads.slice(0, columns),
      ...rows.map(({ label, effect, interval, p, lenth }) =>
        [label, effect, interval, p, lenth].slice(0, columns),
      ),
    ],
    "lrrrr",
  );
  const aliased = rows.flatMap(({ label, note }) => (note ? [`${label}: ${note}`] : []));
  return [
    "",
    ...paragraph(paint(metric.key, 1), width),
    ...(rows.length > 0 ? [paint(`    ${header}`, 2), ...lines.map((line) => `    ${line}`)] : []),
    ...listed([...aliased, ...notes], width),
  ];
}

/** What the factors of a multivariate experiment do, metric by metric; nothing where there are none. */
export function factorLines({ factors, voice }: ReportView, width: number, paint: Paint): readonly string[] {
  if (!factors) return [];
  return [
    ...heading(voice.say("factors_title"), width, paint),
    ...paragraph(factors.answer, width),
    ...factors.tables.flatMap((table) => tableLines(table, factors.heads, width, paint)),
  ];
}
