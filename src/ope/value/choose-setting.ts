/** An estimate at one setting, beside the one that leaves weights as they are. */
export interface Candidate {
  readonly setting: number;
  /** Squared standard error. */
  readonly variance: number;
  /** Its value less that of the whole weights, and that difference's squared standard error. */
  readonly apart: number;
  readonly apartVariance: number;
}

/**
 * The setting of the smallest estimated mean squared error: its variance, and what its squared distance from the estimate
 * with whole weights is beyond chance.
 * @param candidates  at least one, the least bias first, which wins where two are alike
 * @source after Su, Dimakopoulou, Krishnamurthy & Dudík (2020), ICML, section 5: the bias is estimated without a bound
 */
export function chooseSetting(candidates: readonly Candidate[]): Candidate {
  const errorOf = ({ variance, apart, apartVariance }: Candidate) =>
    variance + Math.max(0, apart * apart - apartVariance);
  return candidates.reduce((best, each) => (errorOf(each) < errorOf(best) ? each : best));
}

/**
 * The bias that a candidate may have, squared: what was seen of it, and no less than what chance could hide. Data that chose
 * the setting cannot show that its bias is small, so its interval is no narrower than that of whole weights.
 * @param whole  the candidate with whole weights
 */
export const hiddenBias = ({ variance, apart, apartVariance }: Candidate, whole: Candidate): number =>
  Math.max(apart * apart, apartVariance, whole.variance - variance);
