import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { requireNumber } from "../../errors/index.js";
import { checkOptions, estimateFields } from "../inference/index.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { interval, outside } from "../inference/tail.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { type Boundaries, densitiesOf, readBoundaries } from "./crossing-probabilities.js";
import { type Continuation, exitAbove, exitBelow, type SubDensity } from "./sub-density.js";

/** Standard errors around the plain estimate within which the one that allows for the looks is looked for. */
const AROUND = 12;

/** Probability of an outcome at least as far out at one end as this one, in the order of the stages; summed from that end, so that small ones are exact. */
function beyond(
  looks: readonly Continuation[],
  densities: readonly SubDensity[],
  score: number,
  drift: number,
  end: "lower" | "upper",
): number {
  const exit = end === "upper" ? exitAbove : exitBelow;
  const last = looks.length - 1;
  return looks.reduce((sum, look, i) => {
    const bound = i === last ? score : look[end] * Math.sqrt(look.fraction);
    return sum + exit(densities[i] as SubDensity, look.fraction, bound, drift);
  }, 0);
}

/**
 * What a trial says after it stopped, early or not: a plain estimate at a stop is too extreme, for it was the extreme value
 * that stopped it. Outcomes are ordered by stage: stopping above earlier is higher, stopping below earlier is lower, and at
 * one look a higher z is higher.
 * @param boundaries  of the looks taken, the last one included (its own limits play no part); −Infinity below where
 *                    futility does not bind
 * @param estimate    difference at the last look, metric's unit
 * @param standardError  of it, > 0
 * @param options     level, alternative
 * @returns method `"stagewise"`: value is the median-unbiased estimate, metric's unit; interval and pValue are exact for normal
 *          estimates with independent increments; standardError as passed; statistic is the last look's z
 * @throws ExperimentError as `crossingProbabilities` at ["boundaries", …]; `wrong_type`, `not_finite` or `out_of_range` at
 *         ["estimate"], ["standardError"] or within ["options"]
 * @source Tsiatis, Rosner & Mehta (1984), Biometrics 40; Kim (1989), Biometrics 45; Jennison & Turnbull (2000), ch. 8
 * @checked test/reference/group-sequential.json — the definition integrated by SciPy
 * @example
 * const taken = { fractions: [0.5, 1], lower: [-2.9626, -1.9686], upper: [2.9626, 1.9686] };
 * stagewise(taken, 2.2, 1).pValue; // 0.02918
 * stagewise(taken, 2.2, 1).value; // 2.192
 */
export function stagewise(
  boundaries: Boundaries,
  estimate: number,
  standardError: number,
  options: EstimateOptions = {},
): Estimate {
  const looks = readBoundaries(boundaries);
  requireNumber(estimate, ["estimate"]);
  requireNumber(standardError, ["standardError"], { above: 0 });
  checkOptions(options, estimateFields);
  const level = readLevel(options);
  const alternative = readAlternative(options);
  const z = estimate / standardError;
  const root = Math.sqrt((looks.at(-1) as Continuation).fraction);
  const score = z * root;
  const densities = densitiesOf(looks, (Math.abs(z) + AROUND) / root);
  // The drift under which this outcome is at the point of the order that has this probability above it.
  const effectAt = (probability: number): number => {
    const excess = (drift: number) => beyond(looks, densities, score, drift, "upper") - probability;
    const drift = bracketedRoot(excess, (z - AROUND) / root, (z + AROUND) / root, 1e-12);
    return drift * root * standardError;
  };
  const tail = outside(level, alternative);
  const higher = beyond(looks, densities, score, 0, "upper");
  const lower = beyond(looks, densities, score, 0, "lower");
  const pValue =
    alternative === "greater"
      ? higher
      : alternative === "less"
        ? lower
        : Math.min(1, 2 * Math.min(higher, lower));
  return {
    status: "ok",
    method: "stagewise",
    value: effectAt(0.5),
    standardError,
    interval: interval(
      alternative === "less" ? Number.NEGATIVE_INFINITY : effectAt(tail),
      alternative === "greater" ? Number.POSITIVE_INFINITY : effectAt(1 - tail),
      alternative,
    ),
    level,
    pValue,
    statistic: z,
  };
}
