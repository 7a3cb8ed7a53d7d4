import { chiSquareSurvival } from "../../distributions/index.js";
import { ExperimentError, wrong_length } from "../../errors/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkOptions } from "../inference/check-options.js";
import { contingency } from "./contingency.js";

/** One cell's part of a statistic of independence. */
const terms = {
  pearson: (observed: number, expected: number) => ((observed - expected) * (observed - expected)) / expected,
  yates: (observed: number, expected: number) => {
    const gap = Math.abs(observed - expected);
    const corrected = gap - Math.min(0.5, gap);
    return (corrected * corrected) / expected;
  },
  g: (observed: number, expected: number) => {
    if (observed === 0) return 2 * expected;
    const excess = (observed - expected) / expected;
    // 2 (o log(o/e) − (o − e)): the same sum over a table, but every term is positive and nothing cancels.
    return 2 * (observed * Math.log1p(excess) - (observed - expected));
  },
} as const;

/** Pearson's χ², the same with Yates's continuity correction, or the likelihood ratio G. */
export type IndependenceStatistic = keyof typeof terms;

const independenceFields = {
  statistic: { kind: "word", of: ["pearson", "yates", "g"], optional: true },
} as const satisfies FieldsFor<{ readonly statistic?: IndependenceStatistic }>;

/** What a test of independence says. */
export type Independence =
  | {
      readonly status: "ok";
      readonly method: IndependenceStatistic;
      readonly statistic: number;
      readonly df: number;
      readonly pValue: number;
    }
  | { readonly status: "degenerate"; readonly method: IndependenceStatistic; readonly reason: string };

/**
 * Test of independence in a table of counts (arms × outcomes).
 * @param table    rows of counts, at least 2 × 2
 * @param options  statistic: `"pearson"` (default), `"g"`, or `"yates"` (2 × 2 tables only)
 * @returns statistic, df = (rows − 1)(columns − 1), pValue in [0, 1]; `degenerate` when a row or column is empty
 * @throws ExperimentError `wrong_length` at ["table"] or ["table", i]; `negative_count` at ["table", i, j];
 *         `insufficient_data` at ["table"]; `unknown_name` at ["options", "statistic"];
 *         `unknown_key` at ["options", …]
 * @source Pearson (1900); Yates (1934), Supplement to JRSS 1; Wilks (1938) for G
 * @checked test/reference/tables.json — mpmath 1.2.1, SciPy 1.10.1
 * @example
 * const found = independence([
 *   [30, 70],
 *   [45, 55],
 * ]);
 * found.status === "ok" && found.pValue; // 0.02846
 */
export function independence(
  table: readonly (readonly number[])[],
  options: { readonly statistic?: IndependenceStatistic } = {},
): Independence {
  checkOptions(options, independenceFields);
  const { statistic: method = "pearson" } = options;
  const { rows, columns, total } = contingency(table);
  const df = (rows.length - 1) * (columns.length - 1);
  if (method === "yates" && df !== 1) {
    const [path, length] = rows.length > 2 ? [["table"], rows.length] : [["table", 0], columns.length];
    throw new ExperimentError({ wrong_length }, path, length, { expected: { length: 2 } });
  }
  if (rows.includes(0) || columns.includes(0))
    return { status: "degenerate", method, reason: "a row or a column of the table is empty" };
  const term = terms[method];
  let statistic = 0;
  table.forEach((row, i) => {
    row.forEach((observed, j) => {
      statistic += term(observed, ((rows[i] as number) * (columns[j] as number)) / total);
    });
  });
  return { status: "ok", method, statistic, df, pValue: chiSquareSurvival(statistic, df) };
}
