import type { CellsRequest, FoundCap, TimeCells, TimeSlice } from "../../core/cells.js";
import type { TimeMapping } from "../../core/data-mapping.js";
import { limits } from "../../core/limits.js";
import { microsecondsPerDay } from "../../core/period.js";
import { overLimit } from "../../errors/index.js";
import { followedBy, type TimeWindow, timedValues } from "../timed-values.js";
import { calendarLevel, startOf } from "./calendar.js";
import type { AskedMetric } from "./per-unit-values.js";

/** What is followed over time. */
export interface TimePlan extends Pick<TimeCells, "days" | "by"> {
  readonly wanted: readonly WantedSlice[];
}

/** One slice of a plan. */
export interface WantedSlice {
  readonly kind: TimeSlice["kind"];
  readonly at: string;
  readonly asked: AskedMetric;
}

/** Of more days, periods are weeks where the mapping does not say. */
const mostDays = 60;

interface Period {
  readonly at: string;
  readonly from: number;
  readonly to: number;
}

function periodsOf(start: number, end: number, by: TimeCells["by"]): readonly Period[] {
  const length = (by === "week" ? 7 : 1) * microsecondsPerDay;
  const first = startOf(start, by);
  const count = Math.max(0, Math.floor((end - first) / length) + 1);
  if (count > limits.periods.most) throw overLimit("periods", ["data", "time", "by"], count);
  return Array.from({ length: count }, (_, i) => {
    const from = first + i * length;
    return { at: calendarLevel(from, "day"), from, to: from + length };
  });
}

/**
 * Settles which slices of time are read.
 * @param extent  the earliest exposure that counts, and when the data end, in microseconds since 1970
 * @param caps    what caps by percentile came to
 * @throws ExperimentError `over_limit` at ["data", "time", "by"] for too many periods
 */
export function timePlan(
  { days, by: declared }: TimeMapping,
  { metrics, definition }: CellsRequest,
  extent: { readonly start: number; readonly end: number },
  caps: readonly FoundCap[],
): TimePlan {
  const { start, end } = extent;
  const count = Math.floor(end / microsecondsPerDay) - Math.floor(start / microsecondsPerDay) + 1;
  const by = declared ?? (count > mostDays ? "week" : "day");
  const periods = periodsOf(start, end, by);
  const wanted = metrics.flatMap((metric): readonly WantedSlice[] => {
    const followed = followedBy(metric, definition.metrics);
    if (followed === "not") return [];
    const capOf = (name: string) =>
      caps.find((each) => each.metric === metric.key && each.value === name)?.cap;
    const slice = (at: string, window: TimeWindow): WantedSlice => ({
      ...{ kind: window.kind, at },
      asked: { metric, asked: timedValues(metric, definition.metrics, window, capOf) },
    });
    const byCalendar = periods.flatMap(({ at, from, to }) => [
      slice(at, { kind: "cumulative", from: periods[0]?.from ?? from, to }),
      slice(at, { kind: "during", from, to }),
    ]);
    if (followed === "calendar") return byCalendar;
    const since = Array.from({ length: days }, (_, day) => slice(String(day), { kind: "since", day, days }));
    return [...byCalendar, ...since, ...(followed === "change" ? [slice("", { kind: "change", days })] : [])];
  });
  return { days, by, wanted };
}

/** @returns the slices in order, split so that each part costs at most so much, or is one slice */
export function partsOf(
  { wanted }: TimePlan,
  cost: (slice: WantedSlice) => number,
  most: number,
): readonly (readonly WantedSlice[])[] {
  const parts: WantedSlice[][] = [];
  let left = 0;
  for (const slice of wanted) {
    const own = cost(slice);
    const part = parts.at(-1);
    if (part && own <= left) part.push(slice);
    else {
      parts.push([slice]);
      left = most;
    }
    left -= own;
  }
  return parts;
}
