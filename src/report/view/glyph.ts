import type { Evidence, Reading } from "../../analysis/index.js";
import { decisive } from "../words/decisive.js";
import type { ReadingName } from "../words/reading.js";
import { toldInterval } from "../words/standing.js";
import type { ComparisonView } from "./comparison-view.js";

/** Lower and upper end. */
export type Range = readonly [low: number, high: number];

/** An estimate to draw, on the scale of its axis. */
export interface Glyph {
  readonly value: number;
  /** The interval that decides. */
  readonly line: Range;
  /** The one-look interval that other tools print. */
  readonly bar?: Range;
  /** Whether it decided; a guardrail with a margin: whether the whole interval is on the safe side. */
  readonly filled: boolean;
}

const decidedWords: readonly ReadingName[] = [
  "better",
  "worse",
  "tolerated",
  "safe",
  "negligible",
  "higher",
  "lower",
];

/** @returns the picture of a comparison that decides or explains; undefined where it has no interval */
export function decidedGlyph(
  { planned, fixed }: Reading,
  evidence: Evidence | undefined,
  reading: ReadingName,
): Glyph | undefined {
  if (planned.status !== "ok") return undefined;
  const guarded = evidence?.role === "guardrail" && (evidence.margin ?? 0) > 0;
  return {
    value: planned.value,
    line: guarded ? toldInterval(evidence, planned) : decisive(planned),
    ...(fixed.status === "ok" ? { bar: fixed.interval } : {}),
    filled: decidedWords.includes(reading) && !(guarded && reading === "worse"),
  };
}

/** @returns the picture of a cell's or a level's effect; undefined where it has no interval */
export function plainGlyph(
  { planned, fixed }: Reading,
  { mark, comparison }: ComparisonView,
): Glyph | undefined {
  if (planned.status !== "ok" || comparison.thin) return undefined;
  return {
    value: planned.value,
    line: decisive(planned),
    ...(fixed.status === "ok" ? { bar: fixed.interval } : {}),
    filled: mark === "good" || mark === "bad",
  };
}
