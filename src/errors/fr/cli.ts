import { listed } from "../listed.js";
import type { Sentences, Told } from "../parameters.js";
import { choice } from "./phrases.js";

export const unknown_command: Sentences = (told) => [
  "n’est pas une commande d’essai",
  choice(told, "voyez essai --help"),
];
export const unknown_option: Sentences = (told) => [
  `n’est pas une option ${told.other === undefined ? "de cette commande" : `d’essai ${told.other}`}`,
  choice(told, `voyez essai ${told.other ?? "COMMANDE"} --help`),
];
export const bad_arguments: Sentences = ({ other, example }) => [
  "n’est pas ce qui est attendu ici",
  example === undefined ? `voyez essai ${other ?? "COMMANDE"} --help` : `écrivez ${example}`,
];
export const missing_argument: Sentences = ({ other, example }) => [
  "est nécessaire et manque",
  example === undefined ? `voyez essai ${other ?? "COMMANDE"} --help` : `écrivez ${example}`,
];
export const exclusive_options: Sentences = ({ known = [] }) => [
  "demande exactement une des formes ci-dessous",
  `donnez l’un de : ${known.join(" | ")}`,
];
export const incomplete_option: Sentences = ({ example }) => [
  "demande une autre option à côté",
  `donnez-la avec ${example ?? "cette option"}`,
];
export const mapped_otherwise: Sentences = ({ example }) => [
  "ne va pas avec la section data du fichier de l’expérience",
  `donnez ${example ?? "ce qu’elle décrit"}`,
];
export const learned_shares: Sentences = [
  "relève d’une politique qui apprend : les unités n’ont pas été traitées au hasard dans des parts connues",
  "utilisez `essai evaluate` sur son journal de décisions",
];
export const reward_as_feature: Sentences = [
  "dit ce qui est revenu, et ne peut donc pas être aussi une variable lue",
  "retirez-la de --features",
];
export const table_for_experiment: Sentences = ({ example }) => [
  "est un tableau, et il faut ici un fichier d’expérience",
  example === undefined
    ? "créez d’abord un fichier d’expérience, et donnez le tableau avec --data"
    : `lancez ${example}`,
];
export const missing_file: Sentences = ["ce fichier n’existe pas", "vérifiez le chemin et son orthographe"];
export const unreadable_file: Sentences = [
  "le fichier ne se lit pas",
  "vérifiez que c’est un fichier et que vous avez le droit de le lire",
];
export const unloadable_module: Sentences = [
  "le module ne s’exécute pas",
  "corrigez ce qu’il dit ; Node exécute TypeScript à partir de 22.18, avant il faut le compiler en JavaScript",
];
export const nothing_to_compile: Sentences = ({ known = [] }) => [
  `n’exporte ni définition ni catalogue${known.length > 0 ? ` (il y a : ${known.join(", ")})` : ""}`,
  "exportez ce que `defineExperiment` ou `defineCatalogue` a donné",
];
export const unknown_ending: Sentences = ({ known = [".ts", ".json"] }) => [
  "a une fin qui ne dit pas quoi écrire",
  `qu’il finisse par ${known.join(" ou ")}`,
];
export const no_past_tests: Sentences = [
  "ne contient ni rapport, ni cellules, ni tableau d’essais terminés",
  "mettez-y des rapports (`essai analyze … --json`), ou nommez un tableau d’effets",
];
export const unwritable_file: Sentences = [
  "le fichier ne s’écrit pas",
  "vérifiez que son dossier existe et que vous avez le droit d’y écrire",
];
export const invalid_json: Sentences = ({ at }) => [
  `n’est plus du JSON${at ? ` à partir de la ligne ${at.line}, colonne ${at.column}` : ""}`,
  "corrigez-le à cet endroit",
];
export const uneven_log: Sentences = [
  "est un journal qui n’a pas joué tous les bras également, et sans propensions un rejeu favoriserait les plus fréquents",
  "donnez la propension de chaque ligne ; où les bras ont été tirés au hasard, la part d’un bras est sa propension",
];
export const overwrites_input: Sentences = ({ other }) => [
  `est ${other === undefined ? "écrit deux fois" : `le même fichier que ${other}`}, qui serait perdu`,
  "écrivez dans un autre fichier",
];
export const unwritable_output: Sentences = [
  "la sortie standard ne peut être écrite",
  "vérifiez que le disque n’est pas plein",
];
/** Les noms possibles, s’il y en a. */
const among = ({ known = [] }: Told): string =>
  known.length === 0 ? "" : ` (il y a : ${listed(known, (count) => `, et ${count} autres`)})`;

export const unclear_variant: Sentences = (told) => [
  `aucune colonne ne dit clairement quelle variante une unité avait${among(told)}`,
  `nommez-la : ${told.example ?? "--variant COLONNE"}`,
];
export const unclear_control: Sentences = (told) => [
  `aucune variante n’est clairement le témoin${among(told)}`,
  `nommez-le : ${told.example ?? "--control NIVEAU"}`,
];
export const unclear_outcomes: Sentences = (told) => [
  `aucune colonne n’est clairement un résultat${among(told)}`,
  `nommez-les : ${told.example ?? "--outcomes A,B"}`,
];
export const unclear_shares: Sentences = ({ example }) => [
  "les variantes ont des nombres d’unités inégaux, et seules les parts prévues disent s’il en manque",
  `dites ce qui était prévu, quoi qu’on ait trouvé, ou --share unknown si personne ne l’a noté : ${example ?? "--share A=0.9 --share B=0.1"}`,
];
export const undeclared_spelling: Sentences = ({ example }) => [
  "n’est pas écrit comme un programme l’écrit, et le lire autrement en changerait le sens",
  `déclarez comment la table l’écrit : ${example ?? '"decimal": ","'}`,
];
export const unclear_code: Sentences = ({ example }) => [
  "est loin de toutes les autres valeurs, comme le sont les codes de valeurs manquantes",
  `déclarez-le manquant, ou écrivez --missing= si c’est une valeur comme les autres : ${example ?? "--missing=-999"}`,
];
