/** Why a number does not exist, by the English sentence that the data carry. */
export const reasons: Readonly<Record<string, string>> = {
  "beliefs are about lifts, and there is none":
    "les croyances portent sur des effets relatifs, et il n’y en a pas",
  // over time
  "a policy chose variants by their outcomes, so effects over time are not read":
    "une politique a choisi les variantes d’après leurs résultats : les effets dans le temps ne sont pas lus",
  "rules chose variants for some units, so effects over time are not read":
    "des règles ont choisi la variante de certaines unités : les effets dans le temps ne sont pas lus",
  "a quantile, or who came back, is not followed over time":
    "un quantile, ou le retour des unités, n’est pas suivi dans le temps",
  "it counts some days since exposure only, so days are not followed":
    "il ne compte que certains jours depuis l’exposition, les jours ne sont donc pas suivis",
  "of a ratio the days are shown, and not tested": "d’un rapport, les jours sont montrés et non testés",
  "the cells hold nothing of it over time": "les cellules n’en contiennent rien dans le temps",
  "too thin: fewer than 30 units of a side with a value in the first days, or in the last":
    "trop peu de données : moins de 30 unités d’un côté ont une valeur les premiers jours, ou les derniers",
  "too few units with a value": "trop peu d’unités ont une valeur",
  "all units have the same value": "toutes les unités ont la même valeur",
  // along an order
  "fewer than three levels with enough data, in an order":
    "moins de trois niveaux avec assez de données, dans un ordre",
  "levels are neither numbers nor dates, and no order of them is stated":
    "les niveaux ne sont ni des nombres ni des dates, et leur ordre n’est pas déclaré",
  "more than 400 levels: bin the column": "plus de 400 niveaux : regroupez la colonne",
  // estimates
  "fewer than two units with an outcome on a side": "moins de deux unités avec un résultat d’un côté",
  "no variance in either group, so the difference has no standard error":
    "aucune variance dans les deux groupes, donc pas d’erreur type pour l’écart",
  "the control's mean is zero (or nothing beside the treatment's), so there is no lift over it":
    "la moyenne du témoin est nulle (ou négligeable face à celle de la variante), donc pas d’écart relatif",
  "the control's value cannot be distinguished from zero at this level, so the lift has no finite bounds":
    "la valeur du témoin ne se distingue pas de zéro à ce niveau, donc l’écart relatif n’a pas de bornes finies",
  "the treatment's mean is zero or of the other sign, so the ratio has no logarithm":
    "la moyenne de la variante est nulle ou de signe opposé, donc le rapport n’a pas de logarithme",
  "the control's mean denominator is zero": "le dénominateur moyen du témoin est nul",
  "the treatment's mean denominator is zero": "le dénominateur moyen de la variante est nul",
  "the control's mean denominator cannot be distinguished from zero at this level":
    "le dénominateur moyen du témoin ne se distingue pas de zéro à ce niveau",
  "the treatment's mean denominator cannot be distinguished from zero at this level":
    "le dénominateur moyen de la variante ne se distingue pas de zéro à ce niveau",
  "the policy chose variants by their outcomes, so this plain comparison is biased and has no p-value":
    "la politique a choisi les variantes d’après leurs résultats : cette comparaison simple est biaisée et n’a pas de valeur p",
  "no level has two units with an outcome on both sides":
    "aucun niveau n’a deux unités avec un résultat des deux côtés",
  "clusters count in several levels, so levels are not parts of the whole":
    "des grappes comptent dans plusieurs niveaux, qui ne sont donc pas les parties du tout",
  "a side has fewer than 100 clusters with the event": "un côté a moins de 100 grappes avec l’événement",
  "nobody succeeded on either side, so there is no lift":
    "personne n’a réussi d’aucun côté : il n’y a pas d’écart relatif",
  "too few successes in the control for an upper bound of the lift":
    "trop peu de réussites chez le témoin pour borner l’écart relatif vers le haut",
  "too little has come in for an interval that holds at every look":
    "trop peu d’unités sont arrivées pour un intervalle valable à chaque lecture",
  "no units outside this cell to compare with": "aucune unité hors de cette cellule à quoi la comparer",
  // adjustment for covariates
  "results of data collected adaptively are not adjusted":
    "les résultats de données collectées par une politique qui apprend ne sont pas ajustés",
  "the cells hold no covariates": "les cellules ne contiennent pas de covariables",
  "the covariates are the same for all units": "les covariables sont les mêmes pour toutes les unités",
  "fewer than 50 units for each covariate": "moins de 50 unités par covariable",
  "the covariates differ between the variants by more than chance allows, so the variant may have moved them":
    "les covariables diffèrent entre les variantes plus que le hasard ne le permet, la variante a donc pu les faire bouger",
  "a side has fewer than 100 units with the event, or fewer than 100 without":
    "un côté a moins de 100 unités avec l’événement, ou moins de 100 sans",
  "a side has no value of the metric": "un côté n’a pas de valeur de l’indicateur",
  // reasons
  "a step of the amount is zero or negative on a side, so the difference cannot be split":
    "une étape du montant est nulle ou négative d’un côté, l’écart ne peut donc pas être réparti",
  "the policy chose variants by their outcomes, so the difference is not split":
    "la politique a choisi les variantes d’après leurs résultats : l’écart n’est pas réparti",
  "the cells hold no values of the metrics that are named as reasons":
    "les cellules ne contiennent pas les valeurs des indicateurs nommés comme raisons",
  "fewer than two levels have enough data to compare":
    "moins de deux niveaux ont assez de données pour être comparés",
  // factors
  "the policy chose combinations by their outcomes, so effects of factors are not estimated":
    "la politique a choisi les combinaisons d’après leurs résultats : les effets des facteurs ne sont pas estimés",
  "several definition versions have units; effects of factors are estimated within one":
    "plusieurs versions de la définition ont des unités ; les effets des facteurs s’estiment dans une seule",
  "fewer combinations than effects of factors have two units with an outcome":
    "moins de combinaisons que d’effets de facteurs ont deux unités avec un résultat",
  "the combinations that were met do not vary any factor":
    "les combinaisons rencontrées ne font varier aucun facteur",
  // between levels
  "effects of data collected adaptively have no standard errors to compare them by":
    "les effets de données collectées par une politique qui apprend n’ont pas d’erreur type pour être comparés",
  "fewer than two levels can tell an effect on this scale":
    "moins de deux niveaux peuvent montrer un effet sur cette échelle",
  "levels whose means are zero or of different signs have no lift in common":
    "des niveaux aux moyennes nulles ou de signes différents n’ont pas d’écart relatif commun",
  "fewer than two cells have enough data to compare":
    "moins de deux cellules ont assez de données pour être comparées",
  "too thin to say: a side has fewer than 10 successes or non-successes, or fewer than 30 units with a value":
    "trop peu de données : un côté a moins de 10 succès ou échecs, ou moins de 30 unités avec une valeur",
  "fewer than two cells with an estimate to learn from":
    "moins de deux cellules avec une estimation dont apprendre",
  // shares
  "nobody recorded the planned shares": "personne n’a noté la répartition prévue",
  "a variant without any planned share has units": "une variante sans part prévue a des unités",
  "no definition of this version was given, so its planned shares are unknown":
    "la définition de cette version n’a pas été donnée, donc la répartition prévue est inconnue",
  "the policy sets the shares as it learns": "la politique fixe la répartition à mesure qu’elle apprend",
  "not every version could be checked, so neither can all of them together":
    "toutes les versions n’ont pas pu être vérifiées, donc l’ensemble non plus",
  "too few units on a side for an interval of so high or low a quantile":
    "trop peu d’unités d’un côté pour un intervalle d’un quantile aussi haut ou bas",
  "the cells do not say how many units have which value":
    "les cellules ne disent pas combien d’unités ont quelle valeur",
  // bandits
  "some decisions recorded no probability vector; complete them by withPropensity":
    "certaines décisions n’ont pas enregistré leur vecteur de probabilités ; complétez-les par withPropensity",
  "the policy had all but given up some arms, so what uniform play would have earned cannot be told from here on; a traffic floor keeps it known":
    "la politique avait presque abandonné certains bras, on ne peut donc plus dire ce qu’un tirage uniforme aurait rapporté ; un plancher de trafic permet de le savoir",
  "fewer than two rewards are known": "moins de deux récompenses sont connues",
  "the rewards do not vary": "les récompenses ne varient pas",
  "some rounds logged no probability vector, so it is not known how often the arm could have come":
    "certains tours n’ont pas enregistré leur vecteur de probabilités : on ne sait pas combien de fois le bras aurait pu être joué",
  "the arm, or the one it is compared with, was played fewer than ten times":
    "le bras, ou celui auquel il est comparé, a été joué moins de dix fois",
  "the probabilities changed too often: too few stretches with the same ones played both arms":
    "les probabilités ont changé trop souvent : trop peu de périodes à probabilités constantes ont joué les deux bras",
  "the arm was all but given up at times, and the luck that would decide the estimate has not come yet":
    "le bras a été presque abandonné par moments, et le hasard qui déciderait de l’estimation n’est pas encore venu",
  "at times an arm had a smaller chance than a mixture with uniform play gives it, so the design alone promises nothing":
    "par moments, un bras avait une chance plus faible que celle que lui donne un mélange avec un tirage uniforme : le plan seul ne promet donc rien",
  "the actions were not served as often as their logged probabilities say, so weights by those would mislead":
    "les actions n’ont pas été servies aussi souvent que le disent leurs probabilités : des poids tirés d’elles tromperaient",
  "the log all but gave up actions that the learned policy plays, so the luck that would decide the estimate has not come yet":
    "le journal a presque abandonné des actions que joue la politique apprise : le hasard qui déciderait de l’estimation n’est pas encore venu",
  "the learned policy plays too differently from the log: its rounds weigh as much as too few rounds of its own would":
    "la politique apprise joue trop différemment du journal : ses tours pèsent autant que trop peu de tours à elle",
  "the learned policy plays the best single action for everyone":
    "la politique apprise joue la meilleure action unique pour tous",
  "no decision recorded its probability vector": "aucune décision n’a enregistré son vecteur de probabilités",
  "nothing was left to chance": "rien n’a été laissé au hasard",
  "some arms were never up for chance beside the others":
    "certains bras n’ont jamais été tirés au hasard avec les autres",
};

const left: Readonly<Record<string, string>> = {
  seen_in_two_variants: "vu dans deux variantes",
  missing_unit: "sans unité",
  not_triggered: "sans déclencheur",
  events_without_trigger: "événement d’une unité sans déclencheur",
  missing_cluster: "sans grappe",
  cluster_in_two_variants: "d’une grappe vue dans deux variantes",
  missing_variant: "sans variante",
  missing_version: "sans version",
  unknown_variant: "de variante inconnue",
  exposures_without_variant: "exposition sans variante",
  exposures_without_unit: "exposition sans unité",
  exposures_without_time: "exposition sans date",
  events_without_unit: "événement sans unité",
  events_without_time: "événement sans date",
  events_without_exposure: "événement sans exposition",
  events_without_amount: "événement sans montant",
  events_repeated: "événement répété",
  rows_repeated: "ligne répétée",
  events_before_exposure: "événement avant l’exposition",
  events_after_window: "événement après la fenêtre",
  events_outside_window: "événement hors de la fenêtre",
  rule_applied: "soumis à une règle",
  decisions_logged_again: "décision journalisée à nouveau",
};

/** @returns why something was left out, after a count */
export function leftOut(reason: string): string {
  const known = left[reason];
  if (known !== undefined) return known;
  if (reason.startsWith("too_recent_for_")) return `trop récent pour ${reason.slice(15)}`;
  return reason.startsWith("missing_") ? `sans valeur de ${reason.slice(8)}` : reason.replaceAll("_", " ");
}
