import type { Estimate } from "../core/estimate.js";
import { type MeasuredEffect, type SparseEffect, shrinkSparseEffects } from "../stats/index.js";
import { logLift } from "./log-lift.js";
import type { AskedCell } from "./micro.js";

const method = "spike-and-slab";
const thinReason =
  "too thin to say: a side has fewer than 10 successes or non-successes, or fewer than 30 units with a value";
const aloneReason = "fewer than two cells with an estimate to learn from";

function missing(own: Estimate, thin: boolean, level: number): Estimate {
  if (thin) return { status: "undefined", method, reason: thinReason, level };
  return own.status === "ok" ? { status: "undefined", method, reason: aloneReason, level } : own;
}

/** Shrinks the effects that there are; the others, and a lone one, stay undefined. */
function shrunk(
  effects: readonly (MeasuredEffect | undefined)[],
  level: number,
): readonly (SparseEffect | undefined)[] {
  const known = effects.flatMap((effect) => (effect ? [effect] : []));
  if (known.length < 2) return effects.map(() => undefined);
  const found = shrinkSparseEffects(known, { level }).effects;
  let at = 0;
  return effects.map((effect) => (effect ? found[at++] : undefined));
}

function differenceOf({ comparison, thin }: AskedCell): MeasuredEffect | undefined {
  const { fixed } = comparison.difference;
  if (thin || fixed.status !== "ok" || !(fixed.standardError > 0)) return undefined;
  return { value: fixed.value, standardError: fixed.standardError };
}

function estimate({ value, standardError, interval, pValue }: SparseEffect, level: number): Estimate {
  return { status: "ok", method, value, standardError, interval, pValue, level };
}

/** Back from log(treatment / control) to a fraction. */
function liftOf({ value, standardError, interval: [low, high], pValue }: SparseEffect): SparseEffect {
  const lift = Math.expm1(value);
  return {
    value: lift,
    standardError: (1 + lift) * standardError,
    interval: [Math.expm1(low), Math.expm1(high)],
    pValue,
  };
}

/** A cell's effect on both scales, each shrunken, or why it is not. */
export interface ShrunkenCell {
  readonly difference: Estimate;
  readonly lift: Estimate;
}

/**
 * Shrinks every cell's difference and lift towards what the cells of its grain have in common, with an interval that holds
 * for the cells that stand out, too. Differences are shrunken as they are, lifts as log(treatment / control), each scale
 * with a prior of its own.
 * @param cells  one metric and contrast in all cells of a grain
 * @returns one pair per cell; where a cell is too thin, has no estimate or is alone: that, as the outcome
 */
export function shrinkCells(cells: readonly AskedCell[], level: number): readonly ShrunkenCell[] {
  const differences = shrunk(cells.map(differenceOf), level);
  const lifts = shrunk(
    cells.map(({ comparison, thin }) => (thin ? undefined : logLift(comparison.lift.fixed))),
    level,
  );
  return cells.map(({ comparison, thin }, at): ShrunkenCell => {
    const [own, relative] = [differences[at], lifts[at]];
    return {
      difference: own ? estimate(own, level) : missing(comparison.difference.fixed, thin, level),
      lift: relative ? estimate(liftOf(relative), level) : missing(comparison.lift.fixed, thin, level),
    };
  });
}
