import type { Sentences } from "../parameters.js";

export const singular_matrix: Sentences = [
  "is a matrix that is not positive definite",
  "drop columns that repeat each other or never vary, or add a ridge",
];

export const insufficient_data: Sentences = [
  "fewer units than the estimator needs",
  "collect more units before asking for this estimate",
];
export const negative_variance: Sentences = [
  "is a negative sum of squares",
  "pass centred sums of squares, never Σx² − (Σx)²/n",
];
export const negative_count: Sentences = ["is not a count", "pass an integer of 0 or more"];
export const inconsistent_moments: Sentences = [
  "is larger than the two variances allow (Cauchy–Schwarz)",
  "check that all moments come from the same units",
];
export const mismatched_names: Sentences = [
  "names other values than the moments it meets",
  "pass moments of the same values in the same order",
];
