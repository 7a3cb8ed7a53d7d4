/** A member of the family of spending functions: how much of an error may be used up by when. */
export interface SpendingFunction<Settings = object> {
  /**
   * The error spent by then, all looks so far together.
   * @param error     to spend in all, on one side, in (0, 1)
   * @param fraction  of the planned information, in [0, 1]
   * @param settings  as `spendingSettings` has them, checked
   * @returns in [0, error], never falling with the fraction; 0 at 0 and `error` at 1
   */
  spent(error: number, fraction: number, settings: Settings): number;
}
