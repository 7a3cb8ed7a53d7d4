import type { programmePhrases as english } from "../en/programme-phrases.js";
import type { Phrase } from "../language.js";

/** What the page of many tests says, in French. */
export const programmePhrases: Readonly<Record<keyof typeof english, Phrase>> = {
  programme_title: "Programme : {tests} tests, {effects} effets",
  programme_metric: "{metric} : {tests} tests",
  programme_brings: "Ce que les tests apportent",
  programme_mean: [
    "L’effet moyen de {count} test est {mean} ({interval}).",
    "L’effet moyen de {count} tests est {mean} ({interval}).",
  ],
  programme_one: "Il n’y a qu’un test, donc rien à réunir.",
  programme_same: "Tous les tests ont trouvé exactement le même effet.",
  programme_group: "tests de",
  programme_all: "tous",
  programme_tests: "tests",
  programme_mean_column: "effet moyen",
  programme_next_column: "prochain test attendu",
  programme_spread_column: "écart entre tests",
  programme_alike:
    "« Prochain test attendu » dit où se trouverait l’effet véritable d’un test de plus du même genre, à {level}.",

  programme_wins: "Succès",
  programme_won:
    "{wins} effets sur {effects} se sont montrés bons ({rate}, entre {low} et {high}), {losses} mauvais, {open} ni l’un ni l’autre.",
  programme_false:
    "Environ {share} des succès n’en sont pas en vérité, d’après l’ensemble des tests ; les seules valeurs p disent {other}.",

  programme_worth: "Ce que valent les succès",
  programme_impact:
    "Mesurés, les succès totalisent {naive}. Choisis parce qu’ils étaient hauts, ils valent moins : {corrected} ({interval}).",
  programme_none: "Aucun effet ne s’est montré bon, il n’y a donc rien à additionner.",
  programme_holdout_agrees: "Le groupe témoin permanent a mesuré {value}, ce qui concorde ({p}).",
  programme_holdout_differs: "Le groupe témoin permanent a mesuré {value}, ce qui ne concorde pas ({p}).",

  programme_rules: "Quel seuil rapporte le plus",
  programme_best:
    "Garder ce qui a un p unilatéral d’au plus {threshold} aurait rapporté le plus : {earned}. Chaque test est jugé sans sa propre partie des données.",
  programme_no_rule: "Aucun seuil n’aurait rien rapporté.",
  programme_threshold: "p d’au plus",
  programme_kept: "gardés",
  programme_earned: "rapporté",

  programme_surrogates: "Ce qui peut en tenir lieu",
  programme_surrogate: "indicateur",
  programme_slope: "va avec",
  programme_told: "expliqué",
  programme_predicted: "prédit",
  programme_both: "deux succès",
  programme_wrong: "à tort",
  programme_missed: "manqués",
  programme_from_to: "de {low} à {high}",
  programme_surrogate_tells:
    "{surrogate} : un effet de 1 y va avec {slope} sur {metric}, et explique {told} de l’écart entre les effets sur {metric}.",
  programme_surrogate_linked: "{surrogate} : un effet de 1 y va avec {slope} sur {metric}.",
  programme_surrogate_unshown:
    "{surrogate} : les tests passés ne montrent pas que ses effets vont avec ceux sur {metric}. Ne décidez pas d’après lui.",
  programme_surrogate_no_spread:
    "{surrogate} : ses effets ne diffèrent guère plus que leurs erreurs, on ne peut donc rien en dire.",
  programme_surrogate_thin: "{surrogate} : seuls {tests} tests ont mesuré les deux, il en faut au moins 10.",
  programme_surrogate_note:
    "Va avec, à {level} : effet sur l’indicateur par effet de 1, erreurs de mesure retirées. Expliqué : part de la dispersion des vrais effets. Prédit : combien de fois une prédiction tirée d’autres tests a contenu la mesure. Deux succès, à tort, manqués : si l’on décidait d’après lui seul.",

  programme_periods: "Année par année",
  programme_period: "année",
  programme_effects_column: "effets",
  programme_wins_column: "succès",
  programme_corrected_column: "valeur corrigée",

  programme_next: "Que tester ensuite",
  programme_next_best:
    "Le prochain test du genre « {kind} » promet le plus : {gain} en le gardant s’il est bon, ce qu’il est avec une probabilité de {chance}.",
  programme_kind: "genre",
  programme_any: "tout genre",
  programme_expected: "attendu",
  programme_chance: "chance d’être bon",
  programme_gain: "gain",
  programme_units: "unités",
  programme_days: "jours",
  programme_error: "erreur type",
  programme_size:
    "Un test de cette taille apporte les quatre cinquièmes de ce qu’apporterait la connaissance exacte de l’effet. Attendu : la moyenne, et un écart type.",

  programme_left_out: "Écartés : {list}.",
  programme_left_adaptive: ["{count} comparaison sans estimation", "{count} comparaisons sans estimation"],
  programme_left_thin: [
    "{count} bras avec moins de dix succès ou échecs d’un côté",
    "{count} bras avec moins de dix succès ou échecs d’un côté",
  ],
  programme_left_alone: ["{count} test à un seul bras", "{count} tests à un seul bras"],
  programme_left_rows: ["{count} ligne sans effet", "{count} lignes sans effet"],
  programme_left_files: ["{count} fichier d’une autre sorte", "{count} fichiers d’une autre sorte"],
};
