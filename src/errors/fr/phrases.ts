import { listed, MOST_LISTED } from "../listed.js";
import type { Expected, Told, ValueType } from "../parameters.js";

const bounds = { atLeast: "au moins ", above: "plus de ", atMost: "au plus ", below: "moins de " };

/** @returns p. ex. `être un nombre entier et valoir au moins 1`, `valoir plus de 0 et moins de 1` */
export function range(expected: Expected): string {
  const named = Object.entries(bounds)
    .flatMap(([key, word]) => {
      const bound = expected[key as keyof typeof bounds];
      return bound === undefined ? [] : word + bound;
    })
    .join(" et ");
  const parts = [...(expected.whole ? ["être un nombre entier"] : []), ...(named ? [`valoir ${named}`] : [])];
  return parts.join(" et ") || "être un nombre fini";
}

/** @returns what to write in place of a number out of range: 0.95 for 95, a whole number for 2.5 */
export const instead = ({ received, expected: { atMost, below, whole } = {} }: Told): string => {
  const x = received as number;
  if ((atMost ?? below) === 1 && !whole && x > 2 && x < 100) return `écrivez ${+(x / 100).toPrecision(12)}`;
  return `écrivez ${whole && x % 1 ? Math.round(x) : "un nombre dans ces bornes"}`;
};

const types: Readonly<Record<ValueType, string>> = {
  text: "un texte",
  number: "un nombre",
  flag: "true ou false",
  object: "un objet",
  list: "une liste",
  function: "une fonction",
  null: "null",
  json: "une valeur JSON",
  date: "une Date ou des millisecondes",
  instant: "un texte ISO 8601 avec fuseau",
};

/** @returns p. ex. `un texte ou une liste` */
export const typed = ({ type = "number" }: Expected): string =>
  [type]
    .flat()
    .map((each) => types[each as ValueType])
    .join(" ou ");

/** @returns what to write in place of a value of another type; quotes are the usual reason */
export const retyped = ({ received, expected = {} }: Told): string => {
  const quotes = expected.type === "text" ? "entre" : typeof received === "string" && "sans";
  return `écrivez ${typed(expected)}${quotes ? `, ${quotes} guillemets` : ""}`;
};

/** @returns the name that was probably meant, and those that exist */
export function choice({ known, near }: Told, fix: string): string {
  if (!known) return fix;
  const guess = near === undefined ? fix : `vouliez-vous dire "${near}" ?`;
  if (near !== undefined && known.length > MOST_LISTED) return guess;
  return `${guess} (noms connus : ${listed(known, (count) => `, et ${count} autre${count > 1 ? "s" : ""}`) || "aucun"})`;
}

/** @returns where in a table it was found, p. ex. `, d’abord à la ligne 5` */
export const rows = ({ row, times = 1 }: Told): string =>
  row === undefined ? "" : `, ${times > 1 ? "d’abord " : ""}à la ligne ${row}`;

/** @returns une part, sans les chiffres que l’arrondi seul a faits */
export const short = (share?: string | number): string =>
  `${typeof share === "number" ? +share.toPrecision(6) : share}`;
