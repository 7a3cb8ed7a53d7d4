import type { Estimate } from "../../core/estimate.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkOptions } from "../inference/check-options.js";
import { readLevel } from "../inference/read-options.js";
import { degenerate } from "../inference/symmetric-estimate.js";
import { normalTail } from "../inference/tail.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { checkProportions, type Proportion, rateDifference } from "../proportions/proportion.js";
import { restrictedError } from "../proportions/restricted-rate.js";
import { unpooledError } from "../proportions/wald.js";
import { type MarginOptions, marginFields, signOf } from "./non-inferiority.js";

/** The family of tests of a difference against a margin: each one's standard error at a hypothetical difference. */
export const marginTests = {
  "farrington-manning": (c: Proportion, t: Proportion, at: number) => restrictedError(c, t, at, 1),
  "miettinen-nurminen": (c: Proportion, t: Proportion, at: number) =>
    restrictedError(c, t, at, (c.n + t.n) / (c.n + t.n - 1)),
  wald: (c: Proportion, t: Proportion, _at: number) => unpooledError(c, t),
} as const;

/** Name of a test of a difference against a margin. */
export type MarginTest = keyof typeof marginTests;

const marginTestFields = {
  ...marginFields,
  margin: { kind: "number", above: 0, below: 1 },
  test: { kind: "word", of: ["farrington-manning", "miettinen-nurminen", "wald"], optional: true },
} as const satisfies FieldsFor<MarginOptions & { readonly test?: MarginTest }>;

/**
 * Whether a treatment's rate is worse than the control's by less than a margin.
 * @param control    successes x among n units
 * @param treatment  the same of the other arm
 * @param options    margin, a difference of rates in (0, 1); better, default `"higher"`; test: `"farrington-manning"`
 *                   (default), `"miettinen-nurminen"`, `"wald"`; level of the one-sided bound, default 0.95
 * @returns Estimate: value = treatment − control rate; pValue of "worse by the margin or more" (small: non-inferior);
 *          the interval is the same test's one-sided bound; `degenerate` under `wald` when nothing varies
 * @throws ExperimentError `negative_count`, `insufficient_data` or `out_of_range` at the field's path; `out_of_range` at
 *         ["options", "margin"] or ["options", "level"]; `unknown_name` at ["options", "test"] or ["options", "better"];
 *         `unknown_key` at ["options", …]
 * @source Farrington & Manning (1990), Statistics in Medicine 9; Miettinen & Nurminen (1985), Statistics in Medicine 4
 * @checked test/reference/non-inferiority.json — mpmath 1.2.1
 * @example
 * nonInferiorProportions({ x: 100, n: 1000 }, { x: 98, n: 1000 }, { margin: 0.03 }).pValue; // 0.01868
 */
export function nonInferiorProportions(
  control: Proportion,
  treatment: Proportion,
  options: MarginOptions & { readonly test?: MarginTest },
): Estimate {
  checkOptions(options, marginTestFields);
  checkProportions(control, treatment);
  const sign = signOf(options);
  const { test = "farrington-manning" } = options;
  const level = readLevel(options);
  const method = `non-inferiority-${test}`;
  const value = rateDifference(control, treatment);
  const error = (at: number) => marginTests[test](control, treatment, at);
  const standardError = error(-sign * options.margin);
  if (standardError === 0) return degenerate(method, value, level);
  const score = (at: number) => (value === at ? 0 : (sign * (value - at)) / error(at));
  const statistic = score(-sign * options.margin);
  const critical = normalTail.critical(1 - level);
  const reach = (at: number) => Math.max(-1e9, Math.min(1e9, score(at))) - critical;
  // Wald's bound may leave [−1, 1]; the score tests' cannot.
  const end = test === "wald" ? value - sign * (critical * standardError) : -sign;
  const bound = test === "wald" || value === end ? end : bracketedRoot(reach, end, value, 1e-13);
  return {
    status: "ok",
    method,
    value,
    standardError,
    interval: sign > 0 ? [bound, Number.POSITIVE_INFINITY] : [Number.NEGATIVE_INFINITY, bound],
    level,
    pValue: normalTail.survival(statistic),
    statistic,
  };
}
