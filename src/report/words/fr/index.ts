import { french } from "../../../errors/fr/index.js";
import type { LanguageWords, Phrase } from "../language.js";
import { findings } from "./findings.js";
import { next } from "./next.js";
import { phrases } from "./phrases.js";
import { leftOut, reasons } from "./reasons.js";
import { risks, rules } from "./rules.js";
import { spaced } from "./typography.js";

const typeset = (phrase: Phrase): Phrase =>
  typeof phrase === "string" ? spaced(phrase) : [spaced(phrase[0]), spaced(phrase[1])];

function typesetAll<K extends string, P extends Phrase>(words: Readonly<Record<K, P>>): Record<K, P> {
  const entries = Object.entries(words) as [K, P][];
  return Object.fromEntries(entries.map(([key, phrase]) => [key, typeset(phrase)])) as Record<K, P>;
}

const sources: Readonly<Record<string, string>> = {
  cells: "cellules",
  rows: "lignes en mémoire",
  table: "table",
  file: "fichier",
  events: "événements",
  decisions: "décisions",
};

/** French. */
export const fr: LanguageWords = {
  name: "français",
  errors: french,
  numbers: {
    decimal: ",",
    thousands: "\u202f",
    percent: "\u202f%",
    points: (value) => (Math.abs(value) < 2 ? "\u00a0point" : "\u00a0points"),
    interval: (low, high) => `de ${low} à ${high}`,
    below: "\u00a0",
    p: (text) => (text.startsWith("<") ? `p\u00a0${text}` : `p\u00a0=\u00a0${text}`),
    months: [
      ...["janv.", "févr.", "mars", "avr.", "mai", "juin"],
      ...["juil.", "août", "sept.", "oct.", "nov.", "déc."],
    ],
    date: (day, month, year) =>
      `${day === 1 ? "1er" : day}\u00a0${month}${year === undefined ? "" : `\u00a0${year}`}`,
  },
  one: (count) => Math.abs(count) < 2,
  phrases: typesetAll(phrases),
  findings,
  rules,
  risks,
  next,
  actions: {
    ship: "Déployer",
    keep_running: "Continuer le test",
    stop: "Arrêter",
    enough: "Terminer le test",
    cannot_tell: "Impossible de trancher",
    do_not_read: "Ne pas lire les résultats",
  },
  roles: { goal: "objectif", guardrail: "garde-fou", diagnostic: "suivi" },
  marks: { good: "▲ mieux", bad: "▼ moins bien", neutral: "non établi", none: "pas d’estimation" },
  readings: {
    better: "▲ mieux",
    worse: "▼ moins bien",
    tolerated: "▼ dans la marge",
    safe: "✓ sûr",
    open: "? ouvert",
    not_shown: "· non établi",
    negligible: "· rien d’utile",
    given_up: "○ abandonné",
    higher: "▲ plus haut",
    lower: "▼ plus bas",
    no_estimate: "· pas d’estimation",
    hardly: "? réagit à peine",
    ignores: "○ ignore",
    stronger: "▲ plus fort",
    opposite: "≠ à l’inverse",
    unlike: "≠ à part",
    too_thin: "· trop peu de données",
  },
  grains: {
    gains: "gains des objectifs",
    margins: "marges des garde-fous",
    harms: "dégradations des objectifs et garde-fous",
    macro: "ensemble, sans effet sur la décision",
    rules: "règles",
    between: "entre niveaux",
    screens: "entre cellules",
    micro: "cellules",
    versus_rest: "cellules contre le reste",
    over_time: "effets au fil des jours depuis l’exposition",
    trends: "valeurs le long d’un ordre",
    ignoring: "cellules qui ignoreraient une variante",
    reasons: "raisons",
    reason_levels: "raisons entre niveaux",
    reason_cells: "raisons par cellule",
    factors: "effets des facteurs",
  },
  statuses: {
    undefined: "non défini",
    unbounded: "sans bornes",
    degenerate: "sans variation",
    adaptive: "attribution adaptative",
  },
  cautions: typesetAll({
    no_third_moments:
      "pas de troisièmes moments ni de nombre de valeurs non nulles : l’asymétrie des montants n’a pu être prise en compte",
    skewed: "asymétrie : quelques grandes valeurs pèsent sur le résultat, l’intervalle en tient compte",
    few_events:
      "moins de 10 unités avec ou sans l’événement d’un côté : les chiffres reposent sur peu de monde",
    unadjusted: "trop peu d’événements d’un côté pour ajuster sur les covariables : sans ajustement",
    looks_disagree:
      "les lectures précédentes excluent cette valeur : l’effet a changé, ou les données ; cette lecture parle pour elle-même",
    near_zero_baseline: "la valeur du témoin est proche de zéro : lisez l’écart, pas l’écart relatif",
    negative_baseline: "la valeur du témoin est négative : l’écart relatif se rapporte à sa grandeur",
  }),
  excluded: leftOut,
  reason: (text) => spaced(reasons[text] ?? text),
  source: (kind) => sources[kind] ?? kind,
};
