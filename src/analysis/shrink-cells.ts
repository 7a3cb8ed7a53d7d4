import type { Estimate } from "../core/estimate.js";
import { type MeasuredEffect, type SparseEffect, shrinkSparseEffects } from "../stats/index.js";
import type { Comparison } from "./comparison.js";
import { logLift } from "./log-lift.js";

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

function differenceOf({ difference: { fixed }, thin }: Comparison): MeasuredEffect | undefined {
  if (thin || fixed.status !== "ok" || !(fixed.standardError > 0)) return undefined;
  return { value: fixed.value, standardError: fixed.standardError };
}

const estimate = (effect: SparseEffect, level: number): Estimate => ({
  status: "ok",
  method,
  ...effect,
  level,
});

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

/**
 * Puts beside every cell's difference and lift the one shrunken towards what the cells of its grain have in common, with
 * an interval that holds for the cells that stand out, too. Differences are shrunken as they are, lifts as
 * log(treatment / control), each scale with a prior of its own.
 * @param comparisons  one metric and contrast in all cells of a grain
 * @returns the same with `shrunken`; where a cell is too thin, has no estimate or is alone: that, as the outcome
 */
export function shrinkCells(comparisons: readonly Comparison[], level: number): readonly Comparison[] {
  const differences = shrunk(comparisons.map(differenceOf), level);
  const lifts = shrunk(
    comparisons.map(({ lift, thin }) => (thin ? undefined : logLift(lift.fixed))),
    level,
  );
  return comparisons.map((comparison, at): Comparison => {
    const { difference, lift, thin = false } = comparison;
    const [own, relative] = [differences[at], lifts[at]];
    return {
      ...comparison,
      difference: {
        ...difference,
        shrunken: own ? estimate(own, level) : missing(difference.fixed, thin, level),
      },
      lift: {
        ...lift,
        shrunken: relative ? estimate(liftOf(relative), level) : missing(lift.fixed, thin, level),
      },
    };
  });
}
