import type { segmentsPhrases as english } from "../en/segments-phrases.js";
import type { Phrase } from "../language.js";

/** What the page of found segments says, in French. */
export const segmentsPhrases: Readonly<Record<keyof typeof english, Phrase>> = {
  segments_title: "Segments : {units} unités, {attributes} attributs",
  segments_contrast: "{treatment} contre {control}",
  segments_everyone:
    "Traiter tout le monde apporte {gain} par unité, coût déduit ({interval}) ; une unité non traitée vaut {nobody}.",
  segments_same:
    "Rien ne montre que l’effet diffère entre les unités ({p}) ; aucun segment n’est donc nommé.",
  segments_unstable:
    "L’effet diffère entre les unités ({p}), mais aucune règle ne se retrouve régulièrement ; aucun segment n’est donc nommé.",
  segments_differ: "L’effet diffère entre les unités ({p}, sur {splits} découpages).",
  segments_found: [
    "{count} segment se confirme sur des unités qui n’ont pas servi à le trouver :",
    "{count} segments se confirment sur des unités qui n’ont pas servi à les trouver :",
  ],
  segments_rule: "qui",
  segments_share: "part",
  segments_inside: "effet là",
  segments_outside: "ailleurs",
  segments_p: "p corrigé",
  segments_gain: "gain par unité du total",
  segments_do: "coût déduit",
  segments_only: "ne traiter que ceux-là",
  segments_except: "traiter tous les autres",
  segments_all: "traiter tout le monde",
  segments_nobody: "ne traiter personne",
  segments_action:
    "{who} : {action} ; les traiter, et personne d’autre, apporte {gain} par unité du total ({interval}).",
  segments_intervals: "Intervalles à {level}, valables ensemble pour tous les segments nommés.",
  segments_condition: "Comme audience, ou segment d’un fichier d’expérience : {json}",
  segments_is: "{attribute} = {value}",
  segments_is_not: "{attribute} ≠ {value}",
  segments_at_least: "{attribute} ≥ {value}",
  segments_below: "{attribute} < {value}",
  segments_between: "{low} ≤ {attribute} < {high}",
  segments_since: "{attribute} depuis {value}",
  segments_before: "{attribute} avant {value}",
  segments_there: "{attribute} connu",
  segments_missing: "{attribute} absent",
  segments_and: "{one} et {other}",
  segments_or: "{one} ou {other}",
  segments_not: "pas ({rule})",

  segments_values: "Ce que valent les politiques",
  segments_value_of: "politique",
  segments_value: "valeur par unité",
  segments_over_best: "de plus que {best} pour tous",
  segments_for_all: "{variant} pour tous",
  segments_tree: "meilleur arbre",
  segments_tree_gains:
    "Un arbre appris à neuf gagne {gain} sur la meilleure variante unique ({interval}), sur des unités dont il n’a rien appris.",
  segments_tree_none:
    "Rien ne montre qu’un arbre vaille plus que la meilleure variante unique ({gain}, {interval}).",
  segments_tree_rules: "L’arbre de toutes les unités : {rules}",
  segments_give: "{rule} : {variant}",
  segments_else: "tous les autres : {variant}",

  budget_title: "Ce que rapporte un budget",
  budget_plan:
    "Sur un budget de {budget}, {spent} vont aux {count} unités dont on attend le plus : cela apporte {gain} par unité du total ({interval}), soit {total} ensemble.",
  budget_plan_nobody: "On n’attend de gain de personne : rien du budget de {budget} n’est dépensé.",
  budget_targeting: "Dépensé au hasard, il apporterait {alike} ; les choisir en apporte {more} ({interval}).",
  budget_most: "Au-delà de {most}, on n’attend plus de gain de personne.",
  budget_none: "On n’attend de gain de personne : aucun budget ne vaut d’être dépensé.",
  budget_head: "budget",
  budget_gain: "gain par unité",
  budget_alike: "au hasard",
  budget_more: "en choisissant",
  budget_tenths: "{treatment} contre {control}, par dixièmes du gain attendu",
  budget_told:
    "Qui gagne se prévoit : là où l’on attend 1 de plus, on mesure {slope} de plus ({interval} ; {p}).",
  budget_untold:
    "Rien ne montre que l’on prévoit qui gagne : là où l’on attend 1 de plus, on mesure {slope} de plus ({interval} ; {p}).",
  budget_area:
    "Aire sous les gains par part traitée : {auuc} ({interval}) ; au-dessus d’un traitement au hasard : {qini} ({above}).",
  budget_tenth: "dixième",
  budget_units: "unités",
  budget_effect: "effet sur une",
  budget_revenue: "revenu",
  budget_cost: "coût",
  budget_net: "net",
  budget_roi: "rendement",
  budget_groups: "Segments : ce que rapporte leur traitement",
  budget_group: "segment",
  budget_currency: "Montants en {currency}.",
  budget_no_currency:
    "Aucune devise n’est donnée (--currency) : les coûts sont pris dans l’unité du résultat × valeur.",
  budget_counts: "Aucun coût n’est donné : un budget compte les unités traitées.",
  budget_intervals:
    "Intervalles à {level}, chacun pour lui seul. Qui gagne le plus a été prévu par d’autres unités que celles où on le mesure.",

  whom_title: "Qui traiter ?",
  whom_answer: [
    "{count} segment où un traitement agit autrement qu’ailleurs, sur des unités qui n’ont pas servi à le trouver.",
    "{count} segments où un traitement agit autrement qu’ailleurs, sur des unités qui n’ont pas servi à les trouver.",
  ],
  whom_net: "Gain net par budget",
  whom_gain: "Gain par nombre de traités",
  whom_about: "par unité du total ; tirets : autant dépensé au hasard ; trait vertical : le budget",
  whom_picture:
    "Gain net par unité selon le budget : {gain} à {budget}, au-delà duquel on n’attend rien de plus.",
  whom_numbers: "Chiffres",

  segments_refused: "Attributs écartés",
  segments_reason: "pourquoi",
  segments_attribute: "attribut",
  segments_constant: "ne varie jamais",
  segments_identifier: "diffère pour presque chaque unité, comme un identifiant",
  segments_mixed: "contient des nombres et du texte",
  segments_tells_variant: "révèle la variante, donc il est venu avec elle",
  segments_moved: "diffère entre les variantes, donc il a été relevé après elles ou modifié par elles",
  segments_outcome: "est le résultat, ou presque",
  segments_left_missing: [
    "{count} unité sans résultat a été écartée.",
    "{count} unités sans résultat ont été écartées.",
  ],
  segments_left_several: [
    "{count} ligne d’une unité présente dans plusieurs variantes a été écartée.",
    "{count} lignes d’unités présentes dans plusieurs variantes ont été écartées.",
  ],
  segments_left_other: [
    "{count} unité d’une autre variante a été écartée.",
    "{count} unités d’autres variantes ont été écartées.",
  ],
};
