import type { Belief, Estimate } from "../core/estimate.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import type { Quantity } from "../core/quantity.js";
import type { Comparison, Contrast, ReportMetric } from "./comparison.js";

/**
 * What a corrected comparison shows. `better` or `worse`; of a guardrail with a margin: `held`, it stays within, or
 * `tolerated`, it stays within and is shown to be worse; of a goal with a smallest effect worth having: `negligible`, no
 * such effect is left; of a goal in a plan with futility: `futile`, its gain is given up; `unclear`: none of them; `undefined`: there is no estimate to show it by.
 */
export type ComparisonOutcome =
  | "better"
  | "worse"
  | "held"
  | "tolerated"
  | "negligible"
  | "futile"
  | "unclear"
  | "undefined";

/** One comparison as what findings and recommendations rest on. */
export interface Evidence {
  readonly metric: string;
  readonly role: MetricDefinition["role"];
  readonly quantity: Quantity;
  readonly contrast: Contrast;
  readonly outcome: ComparisonOutcome;
  /** The guardrail's margin, a lift; absent where it has none. */
  readonly margin?: number;
  /** The goal's smallest effect worth having, a lift; absent where none is stated. */
  readonly smallest?: number;
  readonly values: Comparison["values"];
  readonly difference: Estimate;
  readonly lift: Estimate;
}

/** Under the plan's looks, or as if there were this one. */
export type Look = "planned" | "fixed";

/** +1 when more is better, −1 when less is. */
export function direction(metric: MetricDefinition): 1 | -1 {
  return metric.better === "lower" ? -1 : 1;
}

/** @returns whether the whole interval of lifts, turned so that more is better, lies within these bounds */
function liftLies(metric: MetricDefinition, lift: Estimate, above: number, below: number): boolean {
  if (lift.status !== "ok") return false;
  const ends = lift.interval.map((end) => direction(metric) * end);
  return Math.min(...ends) > above && Math.max(...ends) < below;
}

/** What a belief chooses: the side whose expected loss is small, where the other's is not. */
function chosen({ loss, threshold }: Belief): "treatment" | "control" | "either" | "neither" {
  const [treatment, control] = [loss.treatment < threshold, loss.control < threshold];
  if (treatment) return control ? "either" : "treatment";
  return control ? "control" : "neither";
}

/** Reads one comparison by what is believed of its lift. */
function believedOutcome(metric: MetricDefinition, belief: Belief, lift: Estimate): ComparisonOutcome {
  const choice = chosen(belief);
  const { margin = 0 } = metric;
  if (choice === "treatment") return "better";
  if (margin > 0 && liftLies(metric, lift, -margin, Infinity))
    return choice === "control" ? "tolerated" : "held";
  if (choice === "control") return "worse";
  return choice === "either" && metric.role === "goal" ? "negligible" : "unclear";
}

/**
 * Reads one corrected comparison. Superiority and harm are judged by the corrected p-value; that a guardrail stays within
 * its margin, and that no effect worth having is left, by the interval of lifts at the plan's level: all guardrails must
 * hold at once, so that none of these tests needs a correction.
 */
export function outcomeOf(
  metric: MetricDefinition,
  { difference, lift, futile }: Comparison,
  look: Look = "planned",
): ComparisonOutcome {
  const estimate = difference[look];
  // A look that is too early to show anything leaves open what can be estimated.
  if (estimate.status !== "ok") return difference.fixed.status === "ok" ? "unclear" : "undefined";
  if (estimate.belief) return believedOutcome(metric, estimate.belief, lift[look]);
  const shown = (estimate.pAdjusted ?? estimate.pValue) < 1 - estimate.level;
  const good = direction(metric) * estimate.value > 0;
  const { margin = 0, smallest = 0 } = metric;
  if (margin > 0) {
    if (liftLies(metric, lift[look], -margin, Infinity))
      return !shown ? "held" : good ? "better" : "tolerated";
    if (shown) return good ? "better" : "worse";
    return lift[look].status === "ok" ? "unclear" : "undefined";
  }
  if (shown && !good) return "worse";
  if (smallest > 0 && liftLies(metric, lift[look], -smallest, smallest)) return "negligible";
  // What was given up, where that binds, is not shown any more.
  if (look === "planned" && (futile === "before" || (futile && !shown))) return "futile";
  return shown ? "better" : "unclear";
}

/** @returns a corrected comparison with its outcome */
export function evidenceOf(metric: ReportMetric, comparison: Comparison, look: Look = "planned"): Evidence {
  const { contrast, values, difference, lift } = comparison;
  return {
    metric: metric.key,
    role: metric.role,
    quantity: metric.quantity,
    contrast,
    outcome: outcomeOf(metric, comparison, look),
    ...(metric.margin === undefined ? {} : { margin: metric.margin }),
    ...(metric.smallest === undefined ? {} : { smallest: metric.smallest }),
    values,
    difference: difference[look],
    lift: lift[look],
  };
}
