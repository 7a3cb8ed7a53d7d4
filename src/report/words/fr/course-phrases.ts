import type { coursePhrases as english } from "../en/course-phrases.js";
import type { Phrase } from "../language.js";

/** Ce qui se dit des bornes d’un plan à plusieurs lectures. */
export const coursePhrases: Readonly<Record<keyof typeof english, Phrase>> = {
  course_title: "La décision est-elle proche ?",
  course_stands: "{variant} se tient à {deviate} erreurs types.",
  course_gain: "À cette lecture, un gain est établi à partir de {gain}.",
  course_gain_none: "Cette lecture vient trop tôt pour établir un gain.",
  course_futility: "Il est abandonné à {futility} ou moins.",
  course_next: "À la prochaine, à {units} unités, {gain} suffirait.",
  course_paid: [
    "{spent} d’erreur sont dépensés, il en reste {left} pour {count} lecture à venir.",
    "{spent} d’erreur sont dépensés, il en reste {left} pour {count} lectures à venir.",
  ],
  course_over: "{spent} d’erreur sont dépensés, et le plan n’a plus de lecture.",
  course_how:
    "Les effets sont en erreurs types, les gains vers le haut. La ligne est le chemin de lecture en lecture ; au-dessus de la borne supérieure, un gain est établi, sous la borne inférieure, un tort. La partie ombrée est à venir, avec les bornes du plan.",
  course_how_futility:
    "Les effets sont en erreurs types, les gains vers le haut. La ligne est le chemin de lecture en lecture ; au-dessus de la borne supérieure, un gain est établi, sous la plus basse, un tort ; sur la borne tiretée ou dessous, le gain est abandonné. La partie ombrée est à venir, avec les bornes du plan.",
  course_first:
    "Les bornes sont celles du premier test qui passe ; les gains font {gains} tests et les torts {harms}, qui se partagent l’erreur.",
  course_picture:
    "{metric}, {variant} : à {stands} erreurs types, là où un gain est établi à partir de {gain}",
  course_axis: "{units} unités prévues",
  course_effect: "effet (ET)",
  course_gain_column: "gain à",
  course_harm_column: "tort à",
  course_futility_column: "abandon à",
  course_spent_column: "dépensé",
  course_left_column: "reste",
  course_taken: "sans estimation",
  course_assumed: "supposée",
  course_planned: "à venir",
  course_table: "Bornes de chaque lecture",
};
