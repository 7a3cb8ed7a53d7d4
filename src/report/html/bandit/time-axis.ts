import type { Voice } from "../../words/language.js";
import { textWidth } from "../svg.js";

/** Instants on a line of pixels. */
export interface TimeAxis {
  readonly at: (time: number) => number;
  readonly ticks: readonly {
    readonly at: number;
    readonly label: string;
    readonly anchor: "start" | "middle" | "end";
  }[];
}

const hour = 3_600_000;
const steps = [1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 672, 1344, 2688, 5376, 10752].map(
  (hours) => hours * hour,
);

/** @returns an axis of time (UTC) with as many labels as fit beside each other */
export function timeAxis(from: number, to: number, left: number, right: number, voice: Voice): TimeAxis {
  const length = to - from || 1;
  const place = (time: number) => left + ((time - from) / length) * (right - left);
  const labelled = (time: number) => ({
    at: place(time),
    label: voice.timeTick(new Date(time)),
    anchor: "middle" as const,
  });
  for (const step of steps) {
    const first = Math.ceil(from / step) * step;
    const count = Math.floor((to - first) / step) + 1;
    if (count > 8) continue;
    const ticks = Array.from({ length: Math.max(0, count) }, (_, i) => labelled(first + i * step)).filter(
      ({ at, label }) => at - textWidth(label) / 2 >= left - 40 && at + textWidth(label) / 2 <= right + 12,
    );
    const apart = ticks.every(
      ({ at, label }, i) =>
        i === 0 ||
        at - textWidth(label) / 2 - ((ticks[i - 1]?.at ?? 0) + textWidth(ticks[i - 1]?.label ?? "") / 2) >= 8,
    );
    if (ticks.length > 1 && apart) return { at: place, ticks };
  }
  const ends = [
    { ...labelled(from), anchor: "start" as const },
    { ...labelled(to), anchor: "end" as const },
  ];
  return { at: place, ticks: ends[0]?.label === ends[1]?.label ? ends.slice(0, 1) : ends };
}
