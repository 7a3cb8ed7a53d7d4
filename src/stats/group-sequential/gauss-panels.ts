/** Points and weights of the Gauss–Legendre rule of 16 points, the right half of [−1, 1]. */
const POINTS = [
  0.09501250983763744, 0.2816035507792589, 0.4580167776572274, 0.6178762444026437, 0.755404408355003,
  0.8656312023878318, 0.9445750230732326, 0.9894009349916499,
];
const WEIGHTS = [
  0.1894506104550685, 0.18260341504492358, 0.16915651939500254, 0.14959598881657674, 0.12462897125553388,
  0.09515851168249279, 0.062253523938647894, 0.027152459411754096,
];

/** Where an integrand is looked at, rising, and what each value weighs. */
export interface Quadrature {
  readonly at: Float64Array;
  readonly weight: Float64Array;
}

/**
 * Gauss–Legendre points of an interval cut into panels of equal width.
 * @param width  the widest a panel may be, > 0
 * @returns no points for an empty interval
 */
export function gaussPanels(low: number, high: number, width: number): Quadrature {
  const panels = high > low ? Math.ceil((high - low) / width) : 0;
  const at = new Float64Array(panels * 16);
  const weight = new Float64Array(panels * 16);
  const half = (high - low) / panels / 2;
  for (let panel = 0; panel < panels; panel++) {
    const middle = low + (2 * panel + 1) * half;
    POINTS.forEach((point, i) => {
      const right = panel * 16 + 8 + i;
      const left = panel * 16 + 7 - i;
      at[right] = middle + half * point;
      at[left] = middle - half * point;
      weight[right] = weight[left] = half * (WEIGHTS[i] as number);
    });
  }
  return { at, weight };
}
