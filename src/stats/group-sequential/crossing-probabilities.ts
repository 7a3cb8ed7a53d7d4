import {
  ExperimentError,
  missing_value,
  requireArray,
  requireNumber,
  wrong_length,
  wrong_type,
} from "../../errors/index.js";
import { requireKeys } from "../../shapes/index.js";
import { requireRising } from "./plan.js";
import { atStart, type Continuation, exitAbove, exitBelow, grow, type SubDensity } from "./sub-density.js";

/** Where a trial of several looks goes on: between two boundaries of z at each. */
export interface Boundaries {
  /** Information at each look as a fraction of what is planned, rising. */
  readonly fractions: readonly number[];
  /** −Infinity where nothing stops it below. */
  readonly lower: readonly number[];
  /** Infinity where nothing stops it above. */
  readonly upper: readonly number[];
}

/** How a trial ends. */
export interface Crossing {
  /** Probability of stopping above at each look. */
  readonly above: readonly number[];
  /** Probability of stopping below at each look. */
  readonly below: readonly number[];
  /** Fraction of the planned information that it uses on average. */
  readonly expectedInformation: number;
}

/** The largest |drift| that is worked out: beyond it every trial of any size stops at once. */
export const LARGEST_DRIFT = 30;

/** Boundaries as looks, checked. */
export function readBoundaries(boundaries: Boundaries): readonly Continuation[] {
  requireKeys(boundaries, { fractions: true, lower: true, upper: true }, ["boundaries"]);
  const { fractions, lower, upper } = boundaries;
  requireArray(fractions, ["boundaries", "fractions"]);
  if (fractions.length === 0)
    throw new ExperimentError({ missing_value }, ["boundaries", "fractions", 0], undefined);
  requireRising(fractions, ["boundaries", "fractions"]);
  for (const [key, side] of Object.entries({ lower, upper })) {
    requireArray(side, ["boundaries", key]);
    if (side.length !== fractions.length)
      throw new ExperimentError({ wrong_length }, ["boundaries", key], side.length, {
        expected: { length: fractions.length },
      });
    side.forEach((bound, i) => {
      if (typeof bound !== "number" || Number.isNaN(bound))
        throw new ExperimentError({ wrong_type }, ["boundaries", key, i], bound, {
          expected: { type: "number" },
        });
    });
  }
  return fractions.map((fraction, i) => {
    const look = { fraction, lower: lower[i] as number, upper: upper[i] as number };
    if (look.upper < look.lower)
      requireNumber(look.upper, ["boundaries", "upper", i], { atLeast: look.lower });
    return look;
  });
}

/** The density before each look, fit for drifts up to the largest. */
export function densitiesOf(
  looks: readonly Continuation[],
  largest: number,
  panel?: number,
): readonly SubDensity[] {
  const densities: SubDensity[] = [atStart];
  looks.slice(0, -1).forEach((look, i) => {
    const next = looks[i + 1] as Continuation;
    densities.push(grow(densities[i] as SubDensity, look, next.fraction, largest, panel));
  });
  return densities;
}

/** How a trial ends, its densities known. */
export function crossingOf(
  looks: readonly Continuation[],
  densities: readonly SubDensity[],
  drift: number,
): Crossing {
  const above: number[] = [];
  const below: number[] = [];
  let expectedInformation = 0;
  let going = 1;
  looks.forEach(({ fraction, lower, upper }, i) => {
    const density = densities[i] as SubDensity;
    const root = Math.sqrt(fraction);
    above.push(exitAbove(density, fraction, upper * root, drift));
    below.push(exitBelow(density, fraction, lower * root, drift));
    expectedInformation += going * (fraction - density.fraction);
    going -= (above[i] as number) + (below[i] as number);
  });
  return { above, below, expectedInformation };
}

/**
 * How likely a trial of several looks is to stop above or below at each, and how much information it uses, when an effect
 * is really there.
 * @param boundaries  fractions of the planned information, rising, and z at which it stops, ∓Infinity where nothing does
 * @param drift       z expected at the full planned information, effect × √information, in [−30, 30]; 0 under no effect
 * @returns probabilities per look, absolute error about 1e-11; the mean fraction of the information used, where the last look
 *          ends the trial
 * @throws ExperimentError `unknown_key`, `wrong_type`, `missing_value`, `wrong_length` or `out_of_range` within
 *         ["boundaries"]; `out_of_range` at ["drift"]
 * @source Armitage, McPherson & Rowe (1969), JRSS A 132; Jennison & Turnbull (2000), ch. 19
 * @checked test/reference/group-sequential.json — rpact, gsDesign's C and R sources
 * @example
 * const peeking = { fractions: [0.5, 1], lower: [-1.96, -1.96], upper: [1.96, 1.96] };
 * crossingProbabilities(peeking, 0).above; // [0.025, 0.01656]
 * crossingProbabilities(peeking, 0).expectedInformation; // 0.975
 */
export function crossingProbabilities(boundaries: Boundaries, drift: number): Crossing {
  const looks = readBoundaries(boundaries);
  requireNumber(drift, ["drift"], { atLeast: -LARGEST_DRIFT, atMost: LARGEST_DRIFT });
  return crossingOf(looks, densitiesOf(looks, Math.abs(drift)), drift);
}
