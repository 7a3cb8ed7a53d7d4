import { MOST_LOOKS, type Plan } from "../../core/plan.js";
import { requireNumber } from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { type EffectPrior, effectPriorFields } from "../bayes/effects/effect-prior.js";
import { requireRising } from "../group-sequential/plan.js";
import { looksFields } from "../looks/looks-fields.js";
import { checkPlan, type PlannedMetric, plannedMetricFields } from "./decision-plan.js";

/** A decision by beliefs, and how sure one wants to be of it. */
export interface BeliefPlan {
  /** Independent of each other. */
  readonly metrics: readonly PlannedMetric[];
  /** Of every metric's lift before the data, as the plan of a definition has it: normal for log(1 + lift). */
  readonly prior: EffectPrior;
  /** The expected loss below which a choice is made, a lift (fraction) > 0. */
  readonly loss: number;
  /** Variants compared with the control, of which one is as supposed; default 1. */
  readonly treatments?: number;
  /** Of the credible intervals against which margins are held, in (0, 1); default 0.95. */
  readonly level?: number;
  /** How often results are read until the planned end; default once. */
  readonly looks?: NonNullable<Plan["looks"]>;
  /** How often results are really read where `looks` is `"any"`, 1 … 1,000; default 20. */
  readonly times?: number;
  /** Whether any harm to a guardrail stops, within its margin or not; default false. */
  readonly strict?: boolean;
  /** Probability of shipping a treatment that is as supposed, in (0, 1); default 0.8. */
  readonly power?: number;
  /** Units of each treatment per control unit, > 0; default 1. */
  readonly ratio?: number;
}

/** How a decision by beliefs is tried out. */
export interface TrialOptions {
  /** Same seed, same result. */
  readonly seed: string;
  /** Simulated tests, 100 … 1,000,000; default 4,000. */
  readonly runs?: number;
}

const share = { kind: "number", above: 0, below: 1, optional: true } as const;
const fields = {
  metrics: { kind: "list", of: { kind: "object", has: plannedMetricFields }, atLeast: 1 },
  prior: { kind: "object", has: effectPriorFields },
  loss: { kind: "number", above: 0 },
  treatments: { kind: "number", whole: true, atLeast: 1, optional: true },
  level: share,
  looks: looksFields.looks,
  times: { kind: "number", whole: true, atLeast: 1, atMost: MOST_LOOKS, optional: true },
  strict: { kind: "flag", optional: true },
  power: share,
  ratio: { kind: "number", above: 0, optional: true },
} as const satisfies FieldsFor<BeliefPlan>;
const trialFields = {
  seed: { kind: "text" },
  runs: { kind: "number", whole: true, atLeast: 100, atMost: 1_000_000, optional: true },
} as const satisfies FieldsFor<TrialOptions>;

/** @throws ExperimentError with every problem of the plan, within ["plan"], or of the options */
export function checkBeliefPlan(plan: BeliefPlan, options: TrialOptions): void {
  checkFields(plan, fields, ["plan"]);
  checkFields(options, trialFields, ["options"]);
  checkPlan({ metrics: plan.metrics });
  if (typeof plan.looks !== "object") return;
  requireRising(plan.looks, ["plan", "looks"]);
  requireNumber(plan.looks.at(-1), ["plan", "looks", plan.looks.length - 1], { atLeast: 1 });
}
