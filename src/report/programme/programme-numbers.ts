import type { Programme } from "../../programme/index.js";
import type { Voice } from "../words/language.js";

type Interval = readonly [number, number];

/** How effects and sums of a programme are written. */
export interface ProgrammeNumbers {
  effect(value: number, interval?: Interval): string;
  interval(interval: Interval): string;
  /** Without sign. */
  size(value: number): string;
}

/** Differences as they are, log lifts as the lifts that they stand for. */
export function programmeNumbers({ scale }: Programme, voice: Voice): ProgrammeNumbers {
  if (scale === "difference")
    return {
      effect: (value, interval) => voice.difference(value, "amount", interval),
      interval: (interval) => voice.differenceInterval(interval, "amount"),
      size: (value) => voice.statistic(value),
    };
  const lifts = ([low, high]: Interval): Interval => [Math.expm1(low), Math.expm1(high)];
  return {
    effect: (value, interval) => voice.lift(Math.expm1(value), interval && lifts(interval)),
    interval: (interval) => voice.liftInterval(lifts(interval)),
    size: (value) => voice.probability(Math.expm1(value)),
  };
}
