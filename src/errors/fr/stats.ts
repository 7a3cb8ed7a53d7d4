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
