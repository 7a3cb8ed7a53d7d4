import type { ReportView } from "../view/report-view.js";
import { heading, paragraph } from "./layout.js";
import type { Paint } from "./paint.js";
import { alignRows } from "./table.js";

/** The first goal's effect look by look; nothing before the second one, or where no history is kept. */
export function stabilityLines(view: ReportView, width: number, paint: Paint): readonly string[] {
  const { stability, voice } = view;
  if (!stability) return [];
  const [header = "", ...lines] = alignRows(
    [
      stability.heads,
      ...stability.rows.flatMap(({ name, points }) =>
        points.map(({ look, unitsTold, difference, interval }) => [
          look,
          name,
          unitsTold,
          difference,
          interval,
        ]),
      ),
    ],
    "rlrrr",
  );
  return [
    ...heading(voice.say("stability_title"), width, paint),
    ...paragraph(voice.say("scoped", { scope: stability.metric.key, line: stability.answer }), width),
    paint(`    ${header}`, 2),
    ...lines.map((line) => `    ${line}`),
  ];
}
