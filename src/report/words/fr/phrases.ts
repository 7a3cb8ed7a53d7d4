import type { PhraseKey } from "../en/phrases.js";
import type { Phrase } from "../language.js";
import { coursePhrases } from "./course-phrases.js";
import { pagePhrases } from "./page-phrases.js";
import { programmePhrases } from "./programme-phrases.js";
import { segmentsPhrases } from "./segments-phrases.js";
import { timePhrases } from "./time-phrases.js";

/** What a report says besides sentences of findings and rules, in French. */
export const phrases: Readonly<Record<PhraseKey, Phrase>> = {
  ...pagePhrases,
  ...programmePhrases,
  ...segmentsPhrases,
  ...coursePhrases,
  ...timePhrases,
  contrast: "{treatment} contre {control}",
  everyone: "tout le monde",
  scoped: "{scope} : {line}",

  head_text: "version {version} · {units} · source : {source}",
  head_page: "version {version} · {units} · {control}",
  head_control: "témoin {control}",
  units_of: ["{count} unité ({unit})", "{count} unités ({unit})"],
  diluted_to_all: "sur toutes les unités, y compris celles sans déclencheur, {difference} ({interval})",
  units_by_cluster: ["{count} grappe ({column}) de {units}", "{count} grappes ({column}) de {units}"],
  ship: "{action} {variant}",

  checks_skipped: "répartition non vérifiée, {reason}",
  checks_passed: "la répartition est compatible avec le plan ({numbers})",
  checks_levels_passed:
    "Elle l’est aussi au sein des niveaux de {dimensions}, le moins vraisemblable étant {level} ({numbers})",
  checks_failed: "les unités ne sont PAS arrivées dans la répartition prévue ({numbers})",
  chi_square: "χ² {statistic} à {df} ddl, {p}",
  at_every_look: "test séquentiel, {p}, valable à chaque lecture",
  scope_rule: "règle {rule}",
  scope_all: "toutes les versions",
  scope_version: "version {version}",
  scope_levels: [
    "{dimension}, {count} niveau, {level}",
    "{dimension}, le moins vraisemblable de {count} niveaux, {level}",
  ],
  shares: "répartition",
  check_failed: "contrôle en échec",
  nobody: "personne",
  who: "Qui a participé",

  overall: "Vue d’ensemble",
  intervals: "intervalles à {level}, corrigés comme p",
  intervals_believed:
    "intervalles de crédibilité à {level} : ce que l’on croit après l’a priori et les données. Les choix se font par la perte attendue, non par les intervalles",
  tests: ["{count} test", "{count} tests"],
  rule_title: "règle {rule} : appliquée (variante) contre mise en réserve (témoin)",
  weighted_alike: "donner à {dimensions} le même poids des deux côtés ne change sensiblement aucun écart",
  weighted_moves: [
    "donner aux niveaux le même poids des deux côtés déplace {moved} écart sur {count} ; voir les constats",
    "donner aux niveaux le même poids des deux côtés déplace {moved} des {count} écarts ; voir les constats",
  ],

  control: "témoin",
  treatment: "variante",
  variant: "variante",
  metric: "indicateur",
  difference: "écart",
  interval: "intervalle",
  lift: "écart relatif",
  contrast_column: "comparaison",
  corrected: "corrigée",
  p_corrected: "p corrigée",
  unbounded: "sans bornes",
  estimate_missing: "{status} : {reason}",
  lift_missing: "écart relatif {status} : {reason}",

  between: "Entre niveaux",
  on_df: "{statistic} à {df} ddl",
  differs: "diffère",
  differs_in_points: "en points seulement",
  differs_in_amount: "en montant seulement",
  differs_in_lift: "en relatif seulement",
  untested_scale: "pas de test de l’{scale} : {reason}",
  levels_repeated_first:
    "{units} unités ({share}) ont été rencontrées dans plusieurs niveaux ; chacune compte dans le premier, si bien que les niveaux partagent une part de leur effet",
  levels_repeated_each:
    "{units} unités ({share}) comptent dans plusieurs niveaux ; le test tient les niveaux pour indépendants, il est donc approximatif",
  levels_merged: "trop peu fournis pour être jugés seuls, comparés ensemble comme un seul niveau : {levels}",
  levels_merged_some:
    "dans certains tests trop peu fournis pour être jugés seuls, comparés ensemble comme un seul niveau : {levels}",
  levels_omitted: "laissés de côté, trop peu d’unités, ou d’unités avec une valeur, d’un côté : {levels}",
  levels_omitted_some:
    "laissés de côté dans certains tests, trop peu d’unités, ou d’unités avec une valeur, d’un côté : {levels}",
  levels_silent: "sans événement ou sans variance dans certains tests, où ils ne disent donc rien : {levels}",
  levels_resampled: [
    "la valeur p de {count} test vient de rééchantillonnages, {most} au plus, car certains groupes attendent moins de deux événements",
    "les valeurs p de {count} tests viennent de rééchantillonnages, {most} au plus, car certains groupes attendent moins de deux événements",
  ],
  not_shown: "non établi",
  not_tested: "non testé",
  all_tests_of: "Tous les tests sur {dimension}",

  cells: "Cellules",
  cells_counts: [
    "{count} comparaison : {good} meilleure, {bad} moins bonne, {rest} sans différence établie, {thin} avec trop peu de données",
    "{count} comparaisons : {good} meilleures, {bad} moins bonnes, {rest} sans différence établie, {thin} avec trop peu de données",
  ],
  cells_alike: "aucune cellule ne se distingue du reste des unités après correction",
  cells_differ: [
    "{count} comparaison dans les cellules se distingue du reste des unités après correction",
    "{count} comparaisons dans les cellules se distinguent du reste des unités après correction",
  ],
  cells_clearest: "{cells} ; les {most} plus nettes",
  cell: "cellule",
  here: "ici",
  elsewhere: "ailleurs",
  here_elsewhere: "{shrunken} ({interval}) ici ({difference} mesuré), {elsewhere} ailleurs, {p}",
  as_measured: "mesuré",
  shrunken: "ramené vers les autres",
  too_thin: "trop peu de données",

  findings_page: "Tous les constats",
  findings_about: [
    "{count} phrase et les chiffres qui la fondent",
    "{count} phrases et les chiffres qui les fondent",
  ],

  families: "Corrigé à part de ce qui décide : {families}.",
  family: ["{grain} : {count} test, {correction}", "{grain} : {count} tests, {correction}"],
  families_evidence:
    "e-benjamini-hochberg lit les preuves de cette lecture (1 ÷ p) : la part de fausses annonces tient à quelque lecture que l’on s’arrête, et quels que soient les liens entre cellules.",
  one_look:
    "Les valeurs p valent pour une seule lecture, à la fin prévue ; regarder tôt et souvent fait voir plus qu’il n’y a.",
  one_look_early:
    "À ce jour, {units} unités sur les {planned} prévues sont arrivées : ce n’est pas encore cette lecture.",
  looks_unstated:
    "Le plan ne dit pas combien de fois il lit les résultats ; ils sont donc lus deux fois : comme son unique lecture, et de façon à valoir quel que soit le nombre de lectures. Seule la seconde déploie ou arrête d’elle-même.",
  looks_any: "Le plan permet de regarder à tout moment.",
  belief: "probabilité de faire mieux {chance}, perte attendue {loss} contre {other} pour {control}",
  looks_believed:
    "Le plan décide par ce que l’on croit : des écarts relatifs de {mean} ± {sd} avant les données, et un choix là où il fait perdre moins de {loss} en moyenne.",
  looks_false: [
    "Si le premier objectif ne bougeait pas du tout, {count} lecture, celle-ci, aurait déployé dans {ship} de telles expériences et arrêté dans {stop} : une croyance ne tient aucune erreur.",
    "Si le premier objectif ne bougeait pas du tout, {count} lectures jusqu’ici auraient déployé dans {ship} de telles expériences et arrêté dans {stop} : une croyance ne tient aucune erreur sur plusieurs lectures.",
  ],
  look_of: "C’est l’une des {most} lectures du plan.",
  look_this_of: "C’est la lecture {look} sur les {most} du plan.",
  look_units: "{units} unités sur les {planned} prévues sont arrivées.",
  look_spent: "{spent} d’erreur sont déjà dépensés, il en reste {left}.",
  look_spent_hardly: "Presque rien des {error} d’erreur n’est encore dépensé.",
  level_above: "plus de {level}",
  look_read: "Un test seul est lu à {each}, pour que toutes les lectures ensemble tiennent {level}.",
  look_too_early:
    "Il est trop tôt pour établir quoi que ce soit : toutes les lectures ensemble doivent tenir {level}.",
  look_futility:
    "Le gain d’un objectif est abandonné quand il vaut {below} erreurs types ou moins : celui que le plan trouve avec une probabilité de {power} n’apparaîtrait plus guère.",
  look_futility_none:
    "Il est trop tôt pour abandonner le gain que le plan trouve avec une probabilité de {power}.",
  look_futility_free: "Continuer malgré tout garde l’erreur.",
  look_futility_binding: "Cela engage : ce qui est abandonné n’est plus établi ensuite.",
  ship_at_one_look: "{action} {variant}, si c’est l’unique lecture prévue ; sinon {keep}",
  ship_if_one_look: "{action}, si c’est l’unique lecture prévue ; sinon {keep}",
  followed: "Règle suivie : {rule}.",

  bandit: "Bandit",
  record: "journal",
  run_decisions: ["{count} décision pour {units}", "{count} décisions pour {units}"],
  run_units: ["{count} unité", "{count} unités"],
  run_line: "{decisions}, {when}, par {policies} ; {rewards}",
  run_rewards: ["{count} récompense connue", "{count} récompenses connues"],
  run_pending: "{rewards}, {count} en attente",
  from_to: "du {from} au {to}",
  served_skipped: "probabilités enregistrées non vérifiées : {reason}",
  served_passed:
    "les actions sont venues aussi souvent que leurs probabilités enregistrées le disent ({numbers})",
  served_failed:
    "les actions ne sont PAS venues aussi souvent que leurs probabilités enregistrées le disent ({numbers})",
  gain_line: [
    "gain sur un tirage uniforme : {gain} en {count} récompense, intervalle à {level} de {low} à {high}",
    "gain sur un tirage uniforme : {gain} en {count} récompenses, intervalle à {level} de {low} à {high}",
  ],
  gain_unknown: "gain sur un tirage uniforme : inconnu, {reason}",
  effect_line:
    "{arm} par rapport à {control} : {difference}, intervalle à {level} {interval} ; à toute lecture {always}",
  effect_mixture:
    "{arm} par rapport à {control} : {difference}, intervalle à {level} {interval} ; à toute lecture {always}, par le seul mélange avec un tirage uniforme {design}",
  effect_look: "{arm} par rapport à {control} : {difference}, intervalle à {level} {interval}",
  effect_unread: "{arm} par rapport à {control} : inconnu, {reason}",
  effect_units:
    "certaines unités ont reçu plus d’une décision : ces intervalles tiennent les décisions d’une unité pour indépendantes, et sont trop courts dans la mesure où elles se ressemblent",
  effect_share:
    "une part de {share} de tirage uniforme aurait donné à chaque bras assez de récompenses pour être lu",
  segment_effect:
    "{arm} par rapport à {control} : {difference}, intervalle à {level} {interval}, corrigé pour tous les niveaux ensemble",
  segment_unread: [
    "{count} bras ne peut pas être lu ici ; une part de {share} de tirage uniforme lui aurait donné assez de récompenses",
    "{count} bras ne peuvent pas être lus ici ; une part de {share} de tirage uniforme leur aurait donné assez de récompenses",
  ],
  learned_beats:
    "une politique qui lit {fields} fait mieux que toujours {single} : {difference}, intervalle à {level} {interval}, bien que toutes deux aient été apprises de ces décisions ; elle joue autre chose {share} du temps",
  learned_open:
    "il n’est pas montré qu’une politique qui lit {fields} fasse mieux que toujours {single} : {difference}, intervalle à {level} {interval} ; elle joue autre chose {share} du temps",
  learned_loses:
    "une politique qui lit {fields} rapporte moins que toujours {single} : {difference}, intervalle à {level} {interval} ; jouez {single}",
  learned_alike: "une politique qui lit {fields} joue {single} pour tous : rien à personnaliser n’apparaît",
  learned_unread: "une politique qui lit {fields} fait-elle mieux que toujours {single} : inconnu, {reason}",
  gain_until: "{line} (jusqu’au {day} : {gain}, de {low} à {high})",
  known_line: [
    "en vérité (simulation) : {regret} de manque à gagner en {count} décision par rapport au meilleur bras toujours joué, contre {uniform} pour un tirage uniforme",
    "en vérité (simulation) : {regret} de manque à gagner en {count} décisions par rapport au meilleur bras toujours joué, contre {uniform} pour un tirage uniforme",
  ],
  known_saved: "{line}, soit {saved} de moins",
  others: ["{count} autre", "{count} autres"],
  arm: "bras",
  decisions: "décisions",
  share: "part",
  reward: "récompense",
  now: "actuel",
  played_now: "joué maintenant",
  best: "meilleur",
  best_long: "probabilité d’être le meilleur",
  believed: "estimé",
  believed_long: "rapport estimé",
  share_over_time: "part au fil du temps",
  share_of_arms: "Part du trafic de chaque bras",
  share_of_factor: "Part du trafic selon {factor}",
  share_picture: "{what} du {from} au {to} ; sur l’ensemble des décisions : {shares}",
  not_played: "non joué",
  by_field: "par {field}",
  level: "niveau",
  why: "pourquoi",
  decisions_of: ["{count} décision", "{count} décisions"],
  decisions_reward: "{decisions}, récompense {reward}",
  level_line: "{level} ({decisions}) : {shares}",
  level_gets: "Ce que reçoit chaque niveau de {field}",
  level_gets_why: "Ce que reçoit chaque niveau de {field}, et pourquoi",
  why_line: "{arm} est le meilleur avec une probabilité de {best} ; rapporte {earns}",
  why_line_ahead:
    "{arm} est le meilleur avec une probabilité de {best}, devant {next} ({nextBest}) ; rapporte {earns}",
  why_terms: "{line} ; surtout porté par {terms}",
  gain_page: "Gain sur un tirage uniforme",
  gain_about:
    "Récompense attendue au-delà de ce qu’auraient rapporté tous les bras joués à parts égales, cumulée. Estimation doublement robuste : tirée des probabilités enregistrées, quelle que soit la dérive ; la bande est l’intervalle à {level}.",
  gain_truth: "La ligne brisée est la vérité, connue parce que ce parcours est simulé.",
  belief_page: "Ce que le bandit croit",
  belief_about:
    "Densité a posteriori de ce que rapporte chaque bras, le plus probablement meilleur en premier ; le point et la barre sont sa moyenne et son intervalle à {level}. Chaque densité a sa propre hauteur.",
  belief_best: "meilleur : {best}",
  belief_numbers: "{earns}, meilleur {best}",
  belief_picture: "Densités a posteriori de ce que rapporte chaque bras : {arms}",
  more: ["{count} de plus", "{count} de plus"],
};
