import type { Ranged } from "./ranged.js";
import type { RefusedAttribute } from "./refused-attributes.js";
import type { SegmentDiscovery } from "./segment-discovery.js";

/** What a budget brings. */
export interface BudgetSpent {
  /** What is gained over control, before costs, per unit of everybody. */
  readonly gain: Ranged;
  /** The same where as much is spent on units at random, on the treatments that bring most per amount together. */
  readonly alike: Ranged;
  /** The difference of both. */
  readonly targeting: Ranged;
  /** Share of the units that get each variant. */
  readonly given: Readonly<Record<string, number>>;
}

/** One budget of the curve; per unit of everybody. */
export interface BudgetCurvePoint extends BudgetSpent {
  readonly budget: number;
}

/** What treating a group of units brings, for all of them together. */
export interface TargetedGroup {
  readonly name: string;
  readonly units: number;
  /** On one unit of the group. */
  readonly effect: Ranged;
  /** Effect × units. */
  readonly revenue: Ranged;
  /** Absent without costs, as are net and return. */
  readonly cost?: number;
  /** Revenue − cost. */
  readonly net?: Ranged;
  /** (Revenue − cost) / cost. */
  readonly roi?: Ranged;
}

/** How well the gain by one treatment is told beforehand. */
export interface UpliftOfTreatment {
  readonly treatment: string;
  /** Slope of measured gains on expected ones: 1 where they are right, 0 where they tell nothing; p-value of the latter. */
  readonly tells: { readonly slope: Ranged; readonly pValue: number };
  /** Area under the gains by share treated, the most expected first; and what of it is above treating as many at random. */
  readonly auuc: Ranged;
  readonly qini: Ranged;
  /** Tenths of the units, those of whom most is expected first; named 1 to 10. */
  readonly deciles: readonly TargetedGroup[];
}

/** Who gets what for a budget. */
export interface BudgetPlan extends BudgetSpent {
  /** As it was given, for all units together; what of it is spent is less where no more gain is expected. */
  readonly budget: number;
  readonly spent: number;
  /** Of each row of the request; null where it was left out. */
  readonly variants: readonly (string | null)[];
  /** What the row's variant is expected to bring over control, before costs; how sure that is, its tenth says. */
  readonly expected: readonly (number | null)[];
  /** Which tenth of its variant's `deciles` the row is in, 1 to 10; 0 where it gets control. */
  readonly tenths: readonly (number | null)[];
}

/** What `budgetValues` found. */
export interface BudgetValues {
  readonly format: "essai.budget-values/1";
  readonly level: number;
  readonly units: number;
  readonly control: string;
  /** Whether costs were given; else budgets count treated units. */
  readonly costed: boolean;
  readonly currency?: string;
  /** The budget, for all units together, from which on no more gain is expected. */
  readonly most: number;
  /** Twenty budgets up to that; empty where no gain is expected of anyone. */
  readonly curve: readonly BudgetCurvePoint[];
  readonly treatments: readonly UpliftOfTreatment[];
  /** The groups that were asked for, by treatment. */
  readonly segments: readonly (TargetedGroup & { readonly treatment: string })[];
  readonly plan?: BudgetPlan;
  readonly refused: readonly RefusedAttribute[];
  readonly excluded: SegmentDiscovery["excluded"];
}
