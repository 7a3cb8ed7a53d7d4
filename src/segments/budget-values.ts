import type { Condition } from "../core/condition.js";
import { conditionReader } from "../definition/index.js";
import { normalSurvivalQuantile } from "../distributions/index.js";
import { ExperimentError, insufficient_data, missing_value } from "../errors/index.js";
import { checkFields, type FieldsFor } from "../shapes/index.js";
import { armsAt, type BudgetPath, budgetPath, gainsAt } from "./budget-path.js";
import type { BudgetCurvePoint, BudgetPlan, BudgetValues } from "./budget-report.js";
import { codeTableOf } from "./code-table.js";
import { halfSamples } from "./half-samples.js";
import { byteAt, floatAt } from "./number-at.js";
import { type PolicyEvidence, policyEvidence } from "./policy-evidence.js";
import { nothing, type Ranged } from "./ranged.js";
import { requestFields, type SegmentsRequest } from "./segments-request.js";
import { type Uplift, upliftOf } from "./uplift-of.js";
import { targetedGroup, type UpliftContext, type UpliftReading, upliftReading } from "./uplift-reading.js";

/** What {@link budgetValues} reads: what `discoverSegments` reads, and the budget. */
export interface BudgetValuesRequest
  extends Omit<SegmentsRequest, "depth" | "most" | "smallest" | "repeats" | "costs"> {
  /** What treating one unit costs, by variant, in the unit of outcome × worth; default 1 each, so that a budget counts treated units. */
  readonly costs?: Readonly<Record<string, number>>;
  /** What may be spent on these units together; > 0. */
  readonly budget?: number;
  /** What amounts are in, e.g. `"EUR"`: is told with them. */
  readonly currency?: string;
  /** By name, groups to say the return of: conditions that were known before, not found on these units. */
  readonly segments?: Readonly<Record<string, Condition>>;
}

const { variant, outcome, attributes, control, random, treatments, worth, costs, shares, unit, level } =
  requestFields;
const fields = {
  ...{ variant, outcome, attributes, control, random, treatments, worth, costs, shares, unit, level },
  budget: { kind: "number", above: 0, optional: true },
  currency: { kind: "text", optional: true },
  segments: { kind: "map", of: { kind: "json" }, optional: true },
} as const satisfies FieldsFor<BudgetValuesRequest>;

const points = 20;
/** Units of each variant that a segment must have. */
const fewestInSegment = 30;

/** What treatments cost more than control; all of them, or none, have to say it. */
function costsOf(request: BudgetValuesRequest, variants: readonly string[]): readonly number[] | undefined {
  const told = Object.keys(request.costs ?? {});
  if (told.length === 0) return undefined;
  return variants.slice(1).map((name) => {
    const more = (request.costs?.[name] ?? 0) - (request.costs?.[request.control] ?? 0);
    if (more > 0) return more;
    throw new ExperimentError({ missing_value }, ["costs", name], request.costs?.[name], {
      expected: { above: request.costs?.[request.control] ?? 0 },
    });
  });
}

/** What as much money brings that is spent on units at random, on the treatments that bring most per amount together. */
function alikeAt(
  means: readonly number[],
  costs: readonly number[],
  budgets: readonly number[],
): Float64Array {
  const one = Int32Array.of(0);
  const path = budgetPath(
    means.slice(1).map((mean) => Float64Array.of(mean)),
    costs,
    one,
  );
  const gains = means.map((mean) => Float64Array.of(mean));
  return gainsAt(path, gains, { weights: Float64Array.of(1), total: 1, budgets });
}

interface Curve {
  readonly path: BudgetPath;
  readonly prices: readonly number[];
  readonly gains: readonly Float64Array[];
  readonly budgets: readonly number[];
  readonly variants: readonly string[];
}

/** Shares of the units that get each variant. */
function sharesOf(arms: Uint8Array, variants: readonly string[]): Readonly<Record<string, number>> {
  const counts = variants.map(() => 0);
  for (const arm of arms) counts[arm] = (counts[arm] ?? 0) + 1;
  return Object.fromEntries(variants.map((name, arm) => [name, (counts[arm] ?? 0) / arms.length]));
}

function curveOf(
  { path, prices, gains, budgets, variants }: Curve,
  rangedOf: (of: (weights: Float64Array, total: number) => ArrayLike<number>) => readonly Ranged[],
): readonly BudgetCurvePoint[] {
  const n = gains[0]?.length ?? 0;
  const told = rangedOf((weights, total) => {
    const own = gainsAt(path, gains, { weights, total, budgets });
    const means = gains.map((each) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += floatAt(weights, i) * floatAt(each, i);
      return sum / total;
    });
    const alike = alikeAt(means, prices, budgets);
    return [...own, ...alike, ...own.map((each, g) => each - floatAt(alike, g))];
  });
  return budgets.map((budget, g) => {
    const [gain = nothing, alike = nothing, targeting = nothing] = [0, 1, 2].map(
      (part) => told[part * budgets.length + g],
    );
    return { budget, gain, alike, targeting, given: sharesOf(armsAt(path, n, budget * n).arms, variants) };
  });
}

/** Units that meet a condition; refuses one in which a variant has too few to be compared. */
function membersBy(
  condition: Condition,
  name: string,
  { lists, arms, variants }: PolicyEvidence,
): Uint8Array {
  const meets = conditionReader({})(condition, ["segments", name]);
  const names = Object.keys(lists);
  const inside = Uint8Array.from(arms, (_, i) =>
    meets(Object.fromEntries(names.map((each) => [each, lists[each]?.[i]]))) ? 1 : 0,
  );
  const counts = variants.map((_, arm) =>
    inside.reduce((sum, is, i) => sum + (is === 1 && byteAt(arms, i) === arm ? 1 : 0), 0),
  );
  const fewest = Math.min(...counts);
  if (fewest < fewestInSegment)
    throw new ExperimentError({ insufficient_data }, ["segments", name], fewest, {
      expected: { atLeast: fewestInSegment },
    });
  return inside;
}

interface Planned {
  readonly path: BudgetPath;
  readonly evidence: PolicyEvidence;
  readonly treatments: readonly { readonly uplift: Uplift; readonly reading: UpliftReading }[];
  readonly curve: (budgets: readonly number[]) => readonly BudgetCurvePoint[];
}

/** Who gets what for a budget, row by row of the request. */
function planOf(
  budget: number,
  { variant: rows, control: usual }: BudgetValuesRequest,
  { path, evidence: { places, variants }, treatments: read, curve }: Planned,
): BudgetPlan {
  const n = places.length;
  const { arms, spent } = armsAt(path, n, budget);
  const [at] = spent > 0 ? curve([spent / n]) : [];
  const rowOf = new Map(places.map((row, i) => [row, i]));
  const perRow = <T>(of: (i: number, arm: number) => T) =>
    rows.map((_, row) => {
      const i = rowOf.get(row);
      return i === undefined ? null : of(i, byteAt(arms, i));
    });
  return {
    ...{ budget, spent },
    ...{ gain: at?.gain ?? nothing, alike: at?.alike ?? nothing, targeting: at?.targeting ?? nothing },
    given: sharesOf(arms, variants),
    variants: perRow((_, arm) => variants[arm] ?? usual),
    expected: perRow((i, arm) => read[arm - 1]?.uplift.expected[i] ?? 0),
    tenths: perRow((i, arm) => {
      const tenth = read[arm - 1]?.reading.tenths[i];
      return tenth === undefined ? 0 : tenth + 1;
    }),
  };
}

/**
 * What a budget brings when it is spent on the units that are expected to gain most by it, for several treatments at once: the gain at every
 * budget with its interval, who gets what at one budget, and incremental revenue, cost and return of each tenth of the units by
 * what they are expected to gain.
 *
 * Gains are expected by a ridge regression and boosted trees that did not see the unit (five folds); what the curve says is then
 * measured on the units' own doubly robust scores, so it is not in-sample. Intervals are of half-samples, with the expectations as they are.
 * @param request  as `discoverSegments`; costs (each treatment above control, or none: then a budget counts treated units); a
 *                 budget for all units together; currency; segments
 * @returns amounts in outcome × worth: the curve per unit of everybody, tenths and segments for all of their units; `plan`, where a budget
 *          is given, with the variant of each row of the request (null where it was left out)
 * @throws ExperimentError as `discoverSegments`; `missing_value` at ["costs", variant] where some cost and this does not;
 *         whatever keeps a condition from being one at ["segments", name, …]; `insufficient_data` at ["segments", name]
 * @source Sverdrup, Wu, Athey & Wager (2025), J. Comput. Graph. Stat. 34; Chernozhukov et al. (2018), NBER 24678, for the slope
 * @checked test/segments/budget-values.test.ts — planted worlds, and the path against every assignment; docs/calibration-segments.md
 * @example
 * const random = randomSource("docs");
 * const people = Array.from({ length: 4000 }, () => ({ young: random.next() < 0.4, mail: random.next() < 0.5 }));
 * const { plan } = budgetValues({
 *   variant: people.map(({ mail }) => (mail ? "mail" : "none")),
 *   outcome: people.map(({ young, mail }) => random.next() < (young && mail ? 0.4 : 0.1)),
 *   attributes: { young: people.map(({ young }) => young) },
 *   ...{ control: "none", costs: { mail: 0.1 }, budget: 100, currency: "EUR", random },
 * });
 * plan?.given.mail; // 0.25
 */
export function budgetValues(request: BudgetValuesRequest): BudgetValues {
  checkFields(request, fields);
  const evidence = policyEvidence(request);
  const { variants, arms, coded, refused, excluded, clusters, fold, scores } = evidence;
  const n = arms.length;
  const costs = costsOf(request, variants);
  const prices = costs ?? variants.slice(1).map(() => 1);
  const level = request.level ?? 0.95;
  const critical = normalSurvivalQuantile((1 - level) / 2);
  const none = scores[0] ?? new Float64Array(n);
  const groups = Object.entries(request.segments ?? {}).map(
    ([name, condition]) => [name, membersBy(condition, name, evidence)] as const,
  );
  const gains = scores.map((own) => own.map((each, i) => each - floatAt(none, i)));
  const units = Int32Array.from({ length: n }, (_, i) => i);
  const table = codeTableOf(coded, n);
  const halves = halfSamples(n, clusters, request.random);
  const treatments = variants.slice(1).map((treatment, k) => {
    const own = gains[k + 1] ?? none;
    const uplift = upliftOf(table, own, { units, fold });
    const context: UpliftContext = { cost: costs?.[k], critical, clusters };
    return {
      treatment,
      own,
      context,
      uplift,
      reading: upliftReading(treatment, uplift, own, halves, context),
    };
  });
  const path = budgetPath(
    treatments.map(({ uplift }) => uplift.expected),
    prices,
    units,
  );
  const most = path.cost.reduce((sum, each) => sum + each, 0) / n;
  const grid = most > 0 ? Array.from({ length: points }, (_, g) => (most * (g + 1)) / points) : [];
  const curve = (budgets: readonly number[]) =>
    curveOf({ path, prices, gains, budgets, variants }, (of) => halves.ranged(of, critical));
  const segments = groups.flatMap(([name, inside]) =>
    treatments.map(({ treatment, own, context }) => ({
      ...targetedGroup(name, inside, own, context),
      treatment,
    })),
  );
  return {
    ...{ format: "essai.budget-values/1", level, units: n },
    ...{ control: request.control, costed: costs !== undefined },
    ...(request.currency === undefined ? {} : { currency: request.currency }),
    ...{ most: most * n, curve: curve(grid) },
    ...{ treatments: treatments.map(({ reading }) => reading.told), segments },
    ...(request.budget === undefined
      ? {}
      : { plan: planOf(request.budget, request, { path, evidence, treatments, curve }) }),
    ...{ refused, excluded },
  };
}
