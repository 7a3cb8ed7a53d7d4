import type { Sentences } from "../parameters.js";
import { choice } from "./phrases.js";

export const bad_factor_name: Sentences = [
  "ne peut pas nommer un facteur",
  "prenez un nom qui n’est pas un nombre, sans = , : * × ni espaces aux bords",
];
export const too_few_levels: Sentences = [
  "a moins de niveaux qu’il n’en faut à un facteur",
  "donnez à chaque facteur une liste d’au moins deux niveaux",
];
export const duplicate_level: Sentences = [
  "figure deux fois parmi les niveaux du facteur",
  "donnez chaque niveau une fois ; des niveaux qui s’écrivent pareil, comme 1 et '1', n’en font qu’un",
];
export const bad_level: Sentences = [
  "ne peut pas être un niveau",
  "prenez un texte, un nombre fini, un booléen ou null",
];
export const unknown_factor: Sentences = (told) => [
  "nomme ce qui n’est pas un facteur de ce plan",
  choice(told, "nommez des facteurs du plan, chacun une fois, joints par deux-points"),
];
export const not_two_levels: Sentences = [
  "n’a pas exactement deux niveaux, comme ce plan le demande",
  "donnez-lui deux niveaux, ou prenez une table orthogonale ou un plan optimal",
];
export const bad_generator: Sentences = [
  "n’est pas un générateur de fraction",
  "écrivez un nouveau facteur comme produit d’au moins deux facteurs de base, p. ex. D=ABC",
];
export const too_many_factors: Sentences = ({ expected: { atMost } = {} }) => [
  `plus de facteurs que ce plan n’en contient${atMost === undefined ? "" : ` (au plus ${atMost})`}`,
  "prenez plus d’essais, moins de facteurs ou un plan optimal",
];
export const too_many_runs: Sentences = [
  "plus de combinaisons qu’une expérience n’en contient (4096)",
  "prenez une fraction, une table orthogonale ou moins de niveaux",
];
export const too_few_runs: Sentences = ({ expected: { atLeast } = {} }) => [
  `moins d’essais que n’en demandent les effets à estimer${atLeast === undefined ? "" : ` (au moins ${atLeast})`}`,
  "demandez plus d’essais ou moins d’effets",
];
export const no_combination_left: Sentences = [
  "interdit tant qu’un facteur garde moins de deux de ses niveaux",
  "interdisez moins de combinaisons, ou abandonnez le facteur",
];
export const no_array: Sentences = [
  "aucune table orthogonale du catalogue ne contient ces facteurs",
  "prenez moins de facteurs ou de niveaux, un autre nombre d’essais, ou un plan optimal",
];
export const aliased_effect: Sentences = ({ other }) => [
  `ne se distingue pas ${other === undefined ? "d’autres effets" : `de ${other}`} dans ce plan`,
  "laissez cet effet, déclarez les autres négligeables, ou prenez un plan de plus d’essais",
];
export const not_a_combination: Sentences = (told) => [
  "n’est pas un niveau du facteur, ou pas une combinaison de cette expérience",
  choice(told, "combinez des niveaux que les facteurs énumèrent, un par facteur"),
];
export const no_such_size: Sentences = (told) => [
  "n’est pas un nombre d’essais que ce plan peut avoir",
  choice(told, "prenez un autre nombre d’essais"),
];
