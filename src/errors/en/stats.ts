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
export const shrunken_data: Sentences = ({ other }) => [
  `is less than at the look before${other === undefined ? "" : `, ${other}`}`,
  "pass all data so far: each look holds those of the looks before",
];
export const changed_look: Sentences = ({ other }) => [
  `is another result than this information gave before${other === undefined ? "" : `, ${other}`}`,
  "look again once there are more data, or find out why past data have changed",
];
export const look_after_end: Sentences = ({ known: [reason] = [] }) => [
  `comes after the trial has ended${reason === "information" ? ": its planned information was reached" : reason ? `: its boundary "${reason}" was crossed` : ""}`,
  "read the state as it stands; test further data in a new trial",
];
export const mixed_trials: Sentences = ({ other }) => [
  `is another trial than the one looked at${other === undefined ? "" : `, "${other}"`}`,
  "pass the state that this trial's last look returned",
];
export const plan_changed: Sentences = ({ other }) => [
  `is not what the looks began with${other === undefined ? "" : `, ${other}`}`,
  "go on with the plan in the state; a new plan needs a new trial",
];
