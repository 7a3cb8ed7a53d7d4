import { lookRuleName, USUAL_UNITS } from "../../core/plan.js";
import { normalSurvivalQuantile } from "../../distributions/index.js";
import { crossingOf, densitiesOf, LARGEST_DRIFT } from "../group-sequential/crossing-probabilities.js";
import { COARSE, type SubDensity } from "../group-sequential/sub-density.js";
import { type LookBounds, type LookRuleKind, lookRules, type PlannedFutility } from "../looks/index.js";
import { remembered } from "../numeric/remembered.js";
import type { DecisionPlan } from "./decision-plan.js";

/** How often results are read where any number of looks is planned, unless the plan of the decision says so. */
export const usualTimes = 20;

/** How alike treatments remain over the plan's looks, as its rule says. */
export function alikeOver({ looks = 1, method, level = 0.95 }: DecisionPlan): number {
  const kind: LookRuleKind = lookRules[lookRuleName({ looks, units: 1, ...(method ? { method } : {}) })];
  const spending = { type: "obrien-fleming" } as const;
  return kind({ level, spending, looks: 1, fraction: 1, before: [] }).alike ?? 0;
}

/** Looks until the planned end, as fractions of it. */
export function fractionsOf({ looks = 1, times = usualTimes }: DecisionPlan): readonly number[] {
  if (typeof looks !== "number" && looks !== "any") return looks;
  const count = looks === "any" ? times : looks;
  return Array.from({ length: count }, (_, at) => (at + 1) / count);
}

/** A test of one direction over the looks of a plan. */
export interface LookedTest {
  /** One-sided error over all looks. */
  readonly alpha: number;
  /** z expected at the planned end. */
  readonly drift: number;
  /** Standard deviation under the hypothesis over that in truth: boundaries are met with the former. */
  readonly scale: number;
  /** Units of all variants at the planned end. */
  readonly units: number;
  /** The smallest effect worth having in standard errors at the planned end, where the plan's rule may watch for it. */
  readonly effect?: number;
  /** Whether it is of a gain: then harm ends the test, too, and so does futility, where the plan has it. */
  readonly harm: boolean;
}

/** What becomes of a test over the looks. */
export interface LookedPower {
  /** Probability of having passed by each look. */
  readonly by: readonly number[];
  /** Mean fraction of the planned units until it passes, is harmed, given up or ends. */
  readonly expected: number;
  /** The same where nothing is there to find. */
  expectedNone(): number;
}

/** Boundaries of planned looks, which do not depend on units, and densities between boundaries, which hardly depend on the effect. */
const lateBoundaries = remembered<readonly LookBounds[]>(200);
const lateDensities = remembered<readonly SubDensity[]>(30);

/** Open ends are followed for effects up to the next of these. */
const reachOf = (drift: number) => Math.min(LARGEST_DRIFT, 4 * Math.ceil(drift / 4));

/** When the plan gives a gain up. */
function futilityAt(
  { futility }: DecisionPlan,
  fractions: readonly number[],
  alpha: number,
): PlannedFutility | undefined {
  return futility && { power: 0.8, ...futility, error: alpha, fractions };
}

/** The deviates at which the plan's own rule decides a test at each look. */
function boundariesAt(
  asked: DecisionPlan,
  fractions: readonly number[],
  { alpha, units, effect, harm }: Pick<LookedTest, "alpha" | "units" | "effect" | "harm">,
): readonly LookBounds[] {
  const { level = 0.95, looks = 1, method, spending = { type: "obrien-fleming" }, ...plan } = asked;
  const name = lookRuleName({ looks, units: 1, ...(method ? { method } : {}) });
  const kind: LookRuleKind = lookRules[name];
  const own = 1 - 2 * alpha;
  if (kind.boundaries) {
    const { boundaries } = kind;
    const futility = harm ? futilityAt(asked, fractions, alpha) : undefined;
    return lateBoundaries(JSON.stringify([name, level, spending, fractions, own, futility]), () =>
      boundaries({ level, spending, fractions, ...(futility ? { futility } : {}) }, own),
    );
  }
  return fractions.map((fraction, at) => {
    const rule = kind({
      ...{ level, spending, looks: fractions.length },
      fraction: plan.units === "end" ? fraction : (fraction * units) / (plan.units ?? USUAL_UNITS),
      before: fractions.slice(0, at),
    });
    const nominal = rule.levelOf(own, effect === undefined ? {} : { effect: effect * Math.sqrt(fraction) });
    return { upper: nominal < 1 ? normalSurvivalQuantile((1 - nominal) / 2) : Number.POSITIVE_INFINITY };
  });
}

/**
 * The probability that a test passes by each look, by recursive integration (absolute error about 1e-7) over the looks' boundaries, which are those
 * that reports decide by.
 * @source Armitage, McPherson & Rowe (1969), JRSS A 132; Jennison & Turnbull (2000), ch. 19
 */
export function powerOverLooks(plan: DecisionPlan, test: LookedTest): LookedPower {
  const fractions = fractionsOf(plan);
  const { drift, scale, harm } = test;
  const boundaries = boundariesAt(plan, fractions, test);
  const looks = fractions.map((fraction, at) => {
    const { upper = Number.POSITIVE_INFINITY, futility = Number.NEGATIVE_INFINITY } = boundaries[at] ?? {};
    const lower = harm ? Math.max(-upper, futility) : Number.NEGATIVE_INFINITY;
    return { fraction, upper: upper * scale, lower: lower * scale };
  });
  const followed = Math.min(drift, LARGEST_DRIFT);
  const open = !harm || looks.some(({ upper }) => upper === Number.POSITIVE_INFINITY);
  const reach = open ? reachOf(followed) : 0;
  const densities = lateDensities(JSON.stringify([fractions, looks, reach]), () =>
    densitiesOf(looks, reach, COARSE),
  );
  const { above, expectedInformation } = crossingOf(looks, densities, followed);
  let sum = 0;
  return {
    by: above.map((each) => (sum += each)),
    expected: expectedInformation,
    expectedNone: () => crossingOf(looks, densities, 0).expectedInformation,
  };
}
