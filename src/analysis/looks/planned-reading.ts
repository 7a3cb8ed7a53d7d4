import type { Estimate } from "../../core/estimate.js";
import type { MetricDefinition } from "../../core/metric-definition.js";
import type { MetricReading } from "../../metrics/index.js";
import type { LookRule, TestAtLook } from "../../stats/looks/index.js";
import type { Comparison } from "../comparison.js";
import { believedReading } from "./believed-reading.js";

const earlyReason = "too little has come in for an interval that holds at every look";

/** An estimate of this look alone, as it reads over all looks of the plan. */
function overAllLooks(estimate: Estimate, level: number, rule: LookRule, test: TestAtLook): Estimate {
  if (estimate.pValue === undefined) return estimate.level === undefined ? estimate : { ...estimate, level };
  return { ...estimate, level, pValue: rule.pValueOf(estimate.pValue, test) };
}

function unbounded(estimate: Estimate): Estimate {
  if (estimate.status !== "ok") return estimate;
  const { method, value, level, pValue } = estimate;
  return { status: "unbounded", method, reason: earlyReason, value, level, pValue };
}

/**
 * An estimate read under the plan's looks.
 * @param level  over all looks
 * @param read   reads it at the level of a single look
 */
export function underLooks(
  level: number,
  read: (level: number) => Estimate,
  rule: LookRule,
  test: TestAtLook = {},
): Estimate {
  const own = rule.levelOf(level, test);
  const estimate = overAllLooks(read(own < 1 ? own : level), level, rule, test);
  return own < 1 ? estimate : unbounded(estimate);
}

/** What decides is the experiment as a whole: cells and rules are named, by tests. */
const isWhole = ({ cell }: Pick<Comparison, "cell">) => Object.keys(cell).length === 0;

/**
 * A comparison's reading under the plan's looks: its levels are those of all looks together, or what is believed is read.
 * @param about    the cell that is compared, and the metric's values in it
 * @param control  key of the variant that decisions compare with
 */
export function plannedReading(
  found: MetricReading,
  rule: LookRule,
  metric: MetricDefinition,
  about: Pick<Comparison, "cell" | "values" | "contrast">,
  difference: Estimate | undefined,
  control?: string,
): MetricReading {
  if (rule.believing && isWhole(about))
    return believedReading(found, rule.believing, about.values, metric.better);
  const test = testAtLook(metric, about, difference, control);
  return {
    at({ level = 0.95 }) {
      const own = rule.levelOf(level, test);
      const { difference, lift } = found.at({ level: own < 1 ? own : level });
      const planned = (each: Estimate) => {
        const read = overAllLooks(each, level, rule, test);
        return own < 1 ? read : unbounded(read);
      };
      return { difference: planned(difference), lift: planned(lift) };
    },
    named: found.named,
  };
}

/**
 * What rules may know of a test before they read it: the smallest effect worth having, in standard errors, and whether it is of a
 * gain that decides.
 */
function testAtLook(
  { smallest = 0, role }: MetricDefinition,
  { cell, contrast, values: [value] }: Pick<Comparison, "cell" | "values" | "contrast">,
  difference: Estimate | undefined,
  control: string | undefined,
): TestAtLook {
  const effect =
    difference?.status === "ok" ? (smallest * Math.abs(value ?? 0)) / difference.standardError : 0;
  return {
    ...(effect > 0 && Number.isFinite(effect) ? { effect } : {}),
    ...(role === "goal" && contrast[0] === control && isWhole({ cell }) ? { gain: true } : {}),
  };
}
