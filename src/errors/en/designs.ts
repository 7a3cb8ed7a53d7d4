import type { Sentences } from "../parameters.js";
import { choice } from "./phrases.js";

// designs
export const bad_factor_name: Sentences = [
  "cannot name a factor",
  "use a name that is not a number and holds none of = , : * × or outer spaces",
];
export const too_few_levels: Sentences = [
  "has fewer levels than a factor needs",
  "give every factor a list of at least two levels",
];
export const duplicate_level: Sentences = [
  "appears twice among the factor's levels",
  "give every level once; levels that print alike, such as 1 and '1', count as one",
];
export const bad_level: Sentences = ["cannot be a level", "use a string, a finite number, a boolean or null"];
export const unknown_factor: Sentences = (told) => [
  "names something that is not a factor of this design",
  choice(told, "name factors of the design, each once, joined by a colon"),
];
export const not_two_levels: Sentences = [
  "does not have exactly two levels, which this design is made for",
  "give it two levels, or use an orthogonal array or an optimal design",
];
export const bad_generator: Sentences = [
  "is not a generator of a fraction",
  "write one new factor as a product of at least two base factors, such as D=ABC",
];
export const too_many_factors: Sentences = ({ expected: { atMost } = {} }) => [
  `more factors than this design holds${atMost === undefined ? "" : ` (at most ${atMost})`}`,
  "take more runs, fewer factors or an optimal design",
];
export const too_many_runs: Sentences = [
  "more combinations than an experiment can hold (4096)",
  "take a fraction, an orthogonal array or fewer levels",
];
export const too_few_runs: Sentences = ({ expected: { atLeast } = {} }) => [
  `fewer runs than the effects to be estimated need${atLeast === undefined ? "" : ` (at least ${atLeast})`}`,
  "ask for more runs or fewer effects",
];
export const no_combination_left: Sentences = [
  "forbids so much that a factor keeps fewer than two of its levels",
  "forbid fewer combinations, or drop the factor",
];
export const no_array: Sentences = [
  "no orthogonal array of the catalogue holds these factors",
  "take fewer factors or levels, another number of runs, or an optimal design",
];
export const aliased_effect: Sentences = ({ other }) => [
  `cannot be distinguished from ${other === undefined ? "other effects" : other} in this design`,
  "leave the effect out, state the others negligible, or take a design with more runs",
];
export const not_a_combination: Sentences = (told) => [
  "is not a level of the factor, or not a combination this experiment has",
  choice(told, "combine levels that the factors list, one of each factor"),
];
export const no_such_size: Sentences = (told) => [
  "is not a number of runs that this design comes in",
  choice(told, "take another number of runs"),
];
