import type { timePhrases as english } from "../en/time-phrases.js";
import type { Phrase } from "../language.js";

/** What is said of effects over time, in French. */
export const timePhrases: Readonly<Record<keyof typeof english, Phrase>> = {
  over_time_title: "L’effet dure-t-il ?",
  over_time_fades:
    "L’effet de {contrast} sur {metric} s’use au fil des jours depuis l’exposition : {first} les jours {early}, {last} les jours {late} ({scale}, {p} après correction). Jugez-le sur les derniers jours.",
  over_time_grows:
    "L’effet de {contrast} sur {metric} grandit au fil des jours depuis l’exposition : {first} les jours {early}, {last} les jours {late} ({scale}, {p} après correction). Les premiers jours ne le montrent pas tout entier.",
  over_time_turns:
    "L’effet de {contrast} sur {metric} s’inverse au fil des jours depuis l’exposition : {first} les jours {early}, {last} les jours {late} ({scale}, {p} après correction). Jugez-le sur les derniers jours.",
  over_time_range: "{from} à {to}",
  over_time_per_day: "par jour",
  over_time_relative: "écart relatif",
  over_time_not_relative:
    "En écart relatif, aucun changement n’est établi ({first} et {last}) : peut-être toutes les variantes font-elles simplement plus ou moins les derniers jours.",
  over_time_also_relative: "En écart relatif, il va de {first} à {last}.",
  over_time_not_absolute: "En écart par jour, aucun changement n’est établi ({first} et {last}).",
  over_time_none: [
    "Aucun changement d’un effet au fil des jours depuis l’exposition n’est établi ({count} test ; le jour 0 est fait des 24 heures dès la première exposition).",
    "Aucun changement d’un effet au fil des jours depuis l’exposition n’est établi ({count} tests ; le jour 0 est fait des 24 heures dès la première exposition).",
  ],
  over_time_untested: "On n’a pas pu tester si les effets changent au fil des jours depuis l’exposition.",
  over_time_holds:
    "La bande du cumul vaut pour toutes les périodes à la fois, comme les intervalles du plan valent à chaque lecture ; celles d’une période ou d’un jour seuls ne valent que pour eux.",
  over_time_each:
    "Chaque intervalle vaut pour sa période ou son jour : sur un grand nombre, quelques-uns excluront zéro par hasard, n’en choisissez donc pas un.",
  over_time_how:
    "Ligne : l’effet tel que mesuré ; bande : son intervalle à {level}. Creux : l’intervalle contient zéro. Les périodes sont en UTC.",
  over_time_cumulative: "{contrast}, {metric} : cumul",
  over_time_during: [
    "{contrast}, {metric} : chaque jour seul",
    "{contrast}, {metric} : chaque semaine seule",
  ],
  over_time_since: "{contrast}, {metric} : par jour depuis l’exposition",
  over_time_days: "jours depuis l’exposition",
  over_time_calendar: ["à la fin du", "à la fin de la semaine du"],
  over_time_period: ["jour", "semaine du"],
  over_time_picture: "{about}, de {before} ({first}) à {since} ({last})",
  over_time_table: "Tous les jours",
  over_time_complete: "{contrast}, {metric} : unités qui ont eu les {days} jours : {control} et {treatment}",
};
