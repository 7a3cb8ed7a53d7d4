import {
  type FutilityPlan,
  lookRuleName,
  MOST_LOOKS,
  type Plan,
  type Spending,
  type TestingMethod,
} from "../../core/plan.js";
import { duplicate_key, errorOf, out_of_range, problem, unused_setting } from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { type DecisionCorrection, decisionCorrectionNames } from "../corrections/correction-names.js";
import { futilityShape } from "../group-sequential/plan.js";
import { looksFields } from "../looks/looks-fields.js";
import { type Clusters, clustersFields } from "./design-effect.js";

/** A goal or guardrail of a decision, and what is supposed of it. */
export interface PlannedMetric {
  readonly key: string;
  readonly role: "goal" | "guardrail";
  /** The control's value, > 0: a rate below 1, or a mean where `variance` is given. */
  readonly baseline: number;
  /** Of one unit's value, > 0; default baseline × (1 − baseline), that of a rate. */
  readonly variance?: number;
  /** Which way is good; default `"higher"`. */
  readonly better?: "higher" | "lower";
  /** The lift that is really there, a signed fraction above −1; default 0, no effect. */
  readonly lift?: number;
  /** Guardrails: the largest harm tolerated, as a lift (fraction). */
  readonly margin?: number;
  /** Goals: the smallest effect worth having, a lift (fraction), which always-valid readings watch for; default none. */
  readonly smallest?: number;
  /** Where whole clusters are randomised; default none, each unit by itself. */
  readonly clusters?: Clusters;
}

/** What is decided, by which errors, and how sure one wants to be of it. */
export interface DecisionPlan {
  readonly metrics: readonly PlannedMetric[];
  /** Variants compared with the control; default 1. */
  readonly treatments?: number;
  /** Two-sided level of the plan, in (0, 1); default 0.95, which leaves 2.5 % a side. */
  readonly level?: number;
  /** Correction over goals × treatments; default `"holm"`. */
  readonly correction?: DecisionCorrection;
  /** How often results are read until the planned end, as a definition's plan says it; default once. */
  readonly looks?: NonNullable<Plan["looks"]>;
  /** How several looks hold the level together; default `"always-valid"` for any number, else `"alpha-spending"`. */
  readonly method?: TestingMethod;
  /** How often results are really read until the planned end where `looks` is `"any"`, 1 … 1,000; default 20. */
  readonly times?: number;
  /** Units of all variants at which always-valid readings are narrowest, > 0, or the planned `"end"`; default 5,000, as in reports. */
  readonly units?: number | "end";
  /** Of alpha spending; default O'Brien and Fleming's. */
  readonly spending?: Spending;
  /**
   * Of alpha spending: when a goal's gain is given up, as a definition's plan says it, for the gain that is found with `power`
   * (default 0.8, as in reports). Default: never.
   */
  readonly futility?: FutilityPlan & { readonly power?: number };
  /** Whether any harm to a guardrail stops, within its margin or not; default false. */
  readonly strict?: boolean;
  /** Probability of shipping a treatment that is as supposed, in (0, 1); default 0.8. */
  readonly power?: number;
  /** Units of each treatment per control unit, > 0; default 1. */
  readonly ratio?: number;
}

const fraction = { kind: "number", above: 0, below: 1, optional: true } as const;
/** The keys of {@link PlannedMetric}. */
export const plannedMetricFields = {
  key: { kind: "text" },
  role: { kind: "word", of: ["goal", "guardrail"] },
  baseline: { kind: "number", above: 0 },
  variance: { kind: "number", above: 0, optional: true },
  better: { kind: "word", of: ["higher", "lower"], optional: true },
  lift: { kind: "number", above: -1, optional: true },
  margin: { kind: "number", above: 0, optional: true },
  smallest: { kind: "number", above: 0, optional: true },
  clusters: { kind: "object", has: clustersFields, optional: true },
} as const satisfies FieldsFor<PlannedMetric>;
const planFields = {
  metrics: {
    kind: "list",
    of: {
      kind: "object",
      has: plannedMetricFields,
    },
  },
  treatments: { kind: "number", whole: true, atLeast: 1, optional: true },
  level: fraction,
  correction: { kind: "word", of: decisionCorrectionNames, optional: true },
  ...looksFields,
  futility: { kind: "object", has: { ...futilityShape.has, power: fraction }, optional: true },
  method: { kind: "word", of: ["always-valid", "alpha-spending", "equal-shares"], optional: true },
  times: { kind: "number", whole: true, atLeast: 1, atMost: MOST_LOOKS, optional: true },
  units: {
    kind: "either",
    of: [
      { kind: "number", above: 0 },
      { kind: "word", of: ["end"] },
    ],
    optional: true,
  },
  strict: { kind: "flag", optional: true },
  power: fraction,
  ratio: { kind: "number", above: 0, optional: true },
} as const satisfies FieldsFor<DecisionPlan>;

/** +1 where more is better, −1 where less is. */
export const signOf = ({ better }: PlannedMetric) => (better === "lower" ? -1 : 1);

/** @throws ExperimentError with every problem of the plan, within ["plan"] */
export function checkPlan(plan: DecisionPlan): void {
  checkFields(plan, planFields, ["plan"]);
  const seen = new Set<string>();
  const problems = plan.metrics.flatMap((metric, i) => {
    const { key, role, baseline, variance, margin, lift = 0 } = metric;
    const at = (field: string) => ["plan", "metrics", i, field];
    const repeated = seen.has(key);
    seen.add(key);
    const rate = variance === undefined;
    const worst = margin === undefined ? undefined : -signOf(metric) * margin;
    return [
      ...(repeated ? [problem({ duplicate_key }, at("key"), key)] : []),
      ...(rate && baseline >= 1
        ? [problem({ out_of_range }, at("baseline"), baseline, { expected: { above: 0, below: 1 } })]
        : []),
      ...(rate && baseline < 1 && baseline * (1 + lift) >= 1
        ? [problem({ out_of_range }, at("lift"), lift, { expected: { below: 1 / baseline - 1 } })]
        : []),
      ...(role === "guardrail" && worst !== undefined && signOf(metric) * (lift - worst) <= 0
        ? [
            problem({ out_of_range }, at("lift"), lift, {
              expected: worst < 0 ? { above: worst } : { below: worst },
            }),
          ]
        : []),
    ];
  });
  const rule = lookRuleName({
    units: 1,
    looks: plan.looks ?? 1,
    ...(plan.method ? { method: plan.method } : {}),
  });
  if (plan.futility && rule !== "alpha-spending")
    problems.push(problem({ unused_setting }, ["plan", "futility"], plan.futility, { other: rule }));
  if (problems.length > 0) throw errorOf(problems);
}
