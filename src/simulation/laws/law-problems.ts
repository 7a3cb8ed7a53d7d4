import {
  type ErrorPath,
  nearName,
  out_of_range,
  type Problem,
  problem,
  unknown_key,
  wrong_type,
} from "../../errors/index.js";
import { type Law, lawKindOf, lawKinds } from "./index.js";

/**
 * @param law     what was given for a law
 * @param path    where
 * @param beside  names that may stand beside the law's own
 * @returns what is wrong with it
 */
export function lawProblems(law: Law, path: ErrorPath, beside: readonly string[] = []): Problem[] {
  if (typeof law !== "object" || law === null) return [problem({ wrong_type }, path, law)];
  const { kind, ...settings }: Readonly<Record<string, unknown>> = { ...law };
  if (typeof kind !== "string" || !Object.hasOwn(lawKinds, kind))
    return [problem({ unknown_key }, [...path, "kind"], kind, nearName(String(kind), Object.keys(lawKinds)))];
  const limits: Readonly<Record<string, number>> = { ...lawKindOf(law).above };
  const above = Object.entries(limits);
  const known = [...above.map(([name]) => name), ...beside];
  return [
    ...Object.keys(settings)
      .filter((name) => !known.includes(name))
      .map((name) => problem({ unknown_key }, [...path, name], name, nearName(name, known))),
    ...above.flatMap(([name, least]) => {
      const value = settings[name];
      const good = typeof value === "number" && value > least && value < 1 / 0;
      return good
        ? []
        : [problem({ out_of_range }, [...path, name], value, { detail: `a finite number above ${least}` })];
    }),
  ];
}
