/** The place of an arm that is not among those asked about. */
export const NOBODY = -1;

/** A round as a tally takes it. */
export interface TallyRound {
  /** Place of the played arm; undefined for one that is not among those asked about. */
  readonly arm: number | undefined;
  readonly reward: number;
  readonly vector: ArrayLike<number> | undefined;
  readonly propensity: number;
}
