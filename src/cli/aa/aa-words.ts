import type { AaSentence } from "../../simulation/index.js";

/** What is said of an A/A run, in one language. */
export interface AaWords {
  readonly head: (units: string, times: string, shares: string) => string;
  readonly nothing: string;
  readonly into: (dimensions: string) => string;
  readonly looks: Readonly<Record<"one" | "several" | "any" | "unstated", string>>;
  readonly alone: string;
  readonly taken: (looks: string) => string;
  readonly whole: string;
  readonly of: (metric: string) => string;
  readonly columns: readonly [said: string, error: string, expected: string];
  readonly sentences: Readonly<Record<AaSentence, string>>;
  readonly atMost: (share: string) => string;
  readonly about: (share: string) => string;
  readonly oftener: string;
  readonly rarer: string;
  readonly unpromised: string;
  readonly spreads: string;
  readonly spreadColumns: readonly [stated: string, real: string, ratio: string];
  readonly fine: string;
  readonly wrong: (sentences: string) => string;
  readonly cap: string;
}

const en: AaWords = {
  head: (units, times, shares) => `${units} units assigned at random ${times} times (${shares})`,
  nothing: "No variant did anything, so whatever is said of a variant below is false.",
  into: (dimensions) => `looked into: ${dimensions}`,
  looks: {
    one: "the plan looks once",
    several: "the plan looks several times",
    any: "the plan may look at any time",
    unstated: "the plan does not say how often it looks",
  },
  alone: "each assignment is read once, when all units have come",
  taken: (looks) =>
    `each assignment is read ${looks} times as units come; what has an error to hold counts at any of these looks, the rest at the last`,
  whole: "SAID OF THE EXPERIMENT",
  of: (metric) => `SAID OF ${metric}`,
  columns: ["said in", "±", "expected"],
  sentences: {
    ship: "ship",
    stop: "stop",
    ship_if_one_look: "ship, if this is the one planned look",
    stop_if_one_look: "stop, if this is the one planned look",
    keep_running: "keep running",
    enough: "enough: no effect worth having is left",
    cannot_tell: "the data cannot tell",
    shares_failed: "units did not arrive in the planned shares",
    differs_once: "differs from control, read once and by itself",
    better: "better, as the plan decides",
    worse: "worse, as the plan decides",
    levels_differ: "the effect differs between levels",
    cells_differ: "the effect differs among crossed cells",
    cell_named: "this cell differs",
    simpson: "changes once levels are weighted alike",
    one_unit: "a single unit decides",
    few_units: "a few units weigh too much",
    no_estimate: "no estimate",
  },
  atMost: (share) => `at most ${share}`,
  about: (share) => `about ${share}`,
  oftener: "more often than promised",
  rarer: "less often than it should",
  unpromised: "nothing promised",
  spreads: "STANDARD ERRORS",
  spreadColumns: ["stated", "real", "stated / real"],
  fine: "Everything is said as seldom as promised.",
  wrong: (sentences) => `More often than promised, beyond chance: ${sentences}.`,
  cap: "For amounts, a `cap` on the metric takes the weight off a few large values.",
};

const fr: AaWords = {
  head: (units, times, shares) => `${units} unités réparties au hasard ${times} fois (${shares})`,
  nothing: "Aucune variante n’a rien fait : tout ce qui est dit d’une variante ci-dessous est donc faux.",
  into: (dimensions) => `examiné : ${dimensions}`,
  looks: {
    one: "le plan regarde une seule fois",
    several: "le plan regarde plusieurs fois",
    any: "le plan permet de regarder à tout moment",
    unstated: "le plan ne dit pas combien de fois il regarde",
  },
  alone: "chaque tirage est lu une fois, quand toutes les unités sont là",
  taken: (looks) =>
    `chaque tirage est lu ${looks} fois, à mesure que les unités arrivent ; ce qui a une erreur à tenir compte à toute lecture, le reste à la dernière`,
  whole: "DIT DE L’EXPÉRIENCE",
  of: (metric) => `DIT DE ${metric}`,
  columns: ["dit dans", "±", "attendu"],
  sentences: {
    ship: "déployer",
    stop: "arrêter",
    ship_if_one_look: "déployer, si c’est le seul regard prévu",
    stop_if_one_look: "arrêter, si c’est le seul regard prévu",
    keep_running: "continuer",
    enough: "assez : il ne reste aucun effet qui vaille la peine",
    cannot_tell: "les données ne permettent pas de le dire",
    shares_failed: "les unités n’arrivent pas dans les parts prévues",
    differs_once: "diffère du témoin, lu une fois et isolément",
    better: "mieux, comme le plan décide",
    worse: "moins bien, comme le plan décide",
    levels_differ: "l’effet diffère entre les modalités",
    cells_differ: "l’effet diffère entre les cellules croisées",
    cell_named: "cette cellule diffère",
    simpson: "change quand les modalités ont le même poids",
    one_unit: "une seule unité décide",
    few_units: "quelques unités pèsent trop",
    no_estimate: "pas d’estimation",
  },
  atMost: (share) => `au plus ${share}`,
  about: (share) => `environ ${share}`,
  oftener: "plus souvent que promis",
  rarer: "moins souvent qu’il ne faudrait",
  unpromised: "rien de promis",
  spreads: "ERREURS TYPES",
  spreadColumns: ["annoncée", "réelle", "annoncée / réelle"],
  fine: "Tout est dit aussi rarement que promis.",
  wrong: (sentences) => `Plus souvent que promis, au-delà du hasard : ${sentences}.`,
  cap: "Pour des montants, un plafond (`cap`) sur la métrique allège quelques grandes valeurs.",
};

const words: Readonly<Record<string, AaWords>> = { en, fr };

/** @returns the words of a language; English where it has none */
export const aaWords = (language: string): AaWords => words[language] ?? en;
