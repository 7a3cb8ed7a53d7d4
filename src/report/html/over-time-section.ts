import type { ReportView } from "../view/report-view.js";
import type { Section } from "./section.js";
import { seriesBody } from "./series-body.js";

/** How effects go over time: everything so far, by days since exposure, each period by itself; with every number. */
export function overTimeSection(view: ReportView): Section | undefined {
  const { overTime, voice } = view;
  if (!overTime) return undefined;
  const { title, answer } = overTime;
  return { id: "time", title, answer, body: seriesBody(overTime, voice.say("over_time_table"), view) };
}
