import type {
  Adjustment,
  BanditRun,
  ClustersRead,
  Comparison,
  Family,
  Report,
  Triggered,
} from "../../analysis/index.js";
import type { FoundCap } from "../../core/cells.js";
import type { Estimate } from "../../core/estimate.js";
import type { ComparisonView } from "../view/comparison-view.js";
import type { ReportView } from "../view/report-view.js";
import type { ToldFinding } from "../view/told-finding.js";
import { askedView } from "./asked-view.js";
import { courseRecords } from "./course-records.js";
import { type Field, field, tooThin, unknown } from "./csv-fields.js";
import { factorRecords } from "./factor-records.js";
import type { LanguageOptions } from "./language-options.js";
import { overTimeRecords } from "./over-time-records.js";
import { reasonRecords } from "./reason-records.js";
import type { ReportFormat } from "./report-format.js";
import { trendRecords } from "./trend-records.js";

const columns = [
  "grain",
  "metric",
  "control",
  "treatment",
  "cell",
  "scale",
  "units_control",
  "units_treatment",
  "value_control",
  "value_treatment",
  "status",
  "method",
  "value",
  "standard_error",
  "lower",
  "upper",
  "corrected_lower",
  "corrected_upper",
  "shrunken",
  "shrunken_lower",
  "shrunken_upper",
  "level",
  "p_value",
  "p_adjusted",
  "reason",
] as const;

function readings({ comparison }: ComparisonView, grain: string): readonly (readonly Field[])[] {
  return (["difference", "lift"] as const).map((scale) => record(grain, comparison, scale));
}

function record(grain: string, comparison: Comparison, scale: "difference" | "lift"): readonly Field[] {
  const { metric, contrast, cell, units, values, thin = false } = comparison;
  const { planned, shrunken } = comparison[scale];
  const levels = Object.entries(cell).map(([dimension, level]) => `${dimension}=${level}`);
  const common = [
    grain,
    metric,
    contrast[0],
    contrast[1],
    levels.join("; "),
    scale,
    ...units,
    ...values,
    thin && planned.status === "ok" ? "thin" : planned.status,
    planned.method,
  ];
  if (thin && planned.status === "ok")
    return [...common, "", "", ...unknown, ...unknown, "", "", "", planned.level, "", "", tooThin];
  if (planned.status !== "ok")
    return [
      ...common,
      planned.value,
      "",
      ...unknown,
      ...unknown,
      "",
      "",
      "",
      planned.level,
      "",
      "",
      planned.reason,
    ];
  const { value, standardError, interval, simultaneous, level, pValue, pAdjusted, flags = [] } = planned;
  const pulled = shrunken?.status === "ok" ? [shrunken.value, ...shrunken.interval] : ["", "", ""];
  return [
    ...[...common, value, standardError, ...interval, ...(simultaneous ?? unknown), ...pulled],
    ...[level, pValue, pAdjusted, flags.join("; ")],
  ];
}

/** A finding: its kind, its tone and its sentence, in the columns for method, status and reason. */
function told({ kind, tone, sentence }: ToldFinding): readonly Field[] {
  const known: Partial<Record<(typeof columns)[number], Field>> = {
    grain: "finding",
    status: tone,
    method: kind,
    reason: sentence,
  };
  return columns.map((column) => known[column]);
}

/** A test between levels: the dimension stands for the cell, the common effect for the value. */
function levelRecords({ between }: Report): readonly (readonly Field[])[] {
  return between.flatMap((question) =>
    (["difference", "lift"] as const).map((scale) => {
      const { metric, contrast, dimension } = question;
      const test = question[scale];
      const known: Partial<Record<(typeof columns)[number], Field>> = {
        ...{ grain: "between", metric, control: contrast[0], treatment: contrast[1], cell: dimension, scale },
        ...{ status: test.status, method: test.method },
        ...(test.status === "ok"
          ? {
              value: test.common,
              p_value: test.pValue,
              p_adjusted: test.pAdjusted,
              reason: `χ² ${test.statistic} on ${test.df} df`,
            }
          : { reason: test.reason }),
      };
      return columns.map((column) => known[column]);
    }),
  );
}

/** A cell that ignores a variant; everyone else's difference, and what the cell's units would bring at it, as the reason. */
function ignoringRecord(each: NonNullable<Report["ignoring"]>[number]): readonly Field[] {
  const { metric, contrast, cell, here, interval, level, elsewhere, elsewhereInterval, worth } = each;
  const known: Partial<Record<(typeof columns)[number], Field>> = {
    ...{ grain: "ignoring", metric, control: contrast[0], treatment: contrast[1], scale: "difference" },
    cell: Object.entries(cell)
      .map(([dimension, level]) => `${dimension}=${level}`)
      .join("; "),
    ...{ status: "ok", method: "equivalence", value: here, level },
    ...{ corrected_lower: interval[0], corrected_upper: interval[1] },
    reason: `elsewhere ${elsewhere} (${elsewhereInterval.join(" to ")}); would bring ${worth}`,
  };
  return columns.map((column) => known[column]);
}

/** A family of tests: how they are corrected, and the error they share as the value. */
function familyRecord({ grain, correction, alpha, tests }: Family): readonly Field[] {
  const known: Partial<Record<(typeof columns)[number], Field>> = {
    ...{ grain: "family", cell: grain, method: correction, value: alpha },
    reason: `${tests} tests`,
  };
  return columns.map((column) => known[column]);
}

/** What a metric's covariates explain as the value, and the p-value of their being alike in all variants. */
function adjustmentRecord(adjustment: Adjustment): readonly Field[] {
  const { metric, status, balance } = adjustment;
  const told =
    adjustment.status === "adjusted"
      ? { value: adjustment.explained, reason: `as precise as ${adjustment.worth} more units` }
      : { reason: adjustment.reason };
  const known: Partial<Record<(typeof columns)[number], Field>> = {
    ...{ grain: "adjustment", metric, status, method: "cuped", p_value: balance },
    ...told,
  };
  return columns.map((column) => known[column]);
}

/** What a cap by percentile came to, as a value of the metric. */
function capRecord({ metric, percentile, among, cap }: FoundCap): readonly Field[] {
  const known: Partial<Record<(typeof columns)[number], Field>> = {
    ...{ grain: "cap", metric, status: "ok", method: `percentile-${percentile}`, value: cap, reason: among },
  };
  return columns.map((column) => known[column]);
}

/** The clusters that count as one unit each. */
function clustersRecord({ column, clusters, units }: ClustersRead): readonly Field[] {
  const known: Partial<Record<(typeof columns)[number], Field>> = {
    ...{ grain: "clusters", status: "ok", method: column, value: clusters, reason: `units=${units}` },
  };
  return columns.map((name) => known[name]);
}

/** Who met the trigger: the share of units that count. */
function triggeredRecord({ event, units, of }: Triggered): readonly Field[] {
  const known: Partial<Record<(typeof columns)[number], Field>> = {
    ...{ grain: "triggered", status: "ok", method: event, value: of > 0 ? units / of : null },
    reason: `units=${units} of=${of}`,
  };
  return columns.map((name) => known[name]);
}

/** The difference read otherwise: over all units where some met the trigger, without adjustment for covariates, and with allowance for a stop at this look. */
function otherRecords({ comparison }: ComparisonView): readonly (readonly Field[])[] {
  return (["unadjusted", "diluted", "stagewise"] as const).flatMap((grain) => {
    const own = comparison.difference.others?.[grain];
    const difference = own && { fixed: own, planned: own };
    return difference
      ? [record(grain, { ...comparison, values: [null, null], difference }, "difference")]
      : [];
  });
}

function banditRecord(
  metric: string,
  arm: string,
  cell: string,
  units: number,
  mean: number | null,
  estimate: Partial<Estimate> & { readonly method: string },
): readonly Field[] {
  const { status = "ok", method, value } = estimate;
  const sides = [null, units, null, mean];
  const common = [
    "bandit",
    metric,
    "",
    arm,
    cell,
    metric === "gain" || metric === "effect" ? "difference" : "",
    ...sides,
    status,
    method,
    value,
  ];
  if (!("interval" in estimate) || !estimate.interval)
    return [
      ...[...common, "", ...unknown, ...unknown, "", "", "", "", "", ""],
      "reason" in estimate ? estimate.reason : "",
    ];
  const { standardError, interval, level, pValue } = estimate;
  return [...common, standardError, ...interval, ...unknown, "", "", "", level, pValue, "", ""];
}

/** Shares of every arm over time and by segment, what is believed of it, and the gain so far at the end of each period. */
function banditRecords({
  arms,
  periods,
  segments,
  beliefs,
  gain,
  effects,
  rewards,
}: BanditRun): readonly (readonly Field[])[] {
  const played = { method: "served" };
  const all = arms.map(({ arm, share, decisions, mean }) =>
    banditRecord("share", arm, "", decisions, mean, { ...played, value: share }),
  );
  const overTime = periods.flatMap(({ from, decisions, served, gain }) => [
    ...(served ?? []).map((value, i) =>
      banditRecord("share", arms[i]?.arm ?? "", `from=${from}`, decisions * value, null, {
        ...played,
        value,
      }),
    ),
    banditRecord("gain", "", `from=${from}`, decisions, null, gain),
  ]);
  const bySegment = segments.flatMap(({ field, levels }) =>
    levels.flatMap(({ level, decisions, served }) =>
      served.map((value, i) =>
        banditRecord("share", arms[i]?.arm ?? "", `${field}=${level}`, decisions * value, null, {
          ...played,
          value,
        }),
      ),
    ),
  );
  const believed = beliefs.flatMap(({ cell, arms }) => {
    const levels = Object.entries(cell).map(([field, level]) => `${field}=${level}`);
    return arms.map(({ arm, best, mean }) =>
      banditRecord("best", arm, levels.join("; "), 0, mean, { method: "posterior", value: best }),
    );
  });
  const fromControl = effects.flatMap(({ arm, fixed, anytime, mixture }) => {
    const own = arms.find((each) => each.arm === arm);
    return [fixed, anytime, ...(mixture ? [mixture] : [])].map((estimate) =>
      banditRecord("effect", arm, "", own?.rewards ?? 0, own?.mean ?? null, estimate),
    );
  });
  return [
    ...all,
    banditRecord("gain", "", "", rewards, null, gain),
    ...fromControl,
    ...overTime,
    ...bySegment,
    ...believed,
  ];
}

function render({ report, macro, rules, micro, findings }: ReportView): string {
  const records = [
    ...macro.flatMap((view) => readings(view, "macro")),
    ...macro.flatMap(otherRecords),
    ...(report.adjustments ?? []).map(adjustmentRecord),
    ...(report.caps ?? []).map(capRecord),
    ...(report.clusters ? [clustersRecord(report.clusters)] : []),
    ...(report.triggered ? [triggeredRecord(report.triggered)] : []),
    ...rules.flatMap(({ comparisons }) => comparisons).flatMap((view) => readings(view, "rules")),
    ...factorRecords(report),
    ...reasonRecords(report),
    ...levelRecords(report),
    ...micro.flatMap((view) => readings(view, "micro")),
    ...(report.ignoring ?? []).map(ignoringRecord),
    ...courseRecords(report),
    ...overTimeRecords(report),
    ...trendRecords(report),
    ...report.families.map(familyRecord),
    ...(report.bandit ? banditRecords(report.bandit) : []),
    ...findings.map(told),
  ];
  return [columns, ...records]
    .map((each) => each.map(field).join(","))
    .join("\r\n")
    .concat("\r\n");
}

/** A table of every number; its columns and numbers are written alike in every language. */
export const csv = {
  about: "print every comparison and finding as CSV",
  output: "printed",
  extension: ".csv",
  render,
} as const satisfies ReportFormat;

/**
 * Every macro and micro comparison as two lines of a table, difference and lift, at full precision; of a bandit's run
 * shares (over time, by segment), gains so far and probabilities of being best; then the families of tests, each with the
 * error that it shares, and the findings in words.
 * @param report   the analysis
 * @param options  language of the findings
 * @returns CSV with a header, RFC 4180 (CRLF); fractions and p-values as numbers, with a decimal point
 * @throws ExperimentError `unknown_key` for an option that does not exist, `unknown_name` at ["lang"] for a language that
 *         reports do not speak; `missing_value`, `wrong_type` or `unsupported_format` within ["report"]
 */
export function toCsv(report: Report, options: LanguageOptions = {}): string {
  return render(askedView(report, options));
}
