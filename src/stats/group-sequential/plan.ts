import type { Alternative } from "../../core/estimate.js";
import { type FutilityPlan, MOST_LOOKS } from "../../core/plan.js";
import { ExperimentError, requireNumber, unknown_name } from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { type Spending, spendingShape } from "./spending/index.js";

export type { FutilityPlan } from "../../core/plan.js";

/** How a trial of several looks decides: agreed before the data, the same for planning and deciding. */
export interface SequentialPlan {
  /** Looks at equal steps of information, or the fraction of the planned information at each, rising to 1. */
  readonly looks: number | readonly number[];
  /** 1 − the error of all looks together, in (0, 1); default 0.95. Two-sided, half of the error is each side's. */
  readonly level?: number;
  /** Default `"two-sided"`. */
  readonly alternative?: Alternative;
  /** How the error is spent; default `{ type: "obrien-fleming" }`. */
  readonly spending?: Spending;
  /** Only of a one-sided plan; default none. */
  readonly futility?: FutilityPlan;
  /** Probability of finding the planned effect, in (0, 1); default 0.8. */
  readonly power?: number;
}

const share = { kind: "number", above: 0, below: 1, optional: true } as const;
const spending = { ...spendingShape, optional: true } as const;

/** When a plan gives up, as plain data. */
export const futilityShape = {
  kind: "object",
  has: { spending, binding: { kind: "flag", optional: true } } as const satisfies FieldsFor<FutilityPlan>,
} as const;

/** How the error of the second kind is spent where a plan does not say. */
export const usualFutility = { type: "hwang-shih-decani", gamma: -2 } as const satisfies Spending;

/** The keys of {@link SequentialPlan}. */
export const sequentialPlanFields = {
  looks: {
    kind: "either",
    of: [
      { kind: "number", whole: true, atLeast: 1, atMost: MOST_LOOKS },
      { kind: "list", of: { kind: "number", above: 0, atMost: 1 }, atLeast: 1, atMost: MOST_LOOKS },
    ],
  },
  level: share,
  alternative: { kind: "word", of: ["two-sided", "greater", "less"], optional: true },
  spending,
  futility: { ...futilityShape, optional: true },
  power: share,
} as const satisfies FieldsFor<SequentialPlan>;

/** A plan with its defaults, checked. */
export interface ReadPlan {
  readonly fractions: readonly number[];
  /** The error of one side. */
  readonly error: number;
  readonly alternative: Alternative;
  readonly spending: Spending;
  readonly futility?: { readonly spending: Spending; readonly binding: boolean } | undefined;
  readonly power: number;
}

/**
 * Checks a plan and fills in its defaults.
 * @throws ExperimentError as `checkFields`; `out_of_range` at fractions that do not rise to 1 and at
 *         ["plan", "power"] where it is not above the error; `unknown_name` at ["plan", "alternative"] where a two-sided
 *         plan has futility
 */
export function readPlan(plan: SequentialPlan): ReadPlan {
  checkFields(plan, sequentialPlanFields, ["plan"]);
  const { looks, level = 0.95, alternative = "two-sided", power = 0.8, futility } = plan;
  const fractions =
    typeof looks === "number" ? Array.from({ length: looks }, (_, i) => (i + 1) / looks) : looks;
  requireRising(fractions, ["plan", "looks"]);
  requireNumber(fractions.at(-1), ["plan", "looks", fractions.length - 1], { atLeast: 1 });
  const error = alternative === "two-sided" ? (1 - level) / 2 : 1 - level;
  requireNumber(power, ["plan", "power"], { above: error });
  if (futility && alternative === "two-sided")
    throw new ExperimentError({ unknown_name }, ["plan", "alternative"], alternative, {
      known: ["greater", "less"],
    });
  return {
    ...{ fractions, error, alternative, power },
    spending: plan.spending ?? { type: "obrien-fleming" },
    ...(futility
      ? {
          futility: {
            spending: futility.spending ?? usualFutility,
            binding: futility.binding ?? false,
          },
        }
      : {}),
  };
}

/** Two looks may not be nearer than this fraction of the later one: there is nothing new to test. */
export const NEAREST = 1e-6;

/** Refuses fractions that do not rise. */
export function requireRising(fractions: readonly number[], path: readonly (string | number)[]): void {
  fractions.forEach((fraction, i) => {
    const before = fractions[i - 1] ?? 0;
    requireNumber(fraction, [...path, i], { above: before + NEAREST * before });
  });
}
