import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { square } from "../../core/powers.js";
import {
  type ErrorPath,
  ExperimentError,
  requireList,
  requireNumber,
  requireObject,
  wrong_length,
} from "../../errors/index.js";
import { cholesky, invert, packedIndex } from "../../linear/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { symmetricEstimate } from "../inference/symmetric-estimate.js";
import { studentTail } from "../inference/tail.js";
import { type ClusterCorrection, type ClusterSums, clusteredFit } from "./clustered-fit.js";
import { requireLabel } from "./require-label.js";

/** Variance of a fit: one for all (`ols`), each row's own (White), or the clusters' own. */
export type FitVariance = "ols" | "hc0" | "hc1" | "hc2" | "hc3" | ClusterCorrection;

/** Options of {@link leastSquares}. */
export interface LeastSquaresOptions extends EstimateOptions {
  /** Default `"hc2"`, or `"cr2"` with clusters. */
  readonly variance?: FitVariance;
  /** The cluster each row belongs to; needed for the `cr…` variances. */
  readonly clusters?: ArrayLike<string | number>;
}

const clustered = ["cr0", "cr1", "cr1s", "cr2"] as const;
const plain = ["ols", "hc0", "hc1", "hc2", "hc3"] as const;

const leastSquaresFields = {
  ...estimateFields,
  variance: { kind: "word", of: [...plain, ...clustered], optional: true },
  clusters: { kind: "anything", optional: true },
} as const satisfies FieldsFor<LeastSquaresOptions>;

/**
 * Least squares on raw rows with heteroscedastic or cluster-robust variances; for models that moments do not cover.
 * An intercept is not added: give a column of ones.
 * @param columns  regressors by name, each as long as the outcome, not collinear
 * @param outcome  one value per row, more rows than columns
 * @param options  variance; clusters; level, default 0.95; alternative, default two-sided
 * @returns an Estimate a column, by name: value is the coefficient; statistic t on rows − columns df (`cr2`:
 *          Satterthwaite's, other `cr…`: clusters − 1); `degenerate` where the fit leaves no residual
 * @throws ExperimentError `wrong_length` at ["columns", name] or ["options", "clusters"]; `not_finite` at
 *         ["columns", name, i] or ["outcome", i]; `insufficient_data` at ["outcome", "length"] or
 *         ["options", "clusters"]; `singular_matrix` for collinear columns; `unknown_name` at ["options", "variance"];
 *         `unknown_key` at ["options", …]
 * @source White (1980), Econometrica 48; MacKinnon & White (1985); Bell & McCaffrey (2002), Survey Methodology 28
 * @checked test/reference/adjustment.json, clusters.json — statsmodels 0.13.5, R 4.2.2 clubSandwich 0.5.8
 * @example
 * const fit = leastSquares({ constant: [1, 1, 1, 1], price: [1, 2, 3, 4] }, [9, 7, 6, 3]);
 * fit.price?.value; // -1.9
 * fit.constant?.value; // 11
 */
export function leastSquares(
  columns: Readonly<Record<string, ArrayLike<number>>>,
  outcome: ArrayLike<number>,
  options: LeastSquaresOptions = {},
): Readonly<Record<string, Estimate>> {
  checkOptions(options, leastSquaresFields);
  requireObject(columns, ["columns"]);
  requireList(outcome, ["outcome"]);
  const names = Object.keys(columns);
  const [n, p] = [outcome.length, names.length];
  const { clusters } = options;
  const kind = options.variance ?? (clusters ? "cr2" : "hc2");
  const robust = (clustered as readonly string[]).includes(kind);
  requireUnits(p, ["columns"], 1);
  requireUnits(n, ["outcome", "length"], p + 1);
  for (const name of names) {
    const column = columns[name];
    requireList(column, ["columns", name]);
    checkLength(column, n, ["columns", name]);
    for (let i = 0; i < n; i++) requireNumber(column[i], ["columns", name, i]);
  }
  for (let i = 0; i < n; i++) requireNumber(outcome[i], ["outcome", i]);
  const rowOf = (i: number) => names.map((name) => (columns[name] as ArrayLike<number>)[i] as number);
  const labels = clusters ?? [];
  requireList(labels, ["options", "clusters"]);
  if (robust || clusters) checkLength(labels, n, ["options", "clusters"]);
  const values = robust
    ? byCluster(rowOf, outcome, labels, p, kind as ClusterCorrection)
    : byRow(rowOf, outcome, p, kind as (typeof plain)[number]);
  let scale = 0;
  for (let i = 0; i < n; i++) scale = Math.max(scale, Math.abs(outcome[i] as number));
  return Object.fromEntries(
    names.map((name, at) => {
      const { value, variance, df } = values[at] as Coefficient;
      const column = columns[name] as ArrayLike<number>;
      let size = 0;
      for (let i = 0; i < n; i++) size = Math.max(size, Math.abs(column[i] as number));
      const noise = 1e-24 * square(scale / size);
      const error = variance > noise ? Math.sqrt(variance) : 0;
      return [
        name,
        symmetricEstimate(`least-squares-${kind}`, value, error, studentTail(df > 0 ? df : 1), options),
      ];
    }),
  );
}

function checkLength(list: ArrayLike<unknown>, length: number, path: ErrorPath): void {
  if (list.length !== length)
    throw new ExperimentError({ wrong_length }, path, list.length, {
      expected: { length },
      other: "outcome",
    });
}

interface Coefficient {
  readonly value: number;
  readonly variance: number;
  readonly df: number;
}

function byCluster(
  rowOf: (i: number) => number[],
  outcome: ArrayLike<number>,
  labels: ArrayLike<string | number>,
  p: number,
  correction: ClusterCorrection,
): Coefficient[] {
  const sums = new Map<string | number, { gram: number[][]; cross: number[]; n: number }>();
  for (let i = 0; i < outcome.length; i++) {
    const label = labels[i];
    requireLabel(label, ["options", "clusters", i]);
    const own = sums.get(label) ?? {
      gram: Array.from({ length: p }, () => new Array<number>(p).fill(0)),
      cross: new Array<number>(p).fill(0),
      n: 0,
    };
    const row = rowOf(i);
    row.forEach((a, j) => {
      own.cross[j] = (own.cross[j] as number) + a * (outcome[i] as number);
      const line = own.gram[j] as number[];
      row.forEach((b, k) => {
        line[k] = (line[k] as number) + a * b;
      });
    });
    own.n += 1;
    sums.set(label, own);
  }
  requireUnits(sums.size, ["options", "clusters"], 2);
  const fit = clusteredFit([...sums.values()] satisfies ClusterSums[]);
  return fit.coefficients.map((value, at) => ({ value, ...fit.variance(at, correction) }));
}

function byRow(
  rowOf: (i: number) => number[],
  outcome: ArrayLike<number>,
  p: number,
  kind: (typeof plain)[number],
): Coefficient[] {
  const n = outcome.length;
  const gram = new Array<number>((p * (p + 1)) / 2).fill(0);
  const cross = new Array<number>(p).fill(0);
  for (let i = 0; i < n; i++) {
    const row = rowOf(i);
    for (let j = 0; j < p; j++) {
      cross[j] = (cross[j] as number) + (row[j] as number) * (outcome[i] as number);
      for (let k = 0; k <= j; k++) {
        const at = packedIndex(j, k);
        gram[at] = (gram[at] as number) + (row[j] as number) * (row[k] as number);
      }
    }
  }
  const packed = invert(cholesky(gram, p), p);
  const times = (x: readonly number[]) =>
    x.map((_, j) => x.reduce((sum, value, k) => sum + value * (packed[packedIndex(j, k)] as number), 0));
  const beta = times(cross);
  const meat = new Array<number>(p).fill(0);
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const row = rowOf(i);
    const spread = times(row);
    const leverage = spread.reduce((sum, value, j) => sum + value * (row[j] as number), 0);
    const gap = row.reduce((rest, value, j) => rest - value * (beta[j] as number), outcome[i] as number);
    squares += gap * gap;
    const left = Math.max(1e-12, 1 - leverage);
    const weight = kind === "hc2" ? (gap * gap) / left : kind === "hc3" ? square(gap / left) : gap * gap;
    for (let j = 0; j < p; j++) meat[j] = (meat[j] as number) + weight * square(spread[j] as number);
  }
  const df = n - p;
  return beta.map((value, j) => {
    const own = meat[j] as number;
    const variance =
      kind === "ols"
        ? (squares / df) * (packed[packedIndex(j, j)] as number)
        : kind === "hc1"
          ? (own * n) / df
          : own;
    return { value, variance, df };
  });
}
