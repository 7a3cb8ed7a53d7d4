import type { Sentences } from "../parameters.js";

export const no_metrics: Sentences = [
  "asks for no metric, so there is nothing to analyze",
  "declare metrics in the definition, or name some of its keys",
];
export const mixed_experiments: Sentences = ({ other }) => [
  `is another experiment than the one whose data are read${other === undefined ? "" : `, "${other}"`}`,
  "pass the data of one experiment, and its definition",
];
export const probabilities_sum: Sentences = [
  "must sum to 1",
  "log the whole vector of each decision, as `decide` returned it",
];
export const propensity_mismatch: Sentences = ({ other }) => [
  `is not the entry of \`probabilities\` that belongs to the action${other === undefined ? "" : `, ${other}`}`,
  "log each decision as `decide` returned it",
];
export const policy_sum: Sentences = [
  "gives probabilities that do not sum to 1",
  "give the probability of every action, in the order of `actions`",
];
export const other_search: Sentences = [
  "keeps a search of other data, options or seed",
  "give the same data, options and seed again, or another file",
];
export const clock_backwards: Sentences = ({ other }) => [
  `is earlier than the decision before it${other === undefined ? "" : `, ${other}`}`,
  "pass decisions in the order in which they were made, and check the clocks of the machines that made them",
];
