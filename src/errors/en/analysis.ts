import type { Sentences } from "../parameters.js";

export const no_metrics: Sentences = [
  "asks for no metric, so there is nothing to analyze",
  "declare metrics in the definition, or name some of its keys",
];
export const mixed_experiments: Sentences = [
  "is another experiment than the one the log is read for",
  "pass the decisions of one experiment, and its definition",
];
export const propensity_mismatch: Sentences = [
  "is not the entry of `probabilities` that belongs to the action",
  "log each decision as `decide` returned it",
];
export const missing_chart_packages: Sentences = [
  "the HTML report needs two packages that are not installed",
  "npm install @observablehq/plot linkedom",
];
