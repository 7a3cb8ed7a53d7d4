import { ExperimentError, requireObject, wrong_length } from "../errors/index.js";
import { checkFields, type FieldsFor } from "../shapes/index.js";
import { argument, degrees, probability } from "./argument.js";
import { normalPdf, normalSurvival } from "./normal.js";
import { findTail } from "./root.js";
import { scaleAverage } from "./scale-average.js";
import { trapezoid } from "./trapezoid.js";

/** A family of comparisons of treatments with one control. */
export interface DunnettDesign {
  /** Number of treatments compared with the control, integer ≥ 1. */
  readonly comparisons: number;
  /**
   * Treatment units per control unit, one number for all or one a treatment; default 1. Two comparisons are
   * correlated by √(rᵢ/(1+rᵢ)) · √(rⱼ/(1+rⱼ)): ½ in equal groups. With unequal variances, the control's
   * squared standard error over the treatment's.
   */
  readonly ratio?: number | readonly number[];
  /** Degrees of freedom of the shared variance; default Infinity, the multivariate normal. */
  readonly df?: number;
  /** `"two-sided"` (default): the largest |t|; `"greater"`: the largest t. */
  readonly alternative?: "two-sided" | "greater";
}

const ratioShape = { kind: "number", atLeast: 1e-100, atMost: 1e100 } as const;

const designFields = {
  comparisons: { kind: "number", atLeast: 1, whole: true },
  ratio: { kind: "either", of: [ratioShape, { kind: "list", of: ratioShape }], optional: true },
  // Infinity is allowed here, and never within a shape's bounds.
  df: { kind: "anything", optional: true },
  alternative: { kind: "word", of: ["two-sided", "greater"], optional: true },
} as const satisfies FieldsFor<DunnettDesign>;

/** P(largest t > c), given c. */
function tailOf(design: DunnettDesign): (c: number) => number {
  requireObject(design, ["design"]);
  checkFields(design, designFields);
  const { comparisons, ratio = 1, df = Infinity, alternative = "two-sided" } = design;
  degrees(df);
  const twoSided = alternative === "two-sided";
  const single = typeof ratio === "number";
  const ratios = single ? [ratio] : ratio;
  if (!single && ratios.length !== comparisons)
    throw new ExperimentError({ wrong_length }, ["ratio"], ratios.length, {
      expected: { length: comparisons },
      other: "comparisons",
    });
  // t_i = load·z + rest·e_i, with the control's z shared; equal treatments are counted together
  const counts = new Map<number, number>();
  for (const each of ratios) counts.set(each, (counts.get(each) ?? 0) + (single ? comparisons : 1));
  const groups = [...counts].map(
    ([each, count]) => [Math.sqrt(each / (1 + each)), Math.sqrt(1 + each), count] as const,
  );
  // the larger a treatment beside the control, and the more of them, the more sharply the tail turns in z
  const step = Math.max(
    0.3 / Math.sqrt(Math.max(1, ...counts.keys())) / (1 + 0.3 * Math.log(comparisons)),
    1e-4,
  );
  const given = (c: number) =>
    trapezoid(
      (z) => {
        let none = 0;
        for (const [load, scale, count] of groups) {
          const tail = normalSurvival((c - load * z) * scale);
          none +=
            count * Math.log1p(-Math.min(twoSided ? tail + normalSurvival((c + load * z) * scale) : tail, 1));
        }
        return -normalPdf(z) * Math.expm1(none);
      },
      -9 - Math.abs(c),
      9 + Math.abs(c),
      step,
    );
  return (c) => {
    if (c <= 0 && twoSided) return 1;
    if (Math.abs(c) === Infinity) return c > 0 ? 0 : 1;
    return Math.min(
      scaleAverage((s) => given(c * s), df),
      1,
    );
  };
}

/**
 * Dunnett's simultaneous p-value, P(largest of the family's statistics > t).
 * @param t       the statistic; its absolute value when the design is two-sided
 * @param design  number of comparisons, treatment units per control unit, degrees of freedom, alternative
 * @returns probability, relative error about 1e-10 in the upper tail too
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range`, `wrong_type` at ["t"] or the design's key; `unknown_key`,
 *         `unknown_name` or `wrong_length` at the design's key
 * @source Dunnett (1955), JASA 50: product correlations reduce the multivariate t to two integrals
 * @checked test/reference/multiple-comparisons.json — R 4.2.2 mvtnorm, SciPy 1.17
 * @example
 * dunnettSurvival(2.3, { comparisons: 3, df: 60 }); // 0.06466
 */
export function dunnettSurvival(t: number, design: DunnettDesign): number {
  argument(t, "t");
  return tailOf(design)(t);
}

/**
 * Dunnett's distribution function, P(largest of the family's statistics ≤ t).
 * @param t       the statistic; its absolute value when the design is two-sided
 * @param design  number of comparisons, treatment units per control unit, degrees of freedom, alternative
 * @returns probability, absolute error about 1e-12
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range`, `wrong_type` at ["t"] or the design's key; `unknown_key`,
 *         `unknown_name` or `wrong_length` at the design's key
 * @source as `dunnettSurvival`
 * @example
 * dunnettCdf(2.3, { comparisons: 3, df: 60 }); // 0.9353
 */
export function dunnettCdf(t: number, design: DunnettDesign): number {
  return 1 - dunnettSurvival(t, design);
}

/**
 * Dunnett's critical value: the t with P(largest of the family's statistics > t) = p.
 * @param p       probability in [0, 1], e.g. 1 − level
 * @param design  number of comparisons, treatment units per control unit, degrees of freedom, alternative
 * @returns t; Infinity at p = 0
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range`, `wrong_type` at ["p"] or the design's key; `unknown_key`,
 *         `unknown_name` or `wrong_length` at the design's key
 * @source bracketed secant method on the logarithm of the tail
 * @example
 * dunnettSurvivalQuantile(0.05, { comparisons: 3, df: 60 }); // 2.41
 */
export function dunnettSurvivalQuantile(p: number, design: DunnettDesign): number {
  probability(p);
  const tail = tailOf(design);
  return findTail(tail, p, design.alternative === "greater" ? -Infinity : 0);
}

/**
 * Dunnett quantile: the t with P(largest of the family's statistics ≤ t) = p.
 * @param p       probability in [0, 1], e.g. the level
 * @param design  number of comparisons, treatment units per control unit, degrees of freedom, alternative
 * @returns t; Infinity at p = 1
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range`, `wrong_type` at ["p"] or the design's key; `unknown_key`,
 *         `unknown_name` or `wrong_length` at the design's key
 * @source as `dunnettSurvivalQuantile`
 * @example
 * dunnettQuantile(0.95, { comparisons: 3, df: 60 }); // 2.41
 */
export function dunnettQuantile(p: number, design: DunnettDesign): number {
  return dunnettSurvivalQuantile(1 - probability(p), design);
}
