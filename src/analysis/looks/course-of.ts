import type { Definition } from "../../core/definition.js";
import type { DecisionCorrection } from "../../stats/index.js";
import { lookRules } from "../../stats/looks/index.js";
import type { Comparison } from "../comparison.js";
import { direction } from "../comparison-evidence.js";
import type { Course, CourseLook, CoursePoint, CourseState } from "./course.js";
import { deviateOf } from "./deviate-of.js";
import { firstErrors } from "./first-errors.js";
import { futilityOf } from "./futility-of.js";
import type { LookAt } from "./look-at.js";
import type { TestHistory } from "./look-history.js";
import { scheduleOf } from "./schedule-of.js";

/** Fractions nearer than this to each other are the same look. */
const near = 1e-6;

/** A look that may stop nothing has its bound at infinity. */
const isTold = (bound: number | undefined): bound is number => bound !== undefined && Number.isFinite(bound);

/** The looks so far and those to come, each with its bounds. */
function looksOf(
  definition: Definition,
  { account, taken, before }: LookAt,
  level: number,
  macro: DecisionCorrection,
): readonly CourseLook[] {
  const { plan } = definition;
  const schedule = scheduleOf(plan) ?? [];
  const planned = plan.units ?? account.units;
  const now = taken.at(-1)?.fraction ?? 1;
  const looks: readonly (readonly [CourseState, fraction: number, units: number])[] = [
    ...before.map((fraction, at): readonly [CourseState, number, number] => {
      const units = taken[at + 1] ? taken[at]?.units : undefined;
      return [units === undefined ? "assumed" : "taken", fraction, units ?? Math.round(fraction * planned)];
    }),
    ["taken", now, account.units],
    ...schedule
      .filter((fraction) => fraction > now + near)
      .map((fraction) => ["planned", fraction, Math.round(fraction * planned)] as const),
  ];
  const fractions = looks.map(([, fraction]) => fraction);
  const futility = futilityOf(definition, level, schedule, macro);
  const spending = plan.spending ?? ({ type: "obrien-fleming" } as const);
  const errors = firstErrors(definition, level, macro);
  const { boundaries } = lookRules["alpha-spending"];
  const asked = { level, spending, fractions };
  const gains = boundaries?.({ ...asked, ...(futility ? { futility } : {}) }, 1 - 2 * errors.gain.error);
  const harms = boundaries?.(asked, 1 - 2 * errors.harm.error);
  return looks.map(([state, fraction, units], at) => {
    const { upper: gain, futility: futile } = gains?.[at] ?? {};
    const harm = harms?.[at]?.upper;
    return {
      ...{ state, units, fraction },
      ...(isTold(gain) ? { gain } : {}),
      ...(isTold(harm) ? { harm: -harm } : {}),
      ...(isTold(futile) ? { futility: futile } : {}),
      spent: lookRules["alpha-spending"]({ level, fraction, before: [], looks: 1, spending }).spent ?? 0,
    };
  });
}

/**
 * The bounds of a plan that spends its error on looks, and the way of the first goal's effects among them.
 * @param tests  what the looks so far have found, this one included; empty where no history is kept
 * @param macro  correction over goals × treatments
 * @returns undefined for other plans, and without a goal
 */
export function courseOf(
  definition: Definition,
  look: LookAt,
  level: number,
  macro: DecisionCorrection,
  comparisons: readonly Comparison[],
  tests: readonly TestHistory[],
): Course | undefined {
  const { metrics, control } = definition;
  const goal = metrics.find(({ role }) => role === "goal");
  if (look.account.rule !== "alpha-spending" || !goal) return undefined;
  const better = direction(goal);
  const looks = looksOf(definition, look, level, macro);
  const fractionAt = (units: number) => looks.find((each) => each.units === units)?.fraction;
  const paths = comparisons.flatMap(({ metric, contrast, difference }) => {
    if (metric !== goal.key || contrast[0] !== control) return [];
    const told = tests.find(
      ({ cell, ...test }) =>
        test.metric === metric &&
        test.contrast[1] === contrast[1] &&
        test.contrast[0] === control &&
        Object.keys(cell).length === 0,
    );
    const deviate = deviateOf(difference.fixed);
    const path = told?.path ?? (deviate === undefined ? [] : [{ units: look.account.units, deviate }]);
    const points = path.flatMap(({ units, deviate }): readonly CoursePoint[] => {
      const fraction = fractionAt(units);
      return deviate === undefined || fraction === undefined
        ? []
        : [{ units, fraction, deviate: better * deviate || 0 }];
    });
    return points.length > 0 ? [{ contrast, points }] : [];
  });
  const { gain, harm } = firstErrors(definition, level, macro);
  return { metric: goal.key, tests: { gains: gain.tests, harms: harm.tests }, looks, paths };
}
