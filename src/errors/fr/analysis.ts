import type { Sentences } from "../parameters.js";

export const no_metrics: Sentences = [
  "ne demande aucun indicateur, il n’y a donc rien à analyser",
  "déclarez des indicateurs dans la définition, ou nommez certaines de leurs clés",
];
export const mixed_experiments: Sentences = ({ other }) => [
  `est une autre expérience que celle dont on lit les données${other === undefined ? "" : `, "${other}"`}`,
  "donnez les données d’une seule expérience, et sa définition",
];
export const probabilities_sum: Sentences = [
  "doivent faire 1 en somme",
  "consignez le vecteur entier de chaque décision, tel que `decide` l’a rendu",
];
export const propensity_mismatch: Sentences = ({ other }) => [
  `n’est pas l’entrée de \`probabilities\` qui revient à l’action${other === undefined ? "" : `, ${other}`}`,
  "enregistrez chaque décision telle que `decide` l’a rendue",
];
export const policy_sum: Sentences = [
  "donne des probabilités dont la somme n’est pas 1",
  "donner la probabilité de chaque action, dans l’ordre de `actions`",
];
export const other_search: Sentences = [
  "garde une recherche d’autres données, d’autres options ou d’une autre graine",
  "redonnez les mêmes données, options et graine, ou un autre fichier",
];
export const clock_backwards: Sentences = ({ other }) => [
  `précède la décision d’avant${other === undefined ? "" : `, ${other}`}`,
  "passer les décisions dans l’ordre où elles ont été prises, et vérifier les horloges des machines",
];
