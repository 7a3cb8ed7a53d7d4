import type { Sentences } from "../parameters.js";
import { range } from "./phrases.js";

export const singular_matrix: Sentences = [
  "is a matrix that is not positive definite",
  "drop columns that repeat each other or never vary, or add a ridge",
];

export const insufficient_data: Sentences = ({ expected }) => [
  expected ? `is not enough: must be ${range(expected)}` : "fewer units than the estimator needs",
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
export const mismatched_names: Sentences = ({ known }) => [
  `names other values than the moments it meets${known ? ` (${known.join(", ")})` : ""}`,
  "pass moments of the same values in the same order",
];
export const same_rates: Sentences = [
  "is the control's rate too, so there is no difference to find",
  "give the treatment the smallest rate that is worth finding",
];
