import { declarationFor } from "../declaration-for.js";
import { listed } from "../listed.js";
import type { Sentences, Told } from "../parameters.js";
import { limited } from "./limited.js";
import { choice, rows } from "./phrases.js";

/** Ce qu’il faut écrire dans la section data quand le texte est l’écriture d’un tableur. */
function spelled(told: Told, fix: string): string {
  const declaration = declarationFor(told);
  return declaration === undefined
    ? fix
    : `si la table l’écrit ainsi, déclarez-le dans la section data : ${declaration} ; sinon corrigez la valeur`;
}

/** Ce qui se dit d’un nombre qui tient souvent lieu de valeur manquante. */
const codeOf = ({ received }: Told, fix: string): string =>
  /^-?9{2,}$|^-1$/.test(String(received))
    ? `${fix} ; s’il tient lieu de valeur manquante, déclarez-le dans la section data : "missing": ["${received}"]`
    : fix;

export const missing_relation: Sentences = [
  "ne nomme ni fichier ni table",
  "donnez `file` (CSV, JSON, Parquet) ou `table`",
];
export const missing_table: Sentences = [
  "le moteur n’a pas cette table",
  "vérifiez le nom, et la base qui est ouverte",
];
/** Comment un fichier d’un autre programme en devient un qui se lit. */
function exported(file: string): string | undefined {
  if (/\.(xls[xmb]?|ods)$/i.test(file))
    return "enregistrez la feuille en CSV depuis le tableur, et donnez ce fichier";
  if (/\.(duckdb|ddb|db|sqlite3?)$/i.test(file))
    return "exportez la table en CSV ou en Parquet ; en code, fromTable lit une base de DuckDB";
  return undefined;
}

export const unsupported_file: Sentences = ({ known, received }) => [
  "n’est pas une sorte de fichier qui se lit ici",
  known
    ? `donnez : ${known.join(", ")}`
    : (exported(String(received)) ??
      "donnez du .csv, .tsv, .txt, .jsonl, .json (chacun aussi en .gz ou .zst) ou du .parquet"),
];
export const needs_duckdb: Sentences = [
  "n’est lu que par DuckDB",
  "lancez `npm install @duckdb/node-api`, ou donnez un fichier CSV ou JSON de cette machine",
];
export const not_rows: Sentences = (told) => [
  `n’est pas une table d’objets${rows(told)}`,
  "écrivez un objet par ligne (.jsonl), ou une liste d’objets (.json)",
];
export const needs_zstd: Sentences = [
  "est comprimé par zstd, que cette version de Node ne décomprime pas",
  "prenez Node 22.15 ou plus récent, ou `npm install @duckdb/node-api` pour du CSV, ou décomprimez d’abord le fichier",
];
export const unreadable_data: Sentences = [
  "ne se lit pas",
  "vérifiez que le fichier est entier et en UTF-8, et que chaque ligne a toutes les colonnes",
];
export const wrong_encoding: Sentences = ({ other = "utf-8" }) => [
  `n’est pas en ${String(other).toUpperCase()}`,
  `dites son encodage dans la section data : ${["utf-8", "latin-1", "utf-16"]
    .filter((encoding) => encoding !== other)
    .map((encoding) => `"encoding": "${encoding}"`)
    .join(" ou ")}`,
];
export const unsupported_encoding: Sentences = [
  "est un encodage qui ne se lit que dans un fichier isolé de cette machine",
  "copiez le fichier ici et nommez-le sans motif, ou convertissez-le en UTF-8",
];
export const query_failed: Sentences = ["le moteur a refusé la requête", "voyez le message du moteur"];
export const missing_peer: Sentences = [
  "demande un paquet qui n’est pas installé",
  "lancez `npm install @duckdb/node-api`",
];
export const missing_metric: Sentences = (told) => [
  "les données n’ont pas cet indicateur",
  choice(told, "demandez un indicateur avec lequel les cellules ont été faites, ou refaites-les"),
];
export const missing_dimension: Sentences = (told) => [
  "les données n’ont pas cette dimension",
  choice(told, "demandez une dimension avec laquelle les cellules ont été faites, ou refaites-les"),
];
export const missing_column: Sentences = (told) => [
  "les données n’ont pas cette colonne",
  told.example
    ? `écrivez ${told.example} : le nom de la dimension d’abord, puis sa colonne`
    : choice(told, "corrigez le nom de la colonne où il est donné"),
];
export const not_a_period: Sentences = [
  "n’est pas une durée",
  'donnez un nombre entier d’heures, de jours ou de semaines en anglais, p. ex. "14 days"',
];
export const outcome_covariate: Sentences = ({ other }) => [
  `est une colonne de l’indicateur${other === undefined ? "" : ` "${other}"`}, que la variante peut faire bouger : ajuster sur elle effacerait l’effet`,
  "nommez une colonne connue avant l’entrée des unités",
];
export const not_adjustable: Sentences = ({ other }) => [
  `ne peut pas être ajusté par des covariables${other === undefined ? "" : ` : la valeur d’un indicateur de type "${other}" n’est pas une moyenne`}`,
  "retirez les covariables, ou ajustez un indicateur du même événement qui soit une moyenne",
];
export const unreadable_where: Sentences = [
  "porte sur des événements un par un, qu’un tableau d’une ligne par unité n’a pas",
  "donnez les expositions et les événements, ou retirez-la et nommez une colonne qui contient ce que font ces événements",
];
export const missing_grain: Sentences = [
  "n’a pas de cellules de ces seules dimensions, et les cellules par grappe ne se fusionnent pas",
  "donnez les cellules de ce croisement dans `grains`, ou demandez un croisement présent",
];
export const not_by_cluster: Sentences = [
  "ne se lit pas par grappe",
  "retirez cet élément, ou retirez `cluster` de la correspondance",
];
export const unreadable_window: Sentences = [
  "se compte en jours depuis la première exposition, qu’un tableau d’une ligne par unité n’a pas",
  "donnez les expositions et les événements, ou retirez-la et nommez une colonne qui contient la valeur de ces jours",
];
export const percentile_at_zero: Sentences = ({ example }) => [
  "est un percentile où les valeurs de l’indicateur ne dépassent pas zéro : un plafond à cet endroit ne laisserait rien à comparer",
  example === undefined
    ? "nommez un percentile plus élevé, ou un plafond en nombre"
    : `prenez-le parmi les unités qui ont une valeur, ${example}, ou nommez un percentile plus élevé`,
];
export const unreadable_covariate: Sentences = ({ other }) => [
  other === "before"
    ? "est une covariable lue dans une colonne, que les événements n’ont pas par unité"
    : "est une covariable lue dans des événements antérieurs, qu’un tableau d’une ligne par unité n’a pas",
  other === "before"
    ? 'prenez l’indicateur avant l’exposition, p. ex. { "before": "14 days" }'
    : 'nommez une colonne qui la contient déjà, p. ex. { "column": "spend_before" }',
];
export const single_variant: Sentences = [
  "les données n’ont d’unités que d’une variante, il n’y a donc rien à comparer",
  "vérifiez la colonne des variantes et sa correspondance",
];
export const constant_metric: Sentences = [
  "a la même valeur pour toutes les unités : aucune répartition n’y ferait de différence",
  "laissez cette métrique de côté, ou vérifiez sa colonne",
];
export const empty_data: Sentences = ({ other, times }) => [
  `les données n’ont aucune unité à analyser${other === undefined || times === undefined ? "" : ` ; ${times} laissées de côté : ${other}`}`,
  "vérifiez le fichier et la correspondance",
];
export const unmapped_variant: Sentences = (told) => [
  "est une valeur de la colonne des variantes qui n’est pas une variante de l’expérience",
  choice(told, 'faites-la correspondre dans `values`, ou écartez ces unités avec `unknown: "ignore"`'),
];
export const not_a_number: Sentences = (told) => [
  `une colonne de nombres contient un texte qui n’en est pas un${rows(told)}`,
  spelled(
    told,
    "corrigez la valeur, laissez-la vide si elle manque, ou déclarez dans la section data comment elle s’écrit",
  ),
];
export const not_a_time: Sentences = (told) => [
  `une colonne de temps contient une valeur qui n’en est pas un${rows(told)}`,
  "écrivez les temps en ISO 8601, ou en secondes, millisecondes ou microsecondes depuis 1970",
];
export const duplicate_column: Sentences = [
  "est le nom de plusieurs colonnes du fichier",
  "donnez à chacune son propre nom, qui diffère par plus que des majuscules",
];
export const remote_data: Sentences = [
  "n’est pas un fichier de cette machine, et le lire ferait télécharger et exécuter du code des auteurs de DuckDB",
  "copiez le fichier ici, ou permettez-le par `allowExtensions: true` (`--allow-extensions`)",
];
export const duplicate_unit: Sentences = (told) => [
  `une unité a plusieurs lignes dans une table qui doit en avoir une par unité${rows(told)}`,
  'dites dans la section data ce qu’elles sont : "duplicates": "first" (les autres sont laissées de côté) ou "sum" (elles s’additionnent) ; sinon agrégez la table, ou déclarez-la comme expositions et événements',
];
export const unordered_rows: Sentences = [
  "demande des lignes dans un ordre, et une table d’une base n’en a pas",
  'écrivez "duplicates": "sum", ou lisez les lignes d’un fichier',
];
export const not_binary: Sentences = (told) => [
  `les valeurs d’une conversion doivent être 0 ou 1${rows(told)}`,
  codeOf(told, "prenez une colonne de 0/1 (ou true/false), ou déclarez l’indicateur comme mean ou count"),
];
export const negative_value: Sentences = (told) => [
  `les valeurs d’un compte ne peuvent pas être négatives${rows(told)}`,
  codeOf(told, "corrigez les données, ou déclarez l’indicateur comme mean"),
];
export const folder_in_use: Sentences = ({ other }) => [
  `est pris${other === undefined ? "" : ` par le processus ${other}`}`,
  "donnez un dossier à chaque processus, ou fermez ce qui tient celui-ci",
];
export const unwritable_folder: Sentences = [
  "ce dossier ne peut pas servir",
  "vérifiez qu’il peut être créé et que vous avez le droit d’y lire et d’y écrire",
];
export const other_engine: Sentences = ({ other, known }) => [
  `n’est pas une option du moteur qui lit ici${other === undefined ? "" : ` ("${other}")`}`,
  known
    ? `retirez-la, ou lisez avec le moteur ${listed(known, (count) => `, et ${count} autres`)}`
    : "retirez-la",
];
export const not_a_size: Sentences = [
  "n’est pas une taille de mémoire d’au moins 512MB",
  'écrivez un nombre et une unité, par exemple "2GB"',
];
export const irregular_file: Sentences = [
  "est un dossier, un périphérique ou un tube, qui peut ne jamais finir",
  "écrivez-le d’abord dans un fichier",
];
export const nested_column: Sentences = [
  "est une colonne de listes ou d’objets, sans une seule valeur par ligne",
  "sortez-en un champ dans une colonne à lui",
];
export const over_limit: Sentences = ({ expected: { atMost } = {}, other }) => {
  const [what, fix] = limited(other, atMost);
  return [`contient plus de ${what}`, fix];
};
