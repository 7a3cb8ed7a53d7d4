import type { Sentences } from "../parameters.js";
import { choice, instead, range, retyped, rows, typed } from "./phrases.js";

export const not_finite: Sentences = (told) => [
  `is not a finite number${rows(told)}`,
  "pass a finite number",
];
export const out_of_range: Sentences = (told) => [`must be ${range(told.expected ?? {})}`, instead(told)];
export const wrong_type: Sentences = (told) =>
  told.expected
    ? [`must be ${typed(told.expected)}`, retyped(told)]
    : ["is not of the documented type", "pass a value of the documented type"];
export const wrong_length: Sentences = ({ expected: { length, atLeast = 0 } = {}, other }) => [
  `must hold ${length ?? `at least ${atLeast}`} value${(length ?? atLeast) === 1 ? "" : "s"}${other === undefined ? "" : `, as many as ${other}`}`,
  length === undefined ? "add what is missing" : "make the lengths equal",
];
export const too_many: Sentences = ({ expected: { atMost } = {} }) => [
  atMost === 1 ? "is one too many" : `is more than ${atMost ? `the ${atMost}` : "is"} allowed here`,
  "leave some of them out",
];
export const unknown_key: Sentences = (told) => [
  "is not a known key",
  choice(told, "correct its spelling, or leave it out"),
];
export const unknown_name: Sentences = (told) => [
  "is not one of the names that can stand here",
  choice(told, "correct its spelling"),
];
export const unsupported_format: Sentences = (told) => [
  "is not a format that is read here",
  choice(told, "make the file again with this version of essai"),
];
export const missing_value: Sentences = ({ expected, known, example }) => [
  "is required and is missing",
  known
    ? `add one of: ${known.join(", ")}`
    : `add it${expected ? `: ${typed(expected)}` : example ? `, e.g. ${example}` : ""}`,
];
