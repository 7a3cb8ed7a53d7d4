import type { Sentences } from "../parameters.js";
import { choice, instead, range, retyped, rows, typed } from "./phrases.js";

export const not_finite: Sentences = (told) => [
  `n’est pas un nombre fini${rows(told)}`,
  "donnez un nombre fini",
];
export const out_of_range: Sentences = (told) => [`doit ${range(told.expected ?? {})}`, instead(told)];
export const wrong_type: Sentences = (told) => [
  told.expected ? `doit être ${typed(told.expected)}` : "n’est pas du type documenté",
  told.expected ? retyped(told) : "donnez une valeur du type documenté",
];
export const wrong_length: Sentences = ({ expected: { length, atLeast = 0 } = {}, other }) => [
  `doit contenir ${length ?? `au moins ${atLeast}`} valeur${(length ?? atLeast) > 1 ? "s" : ""}${other === undefined ? "" : `, autant que ${other}`}`,
  length === undefined ? "ajoutez ce qui manque" : "donnez des longueurs égales",
];
export const too_many: Sentences = ({ expected: { atMost } = {} }) => [
  atMost === 1 ? "est de trop" : `dépasse ${atMost ? `les ${atMost} permis` : "ce qui est permis"} ici`,
  "retirez-en",
];
export const unknown_key: Sentences = (told) => [
  "n’est pas une clé connue",
  choice(told, "corrigez l’orthographe, ou retirez-la"),
];
export const unknown_name: Sentences = (told) => [
  "n’est pas un des noms possibles ici",
  choice(told, "corrigez l’orthographe"),
];
export const unsupported_format: Sentences = (told) => [
  "n’est pas un format lu ici",
  choice(told, "refaites le fichier avec cette version d’essai"),
];
export const missing_value: Sentences = ({ expected, known, example }) => [
  "est obligatoire et manque",
  expected
    ? `ajoutez ${typed(expected)}`
    : known
      ? `ajoutez un de ces noms : ${known.join(", ")}`
      : example
        ? `ajoutez cette valeur, p. ex. ${example}`
        : "ajoutez cette valeur",
];
