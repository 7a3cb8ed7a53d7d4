import type { Told } from "./parameters.js";

const pairs = [
  ["oui", "non"],
  ["o", "n"],
  ["vrai", "faux"],
  ["yes", "no"],
  ["y", "n"],
  ["ja", "nein"],
  ["wahr", "falsch"],
  ["sí", "no"],
  ["si", "no"],
] as const;
const missing = /^(na|n\/a|#n\/a|nan|null|none|nil|\\n|nd|n\.d\.|manquant|missing|-+|\?|\.)$/i;
const ways: readonly (readonly [pattern: RegExp, declaration: string])[] = [
  [/\d\.\d{3},\d/, '"decimal": ",", "thousands": "."'],
  [/\d,\d{3}(\.|,\d{3})/, '"thousands": ","'],
  [/\d['’]\d{3}/, '"decimal": ".", "thousands": "\'"'],
  [/^[+-]?\d+,\d{3}$/, '"decimal": "," / "thousands": ","'],
  [/^[^,]*\d,\d+\D*$/, '"decimal": ","'],
  [/^[+-]?\d{1,3}(\.\d{3})+$/, '"thousands": "."'],
  [/^(?=.*[€$£\s])[€$£\s\d.+-]*\d[€$£\s\d.]*$/, '"decimal": "."'],
];

/**
 * @returns what to write in the data section if the text that was received is a number, a yes or no, or a missing value in a
 *   spreadsheet's spelling; undefined where it looks like none of them
 */
export function declarationFor({ received }: Told): string | undefined {
  if (typeof received !== "string") return undefined;
  const text = received.replaceAll(/\s/g, " ").trim();
  const pair = pairs.find((words) => words.some((word) => word === text.toLowerCase()));
  if (pair) return `"yes": ["${pair[0]}"], "no": ["${pair[1]}"]`;
  if (missing.test(text)) return `"missing": [${JSON.stringify(text)}]`;
  const way =
    /\d/.test(text) && !/[a-z%]/i.test(text) ? ways.find(([pattern]) => pattern.test(text)) : undefined;
  return way?.[1];
}
