/** How many times its weight a model's posterior may count under a policy for a known horizon. */
export interface Sharpest {
  /** In the first part: > 1 where actions share effects, so that a reward for one teaches about others. */
  readonly opening?: number;
  /** At the end: more where many coefficients are uncertain that few decisions hang on. */
  readonly most?: number;
}
