import type { Report, Row } from "../analysis/report.js";

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
  "level",
  "p_value",
  "p_adjusted",
  "reason",
] as const;

type Field = string | number | null | undefined;

/** Quotes where CSV asks for it, and disarms text that a spreadsheet would run as a formula. */
function field(value: Field): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function record(grain: string, row: Row): readonly Field[] {
  const { metric, contrast, cell, scale, units, values, planned } = row;
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
    planned.status,
    planned.method,
  ];
  if (planned.status !== "ok")
    return [...common, planned.value, "", "", "", planned.level, "", "", planned.reason];
  const { value, standardError, interval, level, pValue, pAdjusted, flags = [] } = planned;
  return [...common, value, standardError, ...interval, level, pValue, pAdjusted, flags.join("; ")];
}

/**
 * Every macro and micro row as a line of a table, at full precision.
 * @param report the analysis
 * @returns CSV with a header, RFC 4180 (CRLF); fractions and p-values as numbers
 */
export function toCsv(report: Report): string {
  const records = [
    ...report.macro.map((row) => record("macro", row)),
    ...report.rules.map((row) => record("rules", row)),
    ...report.micro.map((row) => record("micro", row)),
  ];
  return [columns, ...records]
    .map((each) => each.map(field).join(","))
    .join("\r\n")
    .concat("\r\n");
}
