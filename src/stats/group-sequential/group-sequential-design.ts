import type { Alternative } from "../../core/estimate.js";
import { normalSurvivalQuantile } from "../../distributions/index.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { boundariesOf, type LookBoundary } from "./boundaries.js";
import { type Boundaries, crossingOf, densitiesOf } from "./crossing-probabilities.js";
import { type ReadPlan, readPlan, type SequentialPlan } from "./plan.js";

/** The boundaries of a plan and what they cost. */
export interface SequentialDesign extends Boundaries {
  /** Error spent on one side by each look, all looks so far together. */
  readonly spent: readonly number[];
  /** Error of the second kind spent by each look; 0 without futility. */
  readonly missed: readonly number[];
  /** z expected at the full information with which the plan has its power; the information needed is (drift / effect)². */
  readonly drift: number;
  /** Full information over that of a plan of one look with the same errors, > 0. */
  readonly inflation: number;
  /** Mean information over the full one: without an effect, with half of the planned one, and with it. */
  readonly expectedInformation: { readonly none: number; readonly half: number; readonly planned: number };
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

/** Turns boundaries towards the alternative into boundaries of z, or back. */
export function towards<T extends { readonly lower: number; readonly upper: number }>(
  alternative: Alternative,
  look: T,
): T {
  return alternative === "less" ? { ...look, lower: -look.upper, upper: -look.lower } : look;
}

/** The drift with which a plan of one look has its power. */
const fixedDrift = ({ error, power }: ReadPlan): number =>
  normalSurvivalQuantile(error) + normalSurvivalQuantile(1 - power);

/** Boundaries of a plan with futility, which depend on the drift for which it is planned: the one that has the power. */
function withFutility(plan: ReadPlan): { readonly drift: number; readonly looks: readonly LookBoundary[] } {
  const looksAt = (drift: number) => boundariesOf(plan, plan.fractions, true, drift);
  const excess = (drift: number) => (looksAt(drift).at(-1) as LookBoundary).missed - (1 - plan.power);
  const fixed = fixedDrift(plan);
  const drift = bracketedRoot(excess, 0.9 * fixed, 2.5 * fixed, 1e-12);
  return { drift, looks: looksAt(drift) };
}

/** The drift for which futility is planned, towards the alternative; 0 without futility. */
export const futilityDrift = (plan: ReadPlan): number => (plan.futility ? withFutility(plan).drift : 0);

/**
 * Boundaries of a trial of several looks, and what looking costs: the numbers with which it is planned and decided.
 * @param plan  looks (a number or fractions of the planned information, rising to 1), level, alternative, spending, futility,
 *              power
 * @returns boundaries of z at each look (∓Infinity where nothing stops it), absolute error about 1e-11; spent errors; drift,
 *          inflation and mean information; signs as z has them, so that drift is negative for `"less"`
 * @throws ExperimentError `unknown_key`, `missing_value`, `wrong_type`, `unknown_name` or `out_of_range` within ["plan"]
 * @source Lan & DeMets (1983), Biometrika 70; Pampallona, Tsiatis & Kim (2001), Drug Information Journal 35 (futility);
 *         Jennison & Turnbull (2000), ch. 7 and 19
 * @checked test/reference/group-sequential.json — rpact, gsDesign's C and R sources
 * @example
 * const { upper, inflation } = groupSequentialDesign({ looks: 4 });
 * upper; // [4.333, 2.963, 2.359, 2.014]
 * inflation; // 1.02
 */
export function groupSequentialDesign(plan: SequentialPlan): SequentialDesign {
  const read = readPlan(plan);
  const { alternative, fractions, power } = read;
  const fixed = fixedDrift(read);
  const planned = read.futility ? withFutility(read) : undefined;
  const inner = planned?.looks ?? boundariesOf(read, fractions, true, 0);
  const densities = densitiesOf(inner, planned?.drift ?? 2 * fixed);
  const lacking = (at: number) => sum(crossingOf(inner, densities, at).above) - power;
  const drift = planned?.drift ?? bracketedRoot(lacking, fixed * (1 - 1e-9), 2 * fixed, 1e-12);
  const used = (share: number) => crossingOf(inner, densities, share * drift).expectedInformation;
  const looks = inner.map((look) => towards(alternative, look));
  const each = (key: keyof LookBoundary) => looks.map((look) => look[key]);
  return {
    ...{ fractions, lower: each("lower"), upper: each("upper") },
    ...{ spent: each("spent"), missed: each("missed") },
    drift: alternative === "less" ? -drift : drift,
    inflation: (drift / fixed) * (drift / fixed),
    expectedInformation: { none: used(0), half: used(0.5), planned: used(1) },
  };
}
