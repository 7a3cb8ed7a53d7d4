import type { Sentences } from "../parameters.js";
import { range } from "./phrases.js";

export const singular_matrix: Sentences = [
  "est une matrice qui n’est pas définie positive",
  "retirez les colonnes qui se répètent ou ne varient jamais, ou ajoutez une pénalité (ridge)",
];

export const insufficient_data: Sentences = ({ expected }) => [
  expected ? `ne suffit pas : doit ${range(expected)}` : "moins d’unités que l’estimateur n’en demande",
  "recueillez plus d’unités avant de demander cette estimation",
];
export const negative_variance: Sentences = [
  "est une somme de carrés négative",
  "donnez des sommes de carrés centrées, jamais Σx² − (Σx)²/n",
];
export const negative_count: Sentences = ["n’est pas un effectif", "donnez un entier, 0 ou plus"];
export const inconsistent_moments: Sentences = [
  "est plus grand que les deux variances ne le permettent (Cauchy–Schwarz)",
  "vérifiez que tous les moments viennent des mêmes unités",
];
export const mismatched_names: Sentences = ({ known }) => [
  `nomme d’autres valeurs que les moments auxquels il se joint${known ? ` (${known.join(", ")})` : ""}`,
  "donnez les moments des mêmes valeurs dans le même ordre",
];
export const same_rates: Sentences = [
  "est aussi le taux du témoin : il n’y a pas d’écart à trouver",
  "donnez au traitement le plus petit taux qui vaille d’être trouvé",
];
export const shrunken_data: Sentences = ({ other }) => [
  `est moins qu’au regard précédent${other === undefined ? "" : `, ${other}`}`,
  "donnez toutes les données recueillies : chaque regard comprend celles des précédents",
];
export const changed_look: Sentences = ({ other }) => [
  `est un autre résultat que celui de cette information auparavant${other === undefined ? "" : `, ${other}`}`,
  "regardez de nouveau quand il y aura plus de données, ou cherchez pourquoi le passé a changé",
];
export const look_after_end: Sentences = ({ known: [reason] = [] }) => [
  `vient après la fin de l’essai${reason === "information" ? " : l’information prévue était atteinte" : reason ? ` : sa borne "${reason}" était franchie` : ""}`,
  "lisez l’état tel qu’il est ; testez les données suivantes dans un nouvel essai",
];
export const mixed_trials: Sentences = ({ other }) => [
  `est un autre essai que celui que l’on regarde${other === undefined ? "" : `, "${other}"`}`,
  "donnez l’état qu’a rendu le dernier regard de cet essai",
];
export const plan_changed: Sentences = ({ other }) => [
  `n’est pas ce avec quoi les regards ont commencé${other === undefined ? "" : `, ${other}`}`,
  "continuez avec le plan de l’état ; un nouveau plan demande un nouvel essai",
];
