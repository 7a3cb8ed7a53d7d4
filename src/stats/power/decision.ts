import { type LookMethod, lookRuleName, type Plan, type Spending } from "../../core/plan.js";
import { square } from "../../core/powers.js";
import { normalCdf } from "../../distributions/index.js";
import {
  duplicate_key,
  ExperimentError,
  errorOf,
  missing_value,
  out_of_range,
  problem,
} from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { correctedLevel } from "../corrections/corrected-level.js";
import { type Correction, correctionNames } from "../corrections/correction-names.js";
import { normalTail } from "../inference/tail.js";
import { lookRules } from "../looks/index.js";
import { looksFields } from "../looks/looks-fields.js";
import type { SampleSize } from "./inputs.js";

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
}

/** What is decided, by which errors, and how sure one wants to be of it. */
export interface DecisionPlan {
  readonly metrics: readonly PlannedMetric[];
  /** Variants compared with the control; default 1. */
  readonly treatments?: number;
  /** Two-sided level of the plan, in (0, 1); default 0.95, which leaves 2.5 % a side. */
  readonly level?: number;
  /** Correction over goals × treatments; default `"holm"`. */
  readonly correction?: Correction;
  /** How often results are read until the planned end, as a definition's plan says it; default once. */
  readonly looks?: NonNullable<Plan["looks"]>;
  /** How several looks hold the level together; default `"always-valid"` for any number, else `"alpha-spending"`. */
  readonly method?: LookMethod;
  /** Of alpha spending; default O'Brien and Fleming's. */
  readonly spending?: Spending;
  /** Whether any harm to a guardrail stops, within its margin or not; default false. */
  readonly strict?: boolean;
  /** Probability of shipping a treatment that is as supposed, in (0, 1); default 0.8. */
  readonly power?: number;
  /** Units of each treatment per control unit, > 0; default 1. */
  readonly ratio?: number;
}

/** What one test of the decision asks for. */
export interface PlannedTest {
  readonly key: string;
  readonly role: PlannedMetric["role"];
  readonly test: "superiority" | "non-inferiority";
  /** One-sided error of the test, after correction and looks. */
  readonly alpha: number;
  /** Units that the test needs by itself to reach its share of the power. */
  readonly control: number;
  readonly treatment: number;
  /** Probability of passing at the size of the whole decision. */
  readonly power: number;
}

/** Units for a decision, the metric that decides how many, and each test's part. */
export interface DecisionSize extends SampleSize {
  /** Key of the metric whose test needs the most units. */
  readonly decides: string;
  /** Largest probability with which each of the tests that must pass may fail: (β − α of harm) / (guardrails + 1). */
  readonly beta: number;
  /** At least this is the probability of shipping: 1 − all tests' failures − false harm. */
  readonly power: number;
  /** The error of calling harm that is not there, and stopping by it; 0 where no metric can be called so. */
  readonly falseHarm: number;
  /** The goal that needs the fewest units, then guardrails with a margin, in the plan's order. */
  readonly tests: readonly PlannedTest[];
}

const fraction = { kind: "number", above: 0, below: 1, optional: true } as const;
const planFields = {
  metrics: {
    kind: "list",
    of: {
      kind: "object",
      has: {
        key: { kind: "text" },
        role: { kind: "word", of: ["goal", "guardrail"] },
        baseline: { kind: "number", above: 0 },
        variance: { kind: "number", above: 0, optional: true },
        better: { kind: "word", of: ["higher", "lower"], optional: true },
        lift: { kind: "number", above: -1, optional: true },
        margin: { kind: "number", above: 0, optional: true },
      },
    },
  },
  treatments: { kind: "number", whole: true, atLeast: 1, optional: true },
  level: fraction,
  correction: { kind: "word", of: correctionNames, optional: true },
  ...looksFields,
  strict: { kind: "flag", optional: true },
  power: fraction,
  ratio: { kind: "number", above: 0, optional: true },
} as const satisfies FieldsFor<DecisionPlan>;

const signOf = ({ better }: PlannedMetric) => (better === "lower" ? -1 : 1);

/** The level at which the look at the planned end reads a single test. */
function levelAtEnd(
  { looks = 1, method, spending = { type: "obrien-fleming" } }: DecisionPlan,
  level: number,
): number {
  const schedule =
    typeof looks === "number"
      ? Array.from({ length: looks }, (_, at) => (at + 1) / looks)
      : looks === "any"
        ? [1]
        : looks;
  const name = lookRuleName({ looks, units: 1, ...(method ? { method } : {}) });
  const rule = lookRules[name]({
    ...{ level, spending, fraction: 1, before: schedule.slice(0, -1) },
    looks: schedule.length,
  });
  return rule.levelOf(level);
}

/** A test as a normal one: its distance from the hypothesis, and its spread there and where the truth is. */
interface Normal {
  readonly gap: number;
  /** Standard deviation for one control unit under the hypothesis, and in truth. */
  readonly supposed: number;
  readonly real: number;
}

/**
 * The score of treatment − (1 + bound) × control, for one control unit.
 * @param bound  the lift of the hypothesis: 0, or the margin on the side of harm
 */
function normalOf({ baseline, variance, lift = 0 }: PlannedMetric, bound: number, ratio: number): Normal {
  const times = 1 + bound;
  const spread = (control: number, treatment: number) =>
    Math.sqrt(treatment / ratio + square(times) * control);
  const gap = Math.abs(lift - bound) * baseline;
  if (variance !== undefined) {
    const sd = spread(variance, variance);
    return { gap, supposed: sd, real: sd };
  }
  const treated = baseline * (1 + lift);
  const of = (p: number) => Math.max(0, p * (1 - p));
  // The rates of largest likelihood under the hypothesis, at the counts that are expected (Miettinen & Nurminen 1985).
  const a = (1 + ratio) * times;
  const b = -(ratio * times + ratio * treated + 1 + baseline * times);
  const c = baseline + ratio * treated;
  const p = (-b - Math.sqrt(Math.max(0, b * b - 4 * a * c))) / (2 * a);
  return { gap, supposed: spread(of(p), of(p * times)), real: spread(of(baseline), of(treated)) };
}

const unitsOf = ({ gap, supposed, real }: Normal, alpha: number, beta: number): number =>
  square((normalTail.critical(alpha) * supposed + normalTail.critical(beta) * real) / gap);

const powerAt = ({ gap, supposed, real }: Normal, alpha: number, units: number): number =>
  normalCdf((gap * Math.sqrt(units) - normalTail.critical(alpha) * supposed) / real);

function checkPlan(plan: DecisionPlan): void {
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
  if (problems.length > 0) throw errorOf(problems);
}

/**
 * Units needed to ship a treatment by the decision rule of the report: at least one goal shown superior, every guardrail with
 * a margin shown non-inferior, no harm shown. Superiority is tested at (1 − level) / 2, corrected over goals ×
 * treatments; each margin at as much, uncorrected. All must pass, so that the error of the second kind is shared: with G
 * guardrails with a margin, each test may fail with probability (β − h) / (G + 1), where h is the error of a false harm
 * (that of (1 − level) / 2 where a metric without a gain of its own could stop the treatment). The sum bounds the failures
 * whatever the metrics' dependence.
 * @param plan  metrics with baseline and what is supposed of them (lift, margin, variance), treatments, level, correction,
 *              looks, method, spending, strict, power, ratio. Of several looks the last one is planned for: what those before
 *              it find comes on top
 * @returns units of control and of each treatment, rounded up; the metric that decides; each test's units, error and power
 * @throws ExperimentError `unknown_key`, `missing_value`, `wrong_type`, `unknown_name` or `out_of_range` within ["plan"];
 *         `duplicate_key` at a metric's key; `missing_value` at ["plan", "metrics"] where no goal has a gain to find;
 *         `out_of_range` at ["plan", "power"] where false harm alone costs more
 * @source Schultzberg, Ankargren & Frånberg (2024), arXiv 2402.11609; Farrington & Manning (1990) for rates
 * @checked test/stats/decision-power.test.ts — simulated reports
 * @example
 * const metrics = [
 *   { key: "order", role: "goal", baseline: 0.1, lift: 0.1 },
 *   { key: "return", role: "guardrail", baseline: 0.05, better: "lower", margin: 0.2 },
 * ] as const;
 * sampleSizeForDecision({ metrics }).decides; // "order"
 */
export function sampleSizeForDecision(plan: DecisionPlan): DecisionSize {
  checkPlan(plan);
  const { metrics, treatments = 1, level = 0.95, correction = "holm" } = plan;
  const { strict = false, power = 0.8, ratio = 1 } = plan;
  const alpha = (1 - levelAtEnd(plan, level)) / 2;
  const goals = metrics.filter(({ role }) => role === "goal");
  const guarded = metrics.filter(({ role, margin }) => role === "guardrail" && margin !== undefined);
  const moving = goals.filter((metric) => signOf(metric) * (metric.lift ?? 0) > 0);
  if (moving.length === 0)
    throw new ExperimentError({ missing_value }, ["plan", "metrics"], undefined, {
      example: '{ key: "order", role: "goal", baseline: 0.1, lift: 0.05 }',
    });
  // Whatever does not gain can be called harmed by chance, and stops: other goals, and guardrails that no margin shields.
  const shielded = strict ? [] : guarded;
  const exposed = metrics.filter((metric) => !moving.includes(metric) && !shielded.includes(metric));
  const falseHarm = exposed.length > 0 ? (1 - level) / 2 : 0;
  if (power >= 1 - falseHarm)
    throw new ExperimentError({ out_of_range }, ["plan", "power"], power, {
      expected: { below: 1 - falseHarm },
    });
  const beta = (1 - power - falseHarm) / (guarded.length + 1);
  const family = Array.from({ length: goals.length * treatments }, () => 1);
  const first = 1 - correctedLevel(family, correction, 1 - alpha);
  const asked = (metric: PlannedMetric, test: PlannedTest["test"], own: number, bound: number) => {
    const normal = normalOf(metric, bound, ratio);
    return { metric, test, own, normal, units: unitsOf(normal, own, beta) };
  };
  const [goal] = moving
    .map((metric) => asked(metric, "superiority", first, 0))
    .sort((one, other) => one.units - other.units);
  const margins = guarded.map((metric) =>
    asked(metric, "non-inferiority", alpha, -signOf(metric) * (metric.margin ?? 0)),
  );
  const tests = [...(goal ? [goal] : []), ...margins];
  const exactControl = Math.max(...tests.map(({ units }) => units));
  const control = Math.ceil(exactControl);
  const told = tests.map(({ metric, test, own, normal, units }) => ({
    ...{ key: metric.key, role: metric.role, test, alpha: own },
    ...{ control: Math.ceil(units), treatment: Math.ceil(units * ratio) },
    power: powerAt(normal, own, control),
  }));
  return {
    ...{ control, treatment: Math.ceil(exactControl * ratio), exactControl },
    decides: tests.find(({ units }) => units === exactControl)?.metric.key ?? "",
    ...{ beta, falseHarm },
    power: 1 - falseHarm - told.reduce((sum, each) => sum + (1 - each.power), 0),
    tests: told,
  };
}
