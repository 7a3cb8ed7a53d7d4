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
export function deviate(gap: number, variance: number, third: number): number {
  if (!(variance > 0)) return gap === 0 ? 0 : gap * Number.POSITIVE_INFINITY;
  const error = Math.sqrt(variance);
  return skewCorrected(gap / error, third / (variance * error));
}
