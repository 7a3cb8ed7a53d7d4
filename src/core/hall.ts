/**
 * Hall's transformation of a studentised statistic, which takes its skewness away.
 * @source Hall (1992), JRSS B 54
 */
export function hall(statistic: number, skewness: number): number {
  const s = skewness * statistic;
  return statistic * (1 + s / 3 + (s * s) / 27) + skewness / 6;
}

/** The statistic that {@link hall} takes to `transformed`. */
export function hallInverse(transformed: number, skewness: number): number {
  const u = skewness * (transformed - skewness / 6);
  // (cbrt(1 + u) − 1)/skewness without its cancellation for small skewness.
  const root = Math.cbrt(1 + u);
  return (3 * (transformed - skewness / 6)) / (root * root + root + 1);
}
