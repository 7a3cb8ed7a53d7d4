import type { Report, ReportMetric, TestHistory } from "../../analysis/index.js";
import type { Voice } from "../words/language.js";
import { placeOf } from "./place.js";

/** The estimate of one look, and the interval that held at it. */
export interface LookPoint {
  readonly look: string;
  readonly units: number;
  readonly unitsTold: string;
  readonly value: number;
  /** Absent where that look could leave nothing out. */
  readonly band?: readonly [low: number, high: number];
  readonly difference: string;
  readonly interval: string;
}

/** One treatment's effect on the first goal, look by look. */
export interface StabilityRow {
  readonly name: string;
  readonly place: number;
  readonly points: readonly LookPoint[];
}

/** How the effect went from look to look. */
export interface StabilityView {
  readonly metric: ReportMetric;
  readonly answer: string;
  /** Of the table: look, variant, units, difference, interval. */
  readonly heads: readonly string[];
  readonly rows: readonly StabilityRow[];
  /** Units at the planned end, where the plan says so. */
  readonly planned?: number;
}

function pointsOf({ path }: TestHistory, metric: ReportMetric, voice: Voice): readonly LookPoint[] {
  const widths = path.flatMap(({ lower, upper }) =>
    lower === undefined || upper === undefined ? [] : [[lower, upper] as const],
  );
  const usual = widths.at(-1);
  return path.map(({ units, value, lower, upper }, at) => {
    const band = lower === undefined || upper === undefined ? undefined : ([lower, upper] as const);
    return {
      look: String(at + 1),
      units,
      unitsTold: voice.count(units),
      value,
      ...(band ? { band } : {}),
      difference: voice.plainDifference(value, metric.quantity, band ?? usual),
      interval: band ? voice.differenceInterval(band, metric.quantity) : "–",
    };
  });
}

/** @returns the first goal's effects look by look; undefined before the second look, or where no history is kept */
export function stabilityView(report: Report, voice: Voice): StabilityView | undefined {
  const { looks, metrics, definition } = report;
  const history = looks?.history;
  const metric = metrics.find(({ role }) => role === "goal") ?? metrics[0];
  if (!history || history.looks.length < 2 || !metric) return undefined;
  const rows = history.tests.flatMap((test): readonly StabilityRow[] => {
    const [control, treatment] = test.contrast;
    const whole = Object.keys(test.cell).length === 0 && control === definition.control;
    if (test.metric !== metric.key || !whole || test.path.length < 2) return [];
    return [
      {
        name: treatment,
        place: placeOf(definition, treatment),
        points: pointsOf(test, metric, voice),
      },
    ];
  });
  if (rows.length === 0) return undefined;
  const [first, last] = [history.looks[0], history.looks.at(-1)];
  return {
    metric,
    answer: voice.say("stability_answer", {
      count: history.looks.length,
      first: voice.count(first?.units ?? 0),
      last: voice.count(last?.units ?? 0),
    }),
    heads: [
      ...[voice.say("look"), voice.say("variant"), voice.say("units_column")],
      ...[voice.unit(metric.quantity) || voice.say("difference"), voice.say("interval")],
    ],
    rows,
    ...(looks.planned === undefined ? {} : { planned: looks.planned }),
  };
}
