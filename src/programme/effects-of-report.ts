import type { Comparison, Report } from "../analysis/index.js";
import { reportShape } from "../analysis/shapes/index.js";
import type { Estimate } from "../core/estimate.js";
import { conditionShapes } from "../definition/index.js";
import { errorOf } from "../errors/index.js";
import { checkFields, type FieldsFor, shapeProblems } from "../shapes/index.js";
import type { MeasuredEffect } from "../stats/index.js";
import type { EffectScaleName, PastEffect } from "./past-effect.js";

/** Options of {@link effectsOfReport}. */
export interface EffectsOfReportOptions {
  /** Default `"log-lift"`, which tests of different baselines share. */
  readonly scale?: EffectScaleName;
  /** A dimension of the report whose cells are taken one by one, as channels, instead of the whole. */
  readonly channel?: string;
  /** What kind of idea the test was. */
  readonly theme?: string;
}

const fields = {
  scale: { kind: "word", of: ["log-lift", "difference"], optional: true },
  channel: { kind: "text", optional: true },
  theme: { kind: "text", optional: true },
} as const satisfies FieldsFor<EffectsOfReportOptions>;

/** The effects of a report, and how many of its comparisons have no estimate. */
export interface ReportEffects {
  readonly effects: readonly PastEffect[];
  readonly leftOut: number;
}

function measuredOn(
  scale: EffectScaleName,
  difference: Estimate,
  lift: Estimate,
): MeasuredEffect | undefined {
  const estimate = scale === "log-lift" ? lift : difference;
  if (estimate.status !== "ok" || !(estimate.standardError > 0)) return undefined;
  const { value, standardError } = estimate;
  if (scale === "difference") return { value, standardError };
  return value > -1 ? { value: Math.log1p(value), standardError: standardError / (1 + value) } : undefined;
}

/**
 * What a finished test's report says of its goals, for {@link analyzeProgramme}.
 * @param report   of `analyze`, or of `parseReport`
 * @param options  scale: `"log-lift"` (default: log(1 + lift), nearly normal, and adding up) or `"difference"`; channel: the
 *                 dimension to take one by one; theme
 * @returns an effect per goal and treatment, in the channel's cells where it has them; comparisons without an estimate, of an
 *          adaptive test for example, are counted in `leftOut`
 * @throws ExperimentError `unsupported_format`, `wrong_type`, `missing_value` … at ["report", …]; `unknown_key`, `unknown_name` at ["options", …]
 */
export function effectsOfReport(report: Report, options: EffectsOfReportOptions = {}): ReportEffects {
  checkFields(options, fields, ["options"]);
  const problems = shapeProblems(report, reportShape, ["report"], conditionShapes);
  if (problems.length > 0) throw errorOf(problems);
  const { definition, metrics, macro, micro } = report;
  const { scale = "log-lift", channel, theme } = options;
  const until = definition.schedule?.until ?? definition.schedule?.from;
  const cells = channel === undefined ? [] : micro.filter(({ cell }) => Object.keys(cell).join() === channel);
  const effects: PastEffect[] = [];
  let leftOut = 0;
  for (const { key, role, better } of metrics) {
    if (role !== "goal") continue;
    const own = (all: readonly Comparison[]) => all.filter(({ metric }) => metric === key);
    for (const { contrast, cell, units, difference, lift } of own(own(cells).length > 0 ? cells : macro)) {
      if (contrast[0] !== definition.control) continue;
      const found = measuredOn(scale, difference.fixed, lift.fixed);
      if (!found) {
        leftOut++;
        continue;
      }
      const level = channel === undefined ? undefined : cell[channel];
      effects.push({
        ...{
          experiment: definition.key,
          metric: key,
          ...found,
        },
        ...(theme === undefined ? {} : { theme }),
        ...(level === undefined ? {} : { channel: level }),
        ...(until === undefined ? {} : { at: until }),
        ...(better === undefined ? {} : { better }),
        ...(units[0] + units[1] > 0 ? { units: units[0] + units[1] } : {}),
      });
    }
  }
  return { effects, leftOut };
}
