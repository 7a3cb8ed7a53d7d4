/** The means of both arms of one level, and the variances of those means. */
export interface MeanPart {
  readonly level: number;
  readonly control: number;
  readonly treatment: number;
  readonly controlVariance: number;
  readonly treatmentVariance: number;
  /** Degrees of freedom of the two variances. */
  readonly controlDf: number;
  readonly treatmentDf: number;
}

/** A part seen along a ratio's angle: how far off it lies, and how long its baseline is along it. */
export function alongAngle(part: MeanPart, angle: number): { gap: number; variance: number; length: number } {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [a, b] = [part.controlVariance, part.treatmentVariance];
  const variance = b * cos * cos + a * sin * sin;
  return {
    gap: part.treatment * cos - part.control * sin,
    variance,
    length: (part.control * cos * b + part.treatment * sin * a) / variance,
  };
}

/**
 * The ratio of treatment to control means that fits some levels best when each has a baseline of its own: least squares
 * in units of the means' variances. Looked for as an angle, in which control and treatment play the same part.
 * @param parts  means ≥ 0, with a positive one on each side
 * @returns the ratio's angle, between 0 and π/2
 * @source the functional relationship of Deming regression through the origin, variances known
 */
export function commonAngle(parts: readonly MeanPart[]): number {
  let [low, high] = [0, Math.PI / 2];
  let [control, treatment] = [0, 0];
  for (const part of parts) {
    const weight = 1 / (part.controlVariance + part.treatmentVariance);
    control += weight * part.control;
    treatment += weight * part.treatment;
  }
  let angle = Math.atan2(treatment, control);
  for (let round = 0; round < 200; round++) {
    let [slope, information] = [0, 0];
    for (const part of parts) {
      const { gap, variance, length } = alongAngle(part, angle);
      slope += (length * gap) / variance;
      information += (length * length) / variance;
    }
    if (slope === 0 || !(information > 0)) break;
    if (slope > 0) low = angle;
    else high = angle;
    const step = slope / information;
    if (step * step * information <= 1e-24) break;
    const next = angle + step;
    angle = next > low && next < high ? next : (low + high) / 2;
    if (high - low <= 1e-16) break;
  }
  return angle;
}
