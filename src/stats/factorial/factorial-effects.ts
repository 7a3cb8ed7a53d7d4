import type { Level } from "../../core/definition.js";
import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { cholesky, invert, packedIndex } from "../../linear/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { correctionNames } from "../corrections/adjust.js";
import { type Correction, corrections } from "../corrections/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { symmetricEstimate } from "../inference/symmetric-estimate.js";
import { normalTail, studentTail } from "../inference/tail.js";
import { checkScalarMoments } from "../moments/check-moments.js";
import { independentColumns } from "./alias.js";
import { checkDesign, designColumns, type Factor, type FactorialCell } from "./terms.js";

/** The variance of a least-squares fit: one for all cells, or each cell's own with White's corrections. */
export type FactorialVariance = "ols" | "hc0" | "hc1" | "hc2" | "hc3";

/** Options of {@link factorialEffects}. */
export interface FactorialOptions extends EstimateOptions {
  /** Highest order of interaction fitted; default all. */
  readonly order?: number;
  /** Default `"hc2"`, which in a full factorial is each cell's own sample variance. */
  readonly variance?: FactorialVariance;
  /** Over all effects but the mean; default `"holm"`. */
  readonly correction?: Correction;
  /** Reference distribution; default `"t"` with Satterthwaite's df. */
  readonly critical?: "t" | "normal";
}

const factorialFields = {
  ...estimateFields,
  order: { kind: "number", atLeast: 1, whole: true, optional: true },
  variance: { kind: "word", of: ["ols", "hc0", "hc1", "hc2", "hc3"], optional: true },
  correction: { kind: "word", of: correctionNames, optional: true },
  critical: { kind: "word", of: ["t", "normal"], optional: true },
} as const satisfies FieldsFor<FactorialOptions>;

/** One effect of a factorial design. */
export interface FactorialEffect {
  /** Factors in it: one for a main effect, more for an interaction. */
  readonly factors: readonly string[];
  /** The levels it speaks of, one per factor. */
  readonly levels: readonly Level[];
  /** Coefficient of the effect-coded column: half the difference between two levels. */
  readonly coefficient: number;
  /**
   * Where all its factors have two levels, twice the coefficient, as textbooks have it: of one factor the difference between its
   * levels, of two half of how much one changes the other's difference; else the coefficient. Carries pAdjusted.
   */
  readonly effect: Estimate;
  /** Effects the design cannot tell from this one; they were not fitted. */
  readonly aliases: readonly string[];
}

/** What a factorial design says. */
export interface FactorialFit {
  /** Unweighted mean over the fitted cells, with its standard error. */
  readonly mean: Estimate;
  readonly effects: readonly FactorialEffect[];
  /** Units, and coefficients fitted. */
  readonly n: number;
  readonly fitted: number;
}

/**
 * Main effects and interactions of a multivariate test from its cells' moments: effect coding, least squares, variances
 * that may differ between cells. In a fraction of the full design, effects that cannot be distinguished are named as
 * aliases of the lowest order one.
 * @param factors  two or more levels each, the first being the reference; a multivariate definition's `factors`
 * @param cells    outcomes at each combination met; n ≥ 2 in each, or n ≥ 1 where the fit leaves degrees of freedom
 * @param options  order, variance, correction, critical, level (default 0.95), alternative
 * @returns the mean and every effect with an Estimate in the outcome's unit, adjusted over all effects; effects come
 *          `degenerate` when no cell varies
 * @throws ExperimentError `insufficient_data` at ["factors"], ["cells"] or ["cells", i, "moments", "n"];
 *         `duplicate_key` at ["factors", i, …]; `unknown_name` or `unknown_factor` at ["cells", i, "levels", name];
 *         `unknown_key` at ["options", …], `unknown_name` at the option's key; `too_few_levels` at
 *         ["factors", i, "levels"]; `out_of_range` at ["options", "order"]; what `checkScalarMoments` throws
 * @source Yates (1937); Box, Hunter & Hunter (2005), Statistics for Experimenters, ch. 5; White (1980), Econometrica 48; MacKinnon & White (1985), Journal of Econometrics 29
 * @checked test/reference/factorial.json — statsmodels 0.13.5
 * @example
 * const factors = [
 *   { name: "headline", levels: ["old", "new"] },
 *   { name: "image", levels: ["photo", "video"] },
 * ];
 * const cell = (headline: string, image: string, mean: number) => ({
 *   levels: { headline, image },
 *   moments: { n: 1000, mean, m2: 4000 },
 * });
 * const { effects } = factorialEffects(factors, [
 *   cell("old", "photo", 10),
 *   cell("new", "photo", 10.3),
 *   cell("old", "video", 10.2),
 *   cell("new", "video", 10.9),
 * ]);
 * effects.map(({ factors, effect }) => [factors.join(":"), effect.value]);
 * // [["headline", 0.5], ["image", 0.4], ["headline:image", 0.2]]
 */
export function factorialEffects(
  factors: readonly Factor[],
  cells: readonly FactorialCell[],
  options: FactorialOptions = {},
): FactorialFit {
  checkOptions(options, factorialFields);
  checkDesign(factors, cells);
  const { order = factors.length, variance: kind = "hc2", correction = "holm" } = options;
  cells.forEach(({ moments }, i) => {
    checkScalarMoments(moments, ["cells", i, "moments"]);
    requireUnits(moments.n, ["cells", i, "moments", "n"], 1);
  });
  const { columns, aliases } = independentColumns(designColumns(factors, cells, order));
  const p = columns.length;
  const n = cells.reduce((sum, { moments }) => sum + moments.n, 0);
  const single = cells.findIndex(({ moments }) => moments.n < 2);
  if (n <= p || (single >= 0 && p === cells.length))
    requireUnits(1, ["cells", Math.max(0, single), "moments", "n"], 2);

  const gram = new Array<number>((p * (p + 1)) / 2).fill(0);
  const cross = new Array<number>(p).fill(0);
  const shift = (cells[0] as FactorialCell).moments.mean;
  cells.forEach(({ moments }, c) => {
    for (let i = 0; i < p; i++) {
      const code = (columns[i]?.codes[c] as number) * moments.n;
      cross[i] = (cross[i] as number) + code * (moments.mean - shift);
      for (let j = 0; j <= i; j++) {
        const at = packedIndex(i, j);
        gram[at] = (gram[at] as number) + code * (columns[j]?.codes[c] as number);
      }
    }
  });
  const inverse = invert(cholesky(gram, p), p);
  const row = (i: number) => Array.from({ length: p }, (_, j) => inverse[packedIndex(i, j)] as number);
  const beta = cross.map((_, i) => row(i).reduce((sum, value, j) => sum + value * (cross[j] as number), 0));
  /** How each cell's mean enters a coefficient. */
  const weights = (i: number) => {
    const own = row(i);
    return cells.map(({ moments }, c) =>
      own.reduce((sum, value, j) => sum + value * (columns[j]?.codes[c] as number) * moments.n, 0),
    );
  };
  const leverages = cells.map((_, c) => {
    let sum = 0;
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++)
        sum +=
          (columns[i]?.codes[c] as number) *
          (columns[j]?.codes[c] as number) *
          (inverse[packedIndex(i, j)] as number);
    return sum;
  });
  // A gap below the rounding of the means counts as zero.
  const size = Math.max(...cells.map(({ moments }) => Math.abs(moments.mean - shift)));
  const squares = cells.map(({ moments }, c) => {
    const fit = beta.reduce((sum, value, i) => sum + value * (columns[i]?.codes[c] as number), 0);
    const gap = moments.mean - shift - fit;
    return moments.m2 + (Math.abs(gap) > 1e-12 * size ? moments.n * gap * gap : 0);
  });
  const common = squares.reduce((sum, value) => sum + value, 0) / (n - p);
  /** Variance of one unit's residual in a cell. */
  const cellVariance = (c: number) => {
    const own = (squares[c] as number) / (cells[c] as FactorialCell).moments.n;
    const rest = 1 - (leverages[c] as number);
    if (kind === "ols") return common;
    if (kind === "hc0") return own;
    if (kind === "hc1") return (own * n) / (n - p);
    return rest > 1e-12 ? own / (kind === "hc2" ? rest : rest * rest) : common;
  };
  const estimate = (i: number, scale: number): Estimate => {
    let variance = 0;
    let spread = 0;
    weights(i).forEach((weight, c) => {
      const { n: size } = (cells[c] as FactorialCell).moments;
      const part = (weight * weight * cellVariance(c)) / size;
      variance += part;
      spread += (part * part) / Math.max(1, size - 1);
    });
    const df = kind === "ols" ? n - p : (variance * variance) / spread;
    const value = scale * ((beta[i] as number) + (i === 0 ? shift : 0));
    const tail = options.critical === "normal" || !(df > 0) ? normalTail : studentTail(df);
    return symmetricEstimate(
      `factorial-${kind}`,
      value,
      Math.abs(scale) * Math.sqrt(variance),
      tail,
      options,
    );
  };
  const plain = columns.slice(1).map((column, at) => {
    const twoLevels = column.factors.every(
      (name) => factors.find((f) => f.name === name)?.levels.length === 2,
    );
    return {
      factors: column.factors,
      levels: column.levels,
      coefficient: beta[at + 1] as number,
      effect: estimate(at + 1, twoLevels ? 2 : 1),
      aliases: aliases[at + 1] as readonly string[],
    };
  });
  const tested = plain.flatMap(({ effect }) => (effect.status === "ok" ? [effect.pValue] : []));
  const adjusted = corrections[correction](tested);
  let next = 0;
  return {
    mean: estimate(0, 1),
    effects: plain.map((each) =>
      each.effect.status === "ok"
        ? { ...each, effect: { ...each.effect, pAdjusted: adjusted[next++] as number } }
        : each,
    ),
    n,
    fitted: p,
  };
}
