import type { Sentences } from "../parameters.js";
import { choice, typed } from "./phrases.js";

export const not_json: Sentences = [
  "n’est pas du JSON simple (texte, nombre fini, booléen, null, tableau ou objet simple, 64 niveaux au plus)",
  "convertissez d’abord en valeurs JSON",
];
export const invalid_key: Sentences = [
  "ne peut pas servir de clé (vide, plus de 200 caractères, ou un nom que les objets JavaScript ont déjà)",
  "choisissez un autre nom",
];
export const integer_like_key: Sentences = [
  "ressemble à un entier, que JavaScript déplacerait",
  'commencez la clé par une lettre, p. ex. "v1"',
];
export const duplicate_key: Sentences = ["sert plus d’une fois", "donnez à chacun sa propre clé"];
export const too_few_variants: Sentences = [
  "compte moins de deux variantes, il n’y a donc rien à comparer",
  "ajoutez un témoin ou un traitement",
];
export const missing_control: Sentences = [
  'n’est pas donné, et aucune variante ne s’appelle "control"',
  "nommez dans `control` la variante à laquelle les autres sont comparées",
];
export const unknown_variant: Sentences = (told) => [
  "n’est pas une variante de l’expérience",
  choice(told, "donnez une clé de `variants`"),
];
export const allocation_sum: Sentences = [
  "donne des parts dont la somme n’est pas 1 (à 1e-9 près)",
  "faites que la somme des parts de toutes les variantes soit 1",
];
export const invalid_ranges: Sentences = ({ other }) => [
  other === undefined
    ? "ne sont pas des intervalles d’entiers triés, disjoints, de 0 à 4294967296, un ou plus par variante"
    : `n’ont aucun intervalle pour la variante "${other}"`,
  "prenez les `ranges` de `defineExperiment` ou de `reallocate`",
];
export const other_role: Sentences = ({ near, other }) => [
  `ne vaut que pour ${near === undefined ? "un autre rôle" : `le rôle "${near}"`}${other === undefined ? "" : `, et cet indicateur a le rôle "${other}"`}`,
  "retirez-le, ou changez le rôle de l’indicateur",
];
export const not_a_sum: Sentences = ({ other, known = [] }) => [
  `est un indicateur${other === undefined ? "" : ` de type "${other}"`} dont les valeurs ne s’additionnent pas par unité`,
  `combinez des indicateurs qui s’additionnent${known.length > 0 ? ` (il y a : ${known.join(", ")})` : ""} ; d’un rapport, déclarez la somme qui compte comme indicateur ; d’une combinaison, nommez les parties`,
];
export const zero_weight: Sentences = [
  "est un poids de 0, donc cet indicateur ne compterait pour rien",
  "donnez-lui un autre poids, ou retirez-le",
];
export const conflicting_keys: Sentences = ({ other }) => [
  `dit ce que ${other === undefined ? "dit déjà une autre clé" : `\`${other}\` dit déjà`}`,
  other === "ranges"
    ? "retirez l’un des deux, ou faites la version suivante avec `reallocate`"
    : "retirez l’un des deux",
];
export const unused_setting: Sentences = ({ other }) => [
  `serait ignoré : ce plan se lit ${other === undefined ? "autrement" : `par la règle "${other}"`}`,
  "retirez-le, ou changez `looks` ou `method`",
];
export const futility_goals: Sentences = () => [
  "engage, et un traitement est abandonné d’après l’unique objectif d’un plan, que celui-ci n’a pas",
  "retirez `binding`, ou donnez à un seul indicateur le rôle d’objectif",
];
export const uncounted_looks: Sentences = ({ other }) => [
  `ne dit pas combien il y a de lectures${other === undefined ? "" : `, et "${other}" partage l’erreur entre elles`}`,
  "donnez leur nombre, ou des fractions de `units` qui montent à 1",
];
export const invalid_unit_id: Sentences = ["n’est pas un identifiant valable", "donnez un texte non vide"];
export const too_deep: Sentences = [
  "dépasse 32 niveaux, ou se contient par ses segments",
  "aplatissez la condition",
];
export const unknown_segment: Sentences = (told) => [
  "n’est pas un segment nommé",
  choice(told, "ajoutez-le à `segments`"),
];
export const unknown_attribute: Sentences = (told) => [
  "n’est pas un attribut de l’expérience",
  choice(told, "déclarez-le dans `attributes`, ou corrigez l’orthographe"),
];
export const unsuitable_test: Sentences = (told) => [
  `ne s’applique pas à ${told.other === undefined ? "un attribut de ce type" : `un attribut de type ${told.other}`}`,
  choice({ ...told, near: undefined }, "prenez un test qui s’y applique"),
];
export const invalid_instant: Sentences = [
  "n’est pas un instant : une Date, des millisecondes, ou un texte ISO 8601 avec fuseau (un jour seul est minuit UTC)",
  'écrivez p. ex. "2026-03-01" ou "2026-03-01T09:00:00+01:00"',
];
export const invalid_version: Sentences = ["n’est pas une version sémantique", 'écrivez p. ex. "2.10.0"'];
export const impossible_condition: Sentences = [
  "ne peut être remplie par aucune unité",
  "cherchez des tests d’un même attribut qui s’excluent",
];
export const overlapping_rules: Sentences = ({ example, other }) => [
  `peut être remplie en même temps que la condition ${other === undefined ? "d’une règle précédente" : `de la règle précédente "${other}"`}${example === undefined ? "" : `, par une unité avec ${example}`}`,
  'excluez la règle précédente avec `not`, ou mettez `ruleOrder` à "first"',
];
export const undecided_rules: Sentences = ({ other }) => [
  `on n’a pas pu montrer qu’elle exclut la condition ${other === undefined ? "d’une règle précédente" : `de la règle précédente "${other}"`}`,
  'mettez `ruleOrder` à "first", ou simplifiez les conditions',
];
export const schedule_reversed: Sentences = [
  "finit avant de commencer, ou en commençant",
  "mettez `until` après `from`",
];
export const invalid_definition: Sentences = ["n’est pas valable", "`parseDefinition` dit pourquoi"];
export const invalid_signature: Sentences = [
  "ne porte pas la signature de son contenu sous ce secret",
  "scellez-le de nouveau avec `sealSnapshot` et le même secret, et ne l’utilisez pas tel quel",
];
export const other_unit: Sentences = [
  "n’est pas l’unité pour laquelle ceci a été scellé",
  "passez la `unitId` de qui l’ouvre, et n’utilisez pas celui d’un autre",
];
export const expired_snapshot: Sentences = ({ expected: { below } = {} }) => [
  `n’est pas un instant avant la fin du cliché${below === undefined ? "" : `, ${below}`}`,
  "passez l’heure présente comme `now`, et scellez un nouveau cliché si celui-ci est vieux",
];
export const missing_now: Sentences = ["est nécessaire à un calendrier", "passez `now`"];
export const prerequisite_cycle: Sentences = [
  "ramène à l’expérience elle-même",
  "retirez un des prérequis du cercle",
];
export const invalid_layer_ranges: Sentences = [
  "ne sont pas des intervalles d’entiers triés et disjoints entre 0 et 4294967296",
  "prenez ceux de `claimLayer`",
];
export const layer_overlap: Sentences = ({ other }) => [
  `chevauche les points ${other === undefined ? "d’une autre expérience" : `de l’expérience "${other}"`} de la même couche`,
  "réservez des points libres avec `claimLayer`",
];
export const layer_full: Sentences = ({ expected: { atMost } = {} }) => [
  `est plus que ce que la couche a de libre${atMost === undefined ? "" : `, soit ${atMost}`}`,
  "demandez moins, ou terminez une expérience de la couche",
];
export const mixed_units: Sentences = [
  "n’est pas l’unité des autres, elles ne peuvent donc pas s’exclure",
  "donnez la même `unit` à toutes les expériences d’une couche",
];
export const same_version: Sentences = ({ other }) => [
  `est une version ${other === undefined ? "d’une expérience" : `de "${other}"`} déjà connue avec une autre définition`,
  "donnez à ce qui a changé une version à lui (`nextVersion`), ou chargez la définition d’avant",
];
export const absent_experiment: Sentences = ({ known }) => [
  `n’est pas dans ce qui a été chargé${known?.length ? ` (il y a : ${known.join(", ")})` : ""}, sa valeur de repli est donc donnée`,
  "chargez le catalogue pour lequel la page a été écrite, ou retirez l’expérience de la page",
];
export const other_variants: Sentences = ({ known, example }) => [
  `sont ${example ?? "autres"} dans ce qui a été chargé, et la page a été écrite pour ${known?.join(", ") ?? "d’autres"}`,
  "reconstruisez la page avec les types de ce catalogue, ou chargez celui pour lequel elle a été écrite",
];
export const shared_salt: Sentences = [
  "est aussi le sel d’une autre expérience, les deux répartiraient donc de la même façon",
  "donnez à chaque expérience son propre sel",
];
export const beyond_assign: Sentences = [
  "n’est pas pour assign",
  "prenez createAssigner, pour une politique decide",
];
export const needs_decision: Sentences = [
  "ne contient pas ce qu’une politique décide",
  "passez ce qu’a donné `decide`",
];
export const invalid_snapshot: Sentences = [
  "n’est pas ce qu’un instantané contient ici",
  "prenez en entier ce qu’a donné `assigner.snapshot`",
];
export const invalid_argument: Sentences = ({
  known,
  expected: { type, length, whole, atLeast = 0, atMost } = {},
}) => [
  known?.[0]
    ? `${length ? "demande l’un de" : "n’est pas parmi"} ${known.join(", ")}`
    : `n’est pas ${type ? typed({ type }) : whole ? `un nombre entier ≥ ${atLeast}` : atMost === undefined ? "valable" : `un nombre entre ${atLeast} et ${atMost}`}`,
  "corrigez cette valeur",
];
export const invalid_sticky: Sentences = [
  "n’est pas ce que la réserve a reçu pour cette unité",
  "`get` doit rendre l’enregistrement même, pas une promesse, et rien quand il n’y en a pas",
];
export const conflicting_link: Sentences = ({ other }) => [
  `n’est pas l’unité qu’un autre lien donne à cet identifiant${other === undefined ? "" : `, qui est "${other}"`}`,
  "gardez une unité par identifiant, comme `toJSON` les a donnés",
];
