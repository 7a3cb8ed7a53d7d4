import type { ReadPlan } from "./plan.js";
import { spentBy } from "./spending/index.js";
import { atStart, type Continuation, exitBelow, grow, type SubDensity, scoreBeyond } from "./sub-density.js";

/** A look's boundaries and what of the errors was spent by then. */
export interface LookBoundary extends Continuation {
  /** Error spent by this look on one side, all looks so far together. */
  readonly spent: number;
  /** Error of the second kind spent by then; 0 without futility. */
  readonly missed: number;
}

/** Where a trial stands: its boundaries so far and its densities. */
export interface Walk {
  readonly looks: readonly LookBoundary[];
  /** Density of going on, where success and, if it binds, futility stop. */
  readonly density: SubDensity;
  /** Density of going on where both stop, whether futility binds or not. */
  readonly obeyed: SubDensity;
}

/** A trial before its first look. */
export const begin: Walk = { looks: [], density: atStart, obeyed: atStart };

/** What a look is: its fraction, that of the look that follows, and whether it is the last. */
export interface LookAsked {
  readonly fraction: number;
  /** Any larger number where nothing follows. */
  readonly next: number;
  readonly last: boolean;
  /** z below which a binding futility stops, known before; default none. */
  readonly floor?: number;
}

type Rule = Pick<ReadPlan, "error" | "alternative" | "spending" | "futility" | "power">;

/**
 * The boundaries of the next look, by what may be spent by its fraction; the last look spends what is left.
 * @param drift  expected z at the full information, for which futility is planned
 * @returns the walk with this look; z is taken towards the alternative, `"less"` being mirrored by the caller
 */
export function nextBoundary(
  walk: Walk,
  rule: Rule,
  { fraction, next, last, floor = Number.NEGATIVE_INFINITY }: LookAsked,
  drift: number,
): Walk {
  const { error, spending, futility } = rule;
  const before = walk.looks.at(-1);
  const root = Math.sqrt(fraction);
  const spent = Math.max(before?.spent ?? 0, last ? error : spentBy(spending, error, fraction));
  const owed = spent - (before?.spent ?? 0);
  const upper = owed > 0 ? scoreBeyond(1, walk.density, fraction, owed) / root : Number.POSITIVE_INFINITY;
  let lower = rule.alternative === "two-sided" ? Math.min(Math.max(-upper, floor), upper) : floor;
  let missed = before?.missed ?? 0;
  if (futility) {
    if (last) {
      lower = upper;
      missed += exitBelow(walk.obeyed, fraction, upper * root, drift);
    } else {
      const target = spentBy(futility.spending, 1 - rule.power, fraction);
      if (target > missed) {
        const score = scoreBeyond(-1, walk.obeyed, fraction, target - missed, drift);
        lower = Math.min(score / root, upper);
        missed = lower < upper ? target : missed + exitBelow(walk.obeyed, fraction, upper * root, drift);
      }
    }
  }
  const look: LookBoundary = { fraction, lower, upper, spent, missed };
  const looks = [...walk.looks, look];
  if (last) return { ...walk, looks };
  const obeyed = grow(walk.obeyed, look, next, drift);
  if (!futility || futility.binding) return { looks, obeyed, density: obeyed };
  const density = grow(walk.density, { ...look, lower: Number.NEGATIVE_INFINITY }, next, drift);
  return { looks, obeyed, density };
}

/**
 * Boundaries of all looks; the last one spends what is left where `last` says so.
 * @param floors  z at or below which each look stops, where a binding futility was found already
 */
export function boundariesOf(
  rule: Rule,
  fractions: readonly number[],
  last: boolean,
  drift: number,
  floors: readonly number[] = [],
): readonly LookBoundary[] {
  let walk = begin;
  fractions.forEach((fraction, i) => {
    const next = fractions[i + 1] ?? 2 * fraction;
    const asked = { fraction, next, last: last && i === fractions.length - 1 };
    const floor = floors[i];
    walk = nextBoundary(walk, rule, floor === undefined ? asked : { ...asked, floor }, drift);
  });
  return walk.looks;
}
