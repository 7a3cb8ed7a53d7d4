import type { GuessReason } from "../../guess/index.js";

/** What is said of a guess, in one language. */
export interface GuessWords {
  readonly reasons: Readonly<Record<GuessReason, string>>;
  readonly parts: Readonly<
    Record<
      "variant" | "control" | "unit" | "outcomes" | "dimensions" | "ignored" | "shares" | "spelling",
      string
    >
  >;
  readonly guessed: (file: string, rows: string, all: boolean) => string;
  readonly row: string;
  readonly colon: string;
  readonly none: string;
  readonly others: (names: string) => string;
  readonly more: (count: string) => string;
  readonly lower: string;
  /** What makes a dimension of a column of many values, of numbers or of texts. */
  readonly bin: (column: string, numbers: boolean) => string;
  readonly asOutcome: (column: string) => string;
  readonly levels: (dimension: string, count: string) => string;
  readonly correct: string;
  readonly keep: string;
  readonly which: string;
  readonly agree: (answer: string) => string;
}

const en: GuessWords = {
  reasons: {
    told: "as said on the command line",
    name: "its name says so",
    levels: "its values say so",
    name_and_levels: "its name and its values say so",
    control_word: "its name says so",
    first_letter: "the first letter",
    unique_id: "named like an identifier, each value once",
    repeated_id: "named like an identifier",
    no_id: "no column is named like an identifier",
    zeros_and_ones: "named like an outcome; zeros and ones",
    amounts: "named like an outcome; amounts",
    counts: "named like an outcome; whole numbers",
    few_levels: "few values",
    many_levels: "too many different values for a dimension",
    unspelled_numbers: "numbers, written in another way, and not named like an outcome",
    one_level: "one value only",
    follows_variant: "says the variant again",
    uneven: "differs between the variants, so it may be something they did",
    before: "numbers from before the test, by its name",
    after: "happened after the variant was met, by its name",
    time: "times",
    identifier: "an identifier",
    number_unnamed: "numbers, but not named like an outcome",
    same_name: "the name of several columns, but for capitals",
    other_outcome: "named like an outcome, and not asked for",
    equal_shares: "planned alike, as nothing else was said",
    unknown_shares: "unknown: not checked, and the experiment enrolls nobody",
    drawn: "no column says it; two are drawn",
  },
  parts: {
    variant: "variant",
    control: "control",
    unit: "unit",
    outcomes: "outcomes",
    dimensions: "dimensions",
    ignored: "left out",
    shares: "shares",
    spelling: "written",
  },
  guessed: (file, rows, all) => `guessed from ${all ? "" : "the first "}${rows} rows of ${file}:`,
  row: "each row is a unit",
  colon: ": ",
  none: "none",
  others: (names) => `with --by also ${names}`,
  more: (count) => `and ${count} more`,
  lower: "less is better",
  bin: (column, numbers) =>
    numbers ? `--bin ${column}=A,B cuts them` : `--bin ${column}=10 keeps the 10 most frequent`,
  asOutcome: (column) => `--outcomes ${column} makes it one`,
  levels: (dimension, count) =>
    `${dimension} has ${count} levels, too many to see an effect in one; declare in the data section which stay: "dimensions": {"${dimension}": {"column": "${dimension}", "keep": ["…"]}}`,
  correct: "correct it with --variant, --control, --unit, --outcomes, --by and --share",
  keep: "keep it with --save FILE",
  which: "which one (its number or name)? ",
  agree: (answer) => `${answer}: is that so (y/n)? `,
};

const fr: GuessWords = {
  reasons: {
    told: "comme dit dans la commande",
    name: "son nom le dit",
    levels: "ses valeurs le disent",
    name_and_levels: "son nom et ses valeurs le disent",
    control_word: "son nom le dit",
    first_letter: "la première lettre",
    unique_id: "nommée comme un identifiant, chaque valeur une fois",
    repeated_id: "nommée comme un identifiant",
    no_id: "aucune colonne n’est nommée comme un identifiant",
    zeros_and_ones: "nommé comme un résultat ; des zéros et des uns",
    amounts: "nommé comme un résultat ; des montants",
    counts: "nommé comme un résultat ; des nombres entiers",
    few_levels: "peu de valeurs",
    many_levels: "trop de valeurs différentes pour une dimension",
    unspelled_numbers: "des nombres, écrits autrement, et pas nommés comme un résultat",
    one_level: "une seule valeur",
    follows_variant: "redit la variante",
    uneven: "diffère d’une variante à l’autre, ce peut être leur effet",
    before: "des nombres d’avant le test, d’après son nom",
    after: "arrivé après la rencontre de la variante, d’après son nom",
    time: "des temps",
    identifier: "un identifiant",
    number_unnamed: "des nombres, mais pas nommés comme un résultat",
    same_name: "le nom de plusieurs colonnes, aux majuscules près",
    other_outcome: "nommé comme un résultat, et pas demandé",
    equal_shares: "prévues égales, rien d’autre n’étant dit",
    unknown_shares: "inconnues : non vérifiées, et l’expérience n’enrôle personne",
    drawn: "aucune colonne ne la donne ; deux sont tirées au sort",
  },
  parts: {
    variant: "variante",
    control: "témoin",
    unit: "unité",
    outcomes: "résultats",
    dimensions: "dimensions",
    ignored: "laissé de côté",
    shares: "parts",
    spelling: "écriture",
  },
  guessed: (file, rows, all) => `deviné d’après les ${all ? "" : "premières "}${rows} lignes de ${file} :`,
  row: "chaque ligne est une unité",
  colon: " : ",
  none: "aucune",
  others: (names) => `avec --by aussi ${names}`,
  more: (count) => `et ${count} autres`,
  lower: "moins vaut mieux",
  bin: (column, numbers) =>
    numbers ? `--bin ${column}=A,B les découpe` : `--bin ${column}=10 garde les 10 plus fréquentes`,
  asOutcome: (column) => `--outcomes ${column} en fait un`,
  levels: (dimension, count) =>
    `${dimension} a ${count} niveaux, trop pour voir un effet dans un seul ; déclarez dans la section data ceux qui restent : "dimensions": {"${dimension}": {"column": "${dimension}", "keep": ["…"]}}`,
  correct: "corrigez par --variant, --control, --unit, --outcomes, --by et --share",
  keep: "gardez-le avec --save FICHIER",
  which: "lequel (son numéro ou son nom) ? ",
  agree: (answer) => `${answer} : est-ce le cas (o/n) ? `,
};

const all: Readonly<Record<string, GuessWords>> = { en, fr };

/** @returns the words of a language, of English where there are no others */
export const guessWords = (language: string): GuessWords => all[language] ?? en;
