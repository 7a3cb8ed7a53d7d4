import {
  type ErrorPath,
  errorOf,
  nearName,
  type Problem,
  problem,
  unknown_action,
  unknown_name,
} from "../../errors/index.js";
import type { Fields, FieldsType } from "../../shapes/index.js";
import { positive } from "../setting-shapes.js";
import type { Arm } from "../state/arm.js";

const money = { kind: "number" } as const;

/** What actions are worth and cost; the same keys in the settings and, for one customer, in the context. */
export const economicsFields = {
  values: { kind: "map", of: positive, optional: true },
  costs: { kind: "map", of: money, optional: true },
  levels: { kind: "map", of: { kind: "map", of: money }, optional: true },
} as const satisfies Fields;

export type Economics = FieldsType<typeof economicsFields>;

/** What arms are called: their keys, and the levels of every factor. */
interface Names {
  readonly actions: ReadonlySet<string>;
  readonly factors: ReadonlyMap<string, ReadonlySet<string>>;
}

const known = new WeakMap<readonly Arm[], Names>();

function namesOf(arms: readonly Arm[]): Names {
  let names = known.get(arms);
  if (!names) {
    const factors = Object.keys(arms[0]?.action ?? {});
    names = {
      actions: new Set(arms.map(({ key }) => key)),
      factors: new Map(
        factors.map((factor) => [factor, new Set(arms.map(({ action }) => action[factor] ?? ""))]),
      ),
    };
    known.set(arms, names);
  }
  return names;
}

/** Of a factor that does not exist, no level is told as well. */
const anything = { has: () => true, keys: () => [] };

/** Keys that are not among those there are, as problems at their place. */
function* strangers(
  entry: Parameters<typeof problem>[0],
  given: object,
  there: { has(key: string): boolean; keys(): Iterable<string> },
  path: ErrorPath,
): Generator<Problem> {
  for (const key in given)
    if (!there.has(key)) yield problem(entry, [...path, key], key, nearName(key, [...there.keys()]));
}

/**
 * What names an action, a factor or a level that the arms do not have.
 * @returns `unknown_action` at ["values" or "costs", action], `unknown_name` at ["levels", factor] or ["levels", factor, level]
 */
export function strangeNames(
  { values = {}, costs = {}, levels = {} }: Economics,
  arms: readonly Arm[],
  path: ErrorPath,
): Problem[] {
  const { actions, factors } = namesOf(arms);
  return [
    ...strangers({ unknown_action }, values, actions, [...path, "values"]),
    ...strangers({ unknown_action }, costs, actions, [...path, "costs"]),
    ...strangers({ unknown_name }, levels, factors, [...path, "levels"]),
    ...Object.entries(levels).flatMap(([factor, priced]) => [
      ...strangers({ unknown_name }, priced, factors.get(factor) ?? anything, [...path, "levels", factor]),
    ]),
  ];
}

/** @throws ExperimentError with all of {@link strangeNames} */
export function requireNames(given: Economics, arms: readonly Arm[]): void {
  const problems = strangeNames(given, arms, []);
  if (problems.length > 0) throw errorOf(problems);
}

const none: Readonly<Record<string, never>> = {};

/** What each arm's reward is worth and what it costs; what is said of one customer goes before what is said of all. */
export function termsOf(
  arms: readonly Arm[],
  all: Economics,
  own: Economics,
): { readonly value: readonly number[]; readonly cost: readonly number[] } {
  const { values = none, costs = none } = all;
  const { values: ownValues = none, costs: ownCosts = none } = own;
  const factors = Object.keys({ ...all.levels, ...own.levels });
  return {
    value: arms.map(({ key }) => ownValues[key] ?? values[key] ?? 1),
    cost: arms.map(({ key, action }) => {
      let cost = ownCosts[key] ?? costs[key] ?? 0;
      for (const factor of factors) {
        const level = action[factor] ?? "";
        cost += own.levels?.[factor]?.[level] ?? all.levels?.[factor]?.[level] ?? 0;
      }
      return cost;
    }),
  };
}
