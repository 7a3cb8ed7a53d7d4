import { square } from "../../core/powers.js";
import type { Proportion } from "./proportion.js";
import { restrictedRate } from "./restricted-rate.js";

/**
 * The normal deviate z that solves z = score − (z² − 1) · skewness / 6: a score corrected for its own skewness.
 * @param score     observed − hypothetical, in standard errors under the hypothesis
 * @param skewness  third central moment over the cube of that standard error
 * @source Gart & Nam (1988), Biometrics 44; the stable root of Laud (2017), Pharmaceutical Statistics 16, eq. 3
 */
export function skewCorrected(score: number, skewness: number): number {
  const sixth = skewness / 6;
  const discriminant = 1 + 4 * sixth * (score + sixth);
  return (2 * (score + sixth)) / (1 + Math.sqrt(Math.max(0, discriminant)));
}

/** The deviate of a gap whose variance and third moment are known under the hypothesis. */
function deviate(gap: number, variance: number, third: number): number {
  if (!(variance > 0)) return gap === 0 ? 0 : gap * Number.POSITIVE_INFINITY;
  const error = Math.sqrt(variance);
  return skewCorrected(gap / error, third / (variance * error));
}

const spread = (rate: number): number => Math.max(0, rate * (1 - rate));

/**
 * Deviate of the observed difference under a hypothesis about it; falls as the hypothetical difference grows.
 * @param observed      treatment − control rate
 * @param hypothetical  in [−1, 1]
 */
export function differenceDeviate(
  control: Proportion,
  treatment: Proportion,
  observed: number,
  hypothetical: number,
): number {
  const n = control.n + treatment.n;
  const p = restrictedRate(control, treatment, hypothetical);
  const q = Math.min(1, Math.max(0, p + hypothetical));
  const [sp, sq] = [spread(p), spread(q)];
  return deviate(
    observed - hypothetical,
    (sq / treatment.n + sp / control.n) * (n / (n - 1)),
    (sq * (1 - 2 * q)) / square(treatment.n) - (sp * (1 - 2 * p)) / square(control.n),
  );
}

/**
 * Deviate of the observed rates under a hypothesis about their ratio; falls as the hypothetical ratio grows.
 * @param ratio  treatment over control, in (0, ∞)
 */
export function ratioDeviate(control: Proportion, treatment: Proportion, ratio: number): number {
  const n = control.n + treatment.n;
  const x = control.x + treatment.x;
  const b = (treatment.n + control.x) * ratio + treatment.x + control.n;
  // Of the quadratic n·ratio·p² − b·p + x the root that does not cancel.
  const p = (2 * x) / (b + Math.sqrt(Math.max(0, b * b - 4 * n * ratio * x)));
  const q = Math.min(1, p * ratio);
  const [sp, sq] = [spread(p), spread(q)];
  return deviate(
    treatment.x / treatment.n - (control.x / control.n) * ratio,
    (sq / treatment.n + (square(ratio) * sp) / control.n) * (n / (n - 1)),
    (sq * (1 - 2 * q)) / square(treatment.n) - (square(ratio) * ratio * sp * (1 - 2 * p)) / square(control.n),
  );
}
